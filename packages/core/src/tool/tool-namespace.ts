import { UserError } from '../error/index.js';
import type { FunctionTool } from './function-tool.js';

/** What `toolNamespace()` takes. */
export interface ToolNamespaceOptions<TContext = unknown> {
  /** What the model calls the group, e.g. `crm`. */
  readonly name: string;
  /** What the group is for; a search reads it first. */
  readonly description: string;
  readonly tools: readonly FunctionTool<TContext>[];
}

/**
 * Puts function tools into a group with a name, for models that search among many tools. Spread what it gives
 * into an agent's tools; in another namespace, or in none, a name may come again.
 *
 * @throws UserError where the name or the description is empty, or there are no tools.
 *
 * @example
 * ```ts
 * import { Agent, toolNamespace, type FunctionTool } from '@baton/core';
 *
 * export function clerk(findCustomer: FunctionTool, listOrders: FunctionTool): Agent {
 *   const crm = toolNamespace({
 *     name: 'crm',
 *     description: 'Customers and their orders.',
 *     tools: [findCustomer, listOrders],
 *   });
 *   return new Agent({ name: 'Clerk', tools: [...crm] });
 * }
 * ```
 */
export function toolNamespace<TContext = unknown>({
  name,
  description,
  tools,
}: ToolNamespaceOptions<TContext>): FunctionTool<TContext>[] {
  if (name.trim() === '' || description.trim() === '') {
    throw new UserError('toolNamespace() has no name or no description. Give it both: the model reads them.');
  }
  if (tools.length === 0) {
    throw new UserError(`toolNamespace() "${name}" has no tools. Pass at least one function tool.`);
  }
  return tools.map((tool) => ({ ...tool, namespace: name, namespaceDescription: description }));
}
