/** MCP servers as tools of agents: `@baton/mcp`. */
export { BaseMCPServer } from './base-mcp-server.js';
export type {
  MCPClientOptions,
  MCPElicitResult,
  MCPRequestHandlers,
  MCPRetryOptions,
  MCPRoot,
  MCPSamplingResult,
} from './client-options.js';
export { getAllMcpTools } from './get-all-mcp-tools.js';
export type { GetAllMcpToolsOptions } from './get-all-mcp-tools.js';
export type { MCPHttpOptions } from './http-options.js';
export { MCPServerError } from './mcp-server-error.js';
export type { MCPServerErrorDetails } from './mcp-server-error.js';
export { MCPServerSSE } from './mcp-server-sse.js';
export type { MCPServerSSEOptions } from './mcp-server-sse.js';
export { MCPServerStdio } from './mcp-server-stdio.js';
export type {
  DefaultMCPServerStdioOptions,
  FullCommandMCPServerStdioOptions,
  MCPServerStdioOptions,
} from './mcp-server-stdio.js';
export { MCPServerStreamableHttp } from './mcp-server-streamable-http.js';
export type { MCPServerStreamableHttpOptions } from './mcp-server-streamable-http.js';
export type {
  CallToolRest,
  MCPCallToolOptions,
  MCPServer,
  MCPServerWithResources,
  MCPToolMetaContext,
  MCPToolMetaResolver,
  MCPToolOptions,
} from './mcp-server.js';
export { connectMcpServers, MCPServers } from './mcp-servers.js';
export type { MCPServersOptions, MCPServersReconnectOptions } from './mcp-servers.js';
export { mcpToFunctionTool } from './mcp-to-function-tool.js';
export type { MCPFunctionToolConversionOptions } from './mcp-to-function-tool.js';
export type {
  CallToolResult,
  CallToolResultContent,
  MCPBlobResourceContent,
  MCPContent,
  MCPGetPromptResult,
  MCPListPromptsResult,
  MCPListResourcesParams,
  MCPListResourcesResult,
  MCPListResourceTemplatesResult,
  MCPProgress,
  MCPPrompt,
  MCPReadResourceResult,
  MCPResource,
  MCPResourceContent,
  MCPResourceTemplate,
  MCPTextResourceContent,
  MCPTool,
  MCPToolAnnotations,
} from './mcp-types.js';
export type { MCPApprovalPolicy, MCPToolNames } from './require-approval.js';
export { createMCPToolStaticFilter } from './tool-filter.js';
export type {
  MCPToolFilterCallable,
  MCPToolFilterContext,
  MCPToolFilterStatic,
} from './tool-filter.js';
export type { MCPConfig, MCPToolErrorFunction } from '@baton/core';
