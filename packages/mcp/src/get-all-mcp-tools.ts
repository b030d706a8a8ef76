import type { FunctionTool, MCPConfig, RunContext } from '@baton/core';
import { UserError } from '@baton/core';
import { toFunctionTools } from './base-mcp-server.js';
import type { MCPServer } from './mcp-server.js';

/** Which tools `getAllMcpTools()` gets, and how. */
export interface GetAllMcpToolsOptions extends MCPConfig {
  readonly mcpServers: Iterable<MCPServer>;
  /** For filters that are functions; without it they let all tools pass. */
  readonly runContext?: RunContext;
  /** The same. */
  readonly agent?: { readonly name: string };
  /** Names that prefixed tools must not take, such as those of the agent's own tools. */
  readonly reservedToolNames?: ReadonlySet<string>;
}

/**
 * The tools of several servers as tools of an agent, in the order of the servers. Agents with `mcpServers` have
 * them by themselves; this is for looking at them, or for lists of one's own.
 *
 * @throws UserError where two tools have one name.
 *
 * @example
 * ```ts
 * import { connectMcpServers, getAllMcpTools, MCPServerStdio } from '@baton/mcp';
 *
 * export async function toolNames(): Promise<string[]> {
 *   const memory = new MCPServerStdio({ fullCommand: 'npx -y @modelcontextprotocol/server-memory' });
 *   await using servers = await connectMcpServers([memory]);
 *   return (await getAllMcpTools(servers.active)).map((tool) => tool.name);
 * }
 * ```
 */
export async function getAllMcpTools(
  serversOrOptions: Iterable<MCPServer> | GetAllMcpToolsOptions,
  runContext?: RunContext,
  agent?: { readonly name: string },
): Promise<FunctionTool[]> {
  const options: GetAllMcpToolsOptions =
    'mcpServers' in serversOrOptions
      ? serversOrOptions
      : {
          mcpServers: serversOrOptions,
          ...(runContext !== undefined && { runContext }),
          ...(agent !== undefined && { agent }),
        };
  const request = {
    config: options,
    ...(options.runContext !== undefined && { runContext: options.runContext }),
    ...(options.agent !== undefined && { agent: options.agent }),
    ...(options.reservedToolNames !== undefined && { reserved: options.reservedToolNames }),
  };
  const lists = await Promise.all([...options.mcpServers].map((server) => toFunctionTools(server, request)));
  const tools = lists.flat();
  refuseDuplicates(tools);
  return tools;
}

function refuseDuplicates(tools: readonly FunctionTool[]): void {
  const servers = new Map<string, string[]>();
  for (const { name, mcpServer = '' } of tools) servers.set(name, [...(servers.get(name) ?? []), mcpServer]);
  const duplicates = [...servers].filter(([, of]) => of.length > 1).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (duplicates.length === 0) return;
  const list = duplicates.map(([name, of]) => `${name} (${of.toSorted().join(', ')})`).join('; ');
  throw new UserError(
    `Duplicate tool names found across MCP servers: ${list}. ` +
      'Set includeServerInToolNames: true, or leave some out with a toolFilter.',
  );
}
