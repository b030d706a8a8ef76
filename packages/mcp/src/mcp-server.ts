import type {
  MCPToolErrorFunction,
  RunContext,
  ToolApprovalHandler,
  ToolInputGuardrail,
  ToolOutputGuardrail,
  ToolServer,
} from '@baton/core';
import type {
  CallToolResult,
  CallToolResultContent,
  MCPGetPromptResult,
  MCPListPromptsResult,
  MCPListResourcesParams,
  MCPListResourcesResult,
  MCPListResourceTemplatesResult,
  MCPProgress,
  MCPReadResourceResult,
  MCPTool,
} from './mcp-types.js';
import type { MCPApprovalPolicy } from './require-approval.js';
import type { MCPToolFilterCallable, MCPToolFilterStatic } from './tool-filter.js';

/** What `toolMetaResolver` is told of a call. */
export interface MCPToolMetaContext {
  readonly runContext: RunContext;
  readonly serverName: string;
  readonly toolName: string;
  readonly arguments: Readonly<Record<string, unknown>> | null;
}

/** Makes the `_meta` of a call: trace ids, tenants and the like, which the model never sees. */
export type MCPToolMetaResolver = (
  context: MCPToolMetaContext,
) =>
  | Readonly<Record<string, unknown>>
  | null
  | undefined
  | Promise<Readonly<Record<string, unknown>> | null | undefined>;

/** How one call of a tool goes. */
export interface MCPCallToolOptions {
  /** Cancels the call, at the server too. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: MCPProgress) => void;
  /** Whether the call may be made twice where nobody knows whether the first was heard; default `false`. */
  readonly repeatable?: boolean;
}

/** How agents see the tools of a server, whatever the server is. */
export interface MCPToolOptions {
  /** Ask the server once for its tools, until they change or the connection is lost; default `false`. */
  readonly cacheToolsList?: boolean;
  /** Which of the tools agents have; default all. */
  readonly toolFilter?: MCPToolFilterCallable | MCPToolFilterStatic | undefined;
  readonly toolMetaResolver?: MCPToolMetaResolver;
  /** Show the model the structured content of a tool's result in place of its content; default `false`. */
  readonly useStructuredContent?: boolean;
  /** Which calls wait for a human; default none. */
  readonly requireApproval?: MCPApprovalPolicy;
  /** Decides at once on calls that need approval, in place of waiting for a human. */
  readonly onApproval?: ToolApprovalHandler;
  /** Checks before any tool of the server starts. */
  readonly toolInputGuardrails?: readonly ToolInputGuardrail[];
  /** Checks on what any tool of the server returned. */
  readonly toolOutputGuardrails?: readonly ToolOutputGuardrail[];
  /** What the model reads of a failed call; `null`: the run fails. Wins over the agent's `mcpConfig`. */
  readonly errorFunction?: MCPToolErrorFunction | null;
  /**
   * Believe what the server says of its tools: one that only reads may run again after a crash or a lost
   * connection. Default `false`: every call counts.
   */
  readonly trustToolAnnotations?: boolean;
}

/** A server of tools. Extend `BaseMCPServer` to make one of your own. */
export interface MCPServer extends ToolServer, MCPToolOptions {
  readonly cacheToolsList: boolean;
  connect(): Promise<void>;
  close(): Promise<void>;
  /** All tools, unfiltered; the caller's own to keep. */
  listTools(): Promise<MCPTool[]>;
  /** The content of what the tool gave. */
  callTool(
    toolName: string,
    args: Readonly<Record<string, unknown>> | null,
    ...more: CallToolRest
  ): Promise<CallToolResultContent>;
  /** All of what the tool gave. */
  callToolResult(
    toolName: string,
    args: Readonly<Record<string, unknown>> | null,
    ...more: CallToolRest
  ): Promise<CallToolResult>;
  /** The next listing asks the server. */
  invalidateToolsCache(): Promise<void>;
}

/** What may follow the arguments of a call. */
export type CallToolRest = [
  meta?: Readonly<Record<string, unknown>> | null,
  options?: MCPCallToolOptions,
];

/** A server that has resources and prompts too. */
export interface MCPServerWithResources extends MCPServer {
  /** One page. */
  listResources(params?: MCPListResourcesParams): Promise<MCPListResourcesResult>;
  /** One page. */
  listResourceTemplates(params?: MCPListResourcesParams): Promise<MCPListResourceTemplatesResult>;
  readResource(uri: string): Promise<MCPReadResourceResult>;
  /** One page. */
  listPrompts(params?: MCPListResourcesParams): Promise<MCPListPromptsResult>;
  getPrompt(name: string, args?: Readonly<Record<string, string>>): Promise<MCPGetPromptResult>;
}
