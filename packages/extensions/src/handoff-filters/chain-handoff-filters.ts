import { UserError } from '@baton/core';
import type { HandoffInputFilter } from '@baton/core';

/**
 * Makes one filter of several: each is given what the one before it has left. Use it to combine ready-made
 * filters with each other and with your own.
 *
 * @param filters In the order they are applied; none leaves everything as it is.
 * @throws UserError where one is not a function.
 *
 * @example
 * ```ts
 * import type { RunConfig } from '@baton/core';
 * import { chainHandoffFilters, keepLastTurns, removeAllTools } from '@baton/extensions/handoff-filters';
 *
 * export const config: RunConfig = {
 *   handoffInputFilter: chainHandoffFilters(removeAllTools, keepLastTurns(5)),
 * };
 * ```
 */
export function chainHandoffFilters(...filters: readonly HandoffInputFilter[]): HandoffInputFilter {
  for (const [index, filter] of filters.entries()) {
    if (typeof filter === 'function') continue;
    throw new UserError(
      `Filter ${index + 1} of chainHandoffFilters() is of type ${typeof filter}. Pass functions; keepLastTurns() makes one, removeAllTools is one.`,
    );
  }
  return async (data) => {
    let left = data;
    for (const filter of filters) left = await filter(left);
    return left;
  };
}
