import { UserError } from '@baton/core';
import type { AgentInputItem, HandoffInputFilter } from '@baton/core';
import { selectItems } from './select-items.js';

/**
 * Makes a filter that keeps the end of the conversation: the last things the user said and all that followed. Use
 * it where a conversation grows long and the next agent needs only what is being talked about.
 *
 * A turn begins with what the user says: one message, or several in a row. System messages stay wherever they are,
 * and a call is never kept without its output.
 *
 * @param count How many turns to keep; 1 or more. A conversation with fewer stays whole.
 * @throws UserError where the count is no whole number from 1 on.
 *
 * @example
 * ```ts
 * import { Agent, handoff } from '@baton/core';
 * import { keepLastTurns } from '@baton/extensions/handoff-filters';
 *
 * const billing = new Agent({ name: 'Billing' });
 * export const triage = new Agent({
 *   name: 'Triage',
 *   handoffs: [handoff(billing, { inputFilter: keepLastTurns(3) })],
 * });
 * ```
 */
export function keepLastTurns(count: number): HandoffInputFilter {
  if (!Number.isInteger(count) || count < 1) {
    throw new UserError(
      `keepLastTurns(${count}) cannot be done: a model needs at least the last thing the user said. Pass a whole number from 1 on.`,
    );
  }
  return (data) =>
    selectItems(data, (items) => {
      const first = turnStarts(items).at(-count) ?? 0;
      return (item, index) => index >= first || isSystemMessage(item);
    });
}

/** Where the user begins to speak. */
function turnStarts(items: readonly AgentInputItem[]): number[] {
  return items.flatMap((item, index) => {
    const before = items[index - 1];
    return isFromUser(item) && (before === undefined || !isFromUser(before)) ? [index] : [];
  });
}

function isFromUser(item: AgentInputItem): boolean {
  return 'role' in item && item.role === 'user';
}

function isSystemMessage(item: AgentInputItem): boolean {
  return 'role' in item && (item.role === 'system' || item.role === 'developer');
}
