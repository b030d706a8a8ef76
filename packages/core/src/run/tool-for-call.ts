import type { AnyAgent } from '../agent/index.js';
import { UserError } from '../error/index.js';
import { qualifiedToolName, toolKindName } from '../item/index.js';
import type { ToolCallItem } from '../item/index.js';
import type { FunctionTool, LocalTool, Tool } from '../tool/index.js';

/** The tools of an agent by the calls they answer. */
export interface ToolsByCall {
  /** By name, with the namespace in front where there is one. */
  readonly functionTools: ReadonlyMap<string, FunctionTool<never>>;
  readonly localTools: ReadonlyMap<ToolCallItem['type'], LocalTool<never>>;
}

/** The tool that answers a call: a function by its name, a local tool by the type of the call. */
export function toolForCall(
  { functionTools, localTools }: ToolsByCall,
  call: ToolCallItem,
): FunctionTool<never> | LocalTool<never> | undefined {
  return call.type === 'function_call' ? functionToolFor(functionTools, call) : localTools.get(call.type);
}

/** The function tool of a call or a result; one that names no namespace means the only tool of that name. */
export function functionToolFor(
  functionTools: ToolsByCall['functionTools'],
  item: { readonly name: string; readonly namespace?: string },
): FunctionTool<never> | undefined {
  const tool = functionTools.get(qualifiedToolName(item));
  if (tool !== undefined || item.namespace !== undefined) return tool;
  const [only, ...others] = [...functionTools.values()].filter(({ name }) => name === item.name);
  return others.length === 0 ? only : undefined;
}

/** Puts tools under the calls they answer. */
export function indexTools(tools: readonly Tool<never>[]): ToolsByCall {
  const functionTools = new Map<string, FunctionTool<never>>();
  let localTools: Map<ToolCallItem['type'], LocalTool<never>> | undefined;
  for (const tool of tools) {
    if (tool.type === 'function') functionTools.set(qualifiedToolName(tool), tool);
    else if (tool.type !== 'hosted_tool') localTools = (localTools ?? new Map()).set(tool.answers, tool);
  }
  return { functionTools, localTools: localTools ?? NO_LOCAL_TOOLS };
}

const NO_LOCAL_TOOLS: ToolsByCall['localTools'] = new Map();

/**
 * Refuses local tools that would answer the same calls, or share approvals with a function.
 *
 * @throws UserError naming both.
 */
export function checkLocalTools(agent: AnyAgent, tools: readonly Tool<never>[]): void {
  const kinds = new Map<string, LocalTool<never>>();
  for (const tool of tools) {
    if (tool.type === 'function' || tool.type === 'hosted_tool') continue;
    const kind = toolKindName(tool.answers);
    const other = kinds.get(kind);
    if (other !== undefined) {
      throw new UserError(
        `You can only provide one ${kind} tool. Got 2: "${other.name}" and "${tool.name}" of agent "${agent.name}".`,
      );
    }
    kinds.set(kind, tool);
  }
  if (kinds.size === 0) return;
  for (const { type, name } of tools) {
    if (type !== 'function' || !kinds.has(name)) continue;
    throw new UserError(
      `Agent "${agent.name}" has a function tool named "${name}" beside its ${name} tool. Rename it: approvals of the one would hold for the other.`,
    );
  }
}
