import type { FunctionTool, ToolServerRequest } from '@baton/core';
import { functionToolNames } from './function-tool-names.js';
import type { CallToolRest, MCPServer, MCPToolOptions } from './mcp-server.js';
import { mcpToFunctionTool } from './mcp-to-function-tool.js';
import type { CallToolResult, CallToolResultContent, MCPTool } from './mcp-types.js';
import { redactUrls } from './redact.js';
import { checkApprovalPolicy } from './require-approval.js';
import { checkToolFilter, filterTools } from './tool-filter.js';

/**
 * What every server has: how its tools become those of agents. Extend it for a server that the official client
 * does not reach, such as one in the same process.
 *
 * @throws UserError where the filter or the approval policy is none.
 *
 * @example
 * ```ts
 * import { BaseMCPServer, type CallToolResult, type MCPTool } from '@baton/mcp';
 *
 * export class Clock extends BaseMCPServer {
 *   constructor() {
 *     super('clock', { cacheToolsList: true });
 *   }
 *   async connect(): Promise<void> {}
 *   async close(): Promise<void> {}
 *   async invalidateToolsCache(): Promise<void> {}
 *   async listTools(): Promise<MCPTool[]> {
 *     return [{ name: 'now', description: 'The time', inputSchema: { type: 'object', properties: {} } }];
 *   }
 *   async callToolResult(): Promise<CallToolResult> {
 *     return { content: [{ type: 'text', text: new Date().toISOString() }] };
 *   }
 * }
 * ```
 */
export abstract class BaseMCPServer implements MCPServer {
  /** Stands in traces, errors and prefixed tool names; URLs in it are reduced to where they lead. */
  readonly name: string;
  readonly cacheToolsList: boolean;
  readonly toolFilter?: Exclude<MCPToolOptions['toolFilter'], undefined>;
  readonly toolMetaResolver?: Exclude<MCPToolOptions['toolMetaResolver'], undefined>;
  readonly useStructuredContent: boolean;
  readonly requireApproval?: Exclude<MCPToolOptions['requireApproval'], undefined>;
  readonly onApproval?: Exclude<MCPToolOptions['onApproval'], undefined>;
  readonly toolInputGuardrails: NonNullable<MCPToolOptions['toolInputGuardrails']>;
  readonly toolOutputGuardrails: NonNullable<MCPToolOptions['toolOutputGuardrails']>;
  readonly errorFunction?: Exclude<MCPToolOptions['errorFunction'], undefined>;
  readonly trustToolAnnotations: boolean;

  constructor(name: string, options: MCPToolOptions = {}) {
    this.name = redactUrls(name);
    const { toolFilter, toolMetaResolver, requireApproval, onApproval, errorFunction } = options;
    checkToolFilter(toolFilter, this.name);
    checkApprovalPolicy(requireApproval, this.name);
    this.cacheToolsList = options.cacheToolsList ?? false;
    this.useStructuredContent = options.useStructuredContent ?? false;
    this.trustToolAnnotations = options.trustToolAnnotations ?? false;
    this.toolInputGuardrails = [...(options.toolInputGuardrails ?? [])];
    this.toolOutputGuardrails = [...(options.toolOutputGuardrails ?? [])];
    if (toolFilter !== undefined) this.toolFilter = toolFilter;
    if (toolMetaResolver !== undefined) this.toolMetaResolver = toolMetaResolver;
    if (requireApproval !== undefined) this.requireApproval = requireApproval;
    if (onApproval !== undefined) this.onApproval = onApproval;
    if (errorFunction !== undefined) this.errorFunction = errorFunction;
  }

  abstract connect(): Promise<void>;
  abstract close(): Promise<void>;
  abstract listTools(): Promise<MCPTool[]>;
  abstract callToolResult(
    toolName: string,
    args: Readonly<Record<string, unknown>> | null,
    ...more: CallToolRest
  ): Promise<CallToolResult>;
  abstract invalidateToolsCache(): Promise<void>;

  async callTool(
    toolName: string,
    args: Readonly<Record<string, unknown>> | null,
    ...more: CallToolRest
  ): Promise<CallToolResultContent> {
    return (await this.callToolResult(toolName, args, ...more)).content;
  }

  /** The tools that pass the filter, as those of the agent that asks. */
  async listAgentTools(request: ToolServerRequest): Promise<readonly FunctionTool[]> {
    return toFunctionTools(this, request);
  }

  /** Closes the server at the end of an `await using` block. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** Who wants the tools of a server, as far as that is known, and how. */
export interface ToolsRequest extends Omit<Partial<ToolServerRequest>, 'config'> {
  readonly config: ToolServerRequest['config'];
  /** Names that prefixed ones must not take. */
  readonly reserved?: ReadonlySet<string>;
}

/** A server's tools as those of an agent. */
export async function toFunctionTools(server: MCPServer, request: ToolsRequest): Promise<readonly FunctionTool[]> {
  const { agent, runContext, config, reserved } = request;
  const tools = await filterTools(await server.listTools(), server.toolFilter, {
    ...(agent !== undefined && { agent }),
    ...(runContext !== undefined && { runContext }),
    serverName: server.name,
  });
  const names = functionToolNames(
    tools.map((tool) => tool.name),
    { serverName: server.name, prefixed: config.includeServerInToolNames === true, reserved },
  );
  return tools.map((tool, index) =>
    mcpToFunctionTool(tool, server, {
      convertSchemasToStrict: config.convertSchemasToStrict,
      errorFunction: config.errorFunction,
      toolNameOverride: names[index],
    }),
  );
}
