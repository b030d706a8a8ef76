import type { RunContext } from '@baton/core';
import { UserError } from '@baton/core';
import type { MCPTool } from './mcp-types.js';

/** Tools by name: those that are allowed, without those that are blocked. */
export interface MCPToolFilterStatic {
  readonly allowedToolNames?: readonly string[];
  readonly blockedToolNames?: readonly string[];
}

/** Who wants the tools. */
export interface MCPToolFilterContext {
  readonly runContext: RunContext;
  readonly agent: { readonly name: string };
  readonly serverName: string;
}

/** Says of each tool whether an agent has it; asked each time the agent becomes active. */
export type MCPToolFilterCallable = (
  context: MCPToolFilterContext,
  tool: MCPTool,
) => boolean | Promise<boolean>;

/**
 * Makes a filter of two lists of names; nothing where both are left out.
 *
 * @example
 * ```ts
 * import { createMCPToolStaticFilter, MCPServerStdio } from '@baton/mcp';
 *
 * export const files = new MCPServerStdio({
 *   fullCommand: 'npx -y @modelcontextprotocol/server-filesystem .',
 *   toolFilter: createMCPToolStaticFilter({ allowed: ['read_text_file', 'list_directory'] }),
 * });
 * ```
 */
export function createMCPToolStaticFilter(
  options: { readonly allowed?: Iterable<string>; readonly blocked?: Iterable<string> } = {},
): MCPToolFilterStatic | undefined {
  const { allowed, blocked } = options;
  if (allowed === undefined && blocked === undefined) return undefined;
  return {
    ...(allowed !== undefined && { allowedToolNames: [...allowed] }),
    ...(blocked !== undefined && { blockedToolNames: [...blocked] }),
  };
}

/** The tools that pass. A function without a run to ask about lets all pass. */
export async function filterTools(
  tools: readonly MCPTool[],
  filter: MCPToolFilterCallable | MCPToolFilterStatic | undefined,
  context: Partial<MCPToolFilterContext>,
): Promise<readonly MCPTool[]> {
  if (filter === undefined) return tools;
  if (typeof filter !== 'function') return tools.filter(({ name }) => isAllowed(filter, name));
  const { runContext, agent, serverName } = context;
  if (runContext === undefined || agent === undefined || serverName === undefined) return tools;
  const passes = await Promise.all(
    // A filter may not change what others see.
    tools.map(async (tool) => filter({ runContext, agent, serverName }, structuredClone(tool))),
  );
  return tools.filter((_tool, index) => passes[index] === true);
}

/**
 * Refuses a filter that is none, as it would let through what it should not.
 *
 * @throws UserError naming what is wrong.
 */
export function checkToolFilter(filter: unknown, serverName: string): void {
  if (filter === undefined || typeof filter === 'function') return;
  const lists: unknown[] =
    typeof filter === 'object' && filter !== null && !Array.isArray(filter)
      ? Object.entries(filter).map(([key, list]) =>
          key === 'allowedToolNames' || key === 'blockedToolNames' ? list : null,
        )
      : [null];
  const isList = (list: unknown): boolean =>
    list === undefined || (Array.isArray(list) && list.every((name) => typeof name === 'string'));
  if (lists.every(isList)) return;
  throw new UserError(
    `The toolFilter of MCP server "${serverName}" is not a filter. ` +
      'Pass { allowedToolNames: [...], blockedToolNames: [...] } or a function that says of each tool whether it stays.',
  );
}

/** A list that is there holds, also an empty one. */
function isAllowed({ allowedToolNames, blockedToolNames }: MCPToolFilterStatic, name: string): boolean {
  if (blockedToolNames?.includes(name) === true) return false;
  return allowedToolNames === undefined || allowedToolNames.includes(name);
}
