import type { FunctionTool, MCPToolErrorFunction, RunContext, ToolCallDetails } from '@baton/core';
import { tool, UserError } from '@baton/core';
import type { MCPServer } from './mcp-server.js';
import type { MCPTool } from './mcp-types.js';
import { needsApproval } from './require-approval.js';
import { toToolOutput } from './to-tool-output.js';
import { survivesStrictness, toToolSchema } from './tool-schema.js';

/** How a server's tool becomes one of an agent. */
export interface MCPFunctionToolConversionOptions {
  /** Hold the model to the schema, where that changes nothing of what it says; default `false`. */
  readonly convertSchemasToStrict?: boolean | undefined;
  /** What models call it by; default its own name. */
  readonly toolNameOverride?: string | undefined;
  /** What the model reads of a failed call; the server's own wins. */
  readonly errorFunction?: MCPToolErrorFunction | null | undefined;
}

/**
 * Makes a tool of an agent out of a server's tool; agents with `mcpServers` have it done for them.
 *
 * @param options - or `true` for strict schemas alone.
 *
 * @example
 * ```ts
 * import { Agent } from '@baton/core';
 * import { type MCPServer, mcpToFunctionTool } from '@baton/mcp';
 *
 * export async function reader(server: MCPServer): Promise<Agent> {
 *   const tools = (await server.listTools()).filter((tool) => tool.annotations?.readOnlyHint === true);
 *   return new Agent({ name: 'Reader', tools: tools.map((tool) => mcpToFunctionTool(tool, server)) });
 * }
 * ```
 */
export function mcpToFunctionTool(
  mcpTool: MCPTool,
  server: MCPServer,
  options: boolean | MCPFunctionToolConversionOptions = {},
): FunctionTool {
  const { convertSchemasToStrict = false, toolNameOverride, errorFunction: given } =
    typeof options === 'boolean' ? { convertSchemasToStrict: options } : options;
  const errorFunction = server.errorFunction === undefined ? given : server.errorFunction;
  const repeatable = server.trustToolAnnotations === true ? effectOf(mcpTool) : undefined;
  const made = {
    name: toolNameOverride ?? mcpTool.name,
    description: mcpTool.description ?? mcpTool.title ?? mcpTool.annotations?.title ?? '',
    parameters: toToolSchema(mcpTool.inputSchema),
    execute: (args: unknown, runContext: RunContext, details: ToolCallDetails) =>
      // What toToolSchema checked is an object.
      callTool({ server, mcpTool, repeatable: repeatable !== undefined }, args as Arguments, { runContext, details }),
    needsApproval: needsApproval(server.requireApproval, { serverName: server.name, toolName: mcpTool.name }),
    inputGuardrails: server.toolInputGuardrails ?? [],
    outputGuardrails: server.toolOutputGuardrails ?? [],
    ...(repeatable !== undefined && { effect: repeatable }),
    ...(errorFunction === null && { errorFunction }),
    ...(typeof errorFunction === 'function' && {
      errorFunction: (context: RunContext, error: unknown) => errorFunction({ context, error }),
    }),
  };
  return {
    ...(convertSchemasToStrict ? strictWherePossible(made, mcpTool) : tool({ ...made, strict: false })),
    mcpServer: server.name,
    ...(server.onApproval !== undefined && { onApproval: server.onApproval }),
  };
}

type Arguments = Readonly<Record<string, unknown>>;

type MadeOf = Omit<Parameters<typeof tool<ReturnType<typeof toToolSchema>>>[0], 'strict'>;

/** Strict, or as the server says where strictness would take something away. */
function strictWherePossible(made: MadeOf, { inputSchema }: MCPTool): FunctionTool {
  if (survivesStrictness(inputSchema)) {
    try {
      return tool({ ...made, strict: true });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return tool({ ...made, strict: false });
}

/** What the server says that a call does. */
function effectOf({ annotations }: MCPTool): 'none' | 'idempotent' | undefined {
  if (annotations?.readOnlyHint === true) return 'none';
  return annotations?.idempotentHint === true ? 'idempotent' : undefined;
}

interface Callee {
  readonly server: MCPServer;
  readonly mcpTool: MCPTool;
  readonly repeatable: boolean;
}

async function callTool(
  { server, mcpTool, repeatable }: Callee,
  args: Arguments,
  { runContext, details }: { readonly runContext: RunContext; readonly details: ToolCallDetails },
): Promise<unknown> {
  const meta = await metaOf(server, mcpTool, { runContext, args });
  const result = await server.callToolResult(mcpTool.name, args, meta, {
    signal: details.signal,
    onProgress: details.reportProgress,
    repeatable,
  });
  return toToolOutput(result, server.useStructuredContent ?? false);
}

/** What the tool itself carries, below what the app adds; new for each call. */
async function metaOf(
  server: MCPServer,
  mcpTool: MCPTool,
  { runContext, args }: { readonly runContext: RunContext; readonly args: Arguments },
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const own = Object.entries(mcpTool._meta ?? {}).filter(([key]) => !RESERVED.test(key));
  const resolved = await server.toolMetaResolver?.({
    runContext,
    serverName: server.name,
    toolName: mcpTool.name,
    arguments: structuredClone(args),
  });
  if (resolved !== undefined && (typeof resolved !== 'object' || Array.isArray(resolved))) {
    throw new UserError(
      `toolMetaResolver of MCP server "${server.name}" returned no object. Return the fields of _meta, or nothing.`,
    );
  }
  const meta = { ...Object.fromEntries(own), ...resolved };
  return Object.keys(meta).length === 0 ? undefined : structuredClone(meta);
}

/** What the protocol itself says in `_meta`; a tool has no word in that. */
const RESERVED = /^(?:[a-z\d.-]*(?:modelcontextprotocol|mcp)[a-z\d.-]*\/.*|progressToken|traceparent|tracestate|baggage)$/i;
