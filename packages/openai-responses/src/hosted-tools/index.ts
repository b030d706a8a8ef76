/** The tools that OpenAI runs by itself. */
export { codeInterpreterTool } from './code-interpreter-tool.js';
export type {
  CodeInterpreterContainer,
  CodeInterpreterToolOptions,
} from './code-interpreter-tool.js';
export { fileSearchTool } from './file-search-tool.js';
export type {
  FileSearchComparison,
  FileSearchCompound,
  FileSearchToolOptions,
} from './file-search-tool.js';
export { hostedMcpTool } from './hosted-mcp-tool.js';
export type {
  HostedMCPApprovalAnswer,
  HostedMCPApprovalRequest,
  HostedMCPTool,
  HostedMCPToolFilter,
  HostedMCPToolOptions,
} from './hosted-mcp-tool.js';
export { hostedShellTool } from './hosted-shell-tool.js';
export type {
  HostedShellToolOptions,
  ShellToolContainerAutoEnvironment,
  ShellToolContainerNetworkPolicy,
  ShellToolContainerReferenceEnvironment,
  ShellToolContainerSkill,
  ShellToolHostedEnvironment,
} from './hosted-shell-tool.js';
export type { OpenAIHostedTool, ToolAllowedCaller } from './hosted-tool.js';
export { imageGenerationTool } from './image-generation-tool.js';
export type { ImageGenerationToolOptions } from './image-generation-tool.js';
export { programmaticToolCallingTool } from './programmatic-tool-calling-tool.js';
export { toolSearchOutput } from './tool-search-output.js';
export { toolSearchTool } from './tool-search-tool.js';
export type { ToolSearchToolOptions } from './tool-search-tool.js';
export { webSearchTool } from './web-search-tool.js';
export type { WebSearchToolOptions } from './web-search-tool.js';
