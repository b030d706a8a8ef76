import type { RunContext } from '@baton/core';
import { UserError } from '@baton/core';

/** Tools by name. */
export interface MCPToolNames {
  readonly toolNames: readonly string[];
}

/**
 * Which calls of a server's tools wait for a human: all, none, those of some tools, or as a function says. Where
 * only `never` is given, all others wait; where only `always` is given, no other does; with both, a tool that is
 * in neither waits.
 */
export type MCPApprovalPolicy =
  | 'always'
  | 'never'
  | { readonly always?: MCPToolNames; readonly never?: MCPToolNames }
  | ((
      runContext: RunContext,
      call: {
        readonly serverName: string;
        readonly toolName: string;
        readonly arguments: unknown;
        readonly callId: string;
      },
    ) => boolean | Promise<boolean>);

/** What a policy says of one tool. */
export function needsApproval(
  policy: MCPApprovalPolicy | undefined,
  { serverName, toolName }: { readonly serverName: string; readonly toolName: string },
): boolean | ((runContext: RunContext, input: unknown, callId: string) => boolean | Promise<boolean>) {
  if (policy === undefined || policy === 'never') return false;
  if (policy === 'always') return true;
  if (typeof policy === 'function') {
    return (runContext, input, callId) =>
      policy(runContext, { serverName, toolName, arguments: input, callId });
  }
  if (policy.always?.toolNames.includes(toolName) === true) return true;
  if (policy.never?.toolNames.includes(toolName) === true) return false;
  return policy.never !== undefined;
}

/**
 * Refuses a policy that is none: what is not understood must not mean that nobody is asked.
 *
 * @throws UserError naming what is wrong.
 */
export function checkApprovalPolicy(policy: unknown, serverName: string): void {
  if (policy === undefined || policy === 'always' || policy === 'never' || typeof policy === 'function') return;
  const { problem, names } = readPolicy(policy);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const said = problem ?? (twice === undefined ? undefined : `names "${twice}" twice`);
  if (said === undefined) return;
  throw new UserError(
    `The requireApproval of MCP server "${serverName}" ${said}. ` +
      "Pass 'always', 'never', { always: { toolNames: [...] }, never: { toolNames: [...] } } or a function.",
  );
}

function readPolicy(policy: unknown): { readonly problem?: string; readonly names: readonly string[] } {
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) {
    return { problem: `is ${JSON.stringify(policy) ?? typeof policy}`, names: [] };
  }
  const entries = Object.entries(policy).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return { problem: 'is empty', names: [] };
  const names: string[] = [];
  for (const [key, value] of entries) {
    if (key !== 'always' && key !== 'never') return { problem: `has an unknown key "${key}"`, names };
    const list: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'toolNames') : undefined;
    if (!Array.isArray(list) || !list.every((name) => typeof name === 'string')) {
      return { problem: `has no list of toolNames under "${key}"`, names };
    }
    names.push(...list);
  }
  return { names };
}
