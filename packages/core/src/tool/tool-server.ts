import type { RunContext } from '../context/index.js';
import type { FunctionTool } from './function-tool.js';

/** What the model reads of a failed call of an MCP tool. */
export type MCPToolErrorFunction = (args: {
  readonly context: RunContext;
  readonly error: unknown;
}) => string | Promise<string>;

/** How an agent takes the tools of its MCP servers. */
export interface MCPConfig {
  /** Hold the model to the schemas of the tools that can be strict; default `false`. */
  readonly convertSchemasToStrict?: boolean;
  /**
   * What the model reads of a failed call; `null`: the run fails. A server's own wins. Default: a text with the
   * error's message, where sensitive data may be shown.
   */
  readonly errorFunction?: MCPToolErrorFunction | null;
  /** Show the model the tools as `mcp_<server>__<tool>`, so that servers may share names; default `false`. */
  readonly includeServerInToolNames?: boolean;
}

/** Who asks a server for its tools. */
export interface ToolServerRequest {
  readonly agent: { readonly name: string };
  readonly runContext: RunContext;
  readonly config: MCPConfig;
  /** Aborts when the run is cancelled; absent where nobody can. */
  readonly signal?: AbortSignal | undefined;
}

/** Where tools come from that nobody knows beforehand: an MCP server. `@baton/mcp` has those. */
export interface ToolServer {
  /** Stands in traces and errors: nothing secret. */
  readonly name: string;
  /** The tools for this agent, asked for each time it becomes active. */
  listAgentTools(request: ToolServerRequest): Promise<readonly FunctionTool[]>;
}
