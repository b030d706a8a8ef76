import { findUnpairedItems } from '../item/index.js';
import type { AgentInputItem } from '../item/index.js';

/**
 * The view without what lost its other half: calls, outputs, and reasoning whose next item is not the one it
 * led to any more. What was alone before stays [RUN-08], and so does what is to be kept in any case.
 */
export function dropNewlyUnpaired(
  view: readonly AgentInputItem[],
  original: readonly AgentInputItem[],
  inAnyCase: readonly AgentInputItem[] = [],
): readonly AgentInputItem[] {
  const { calls, results } = findUnpairedItems(view);
  const before = findUnpairedItems(original);
  const alone = new Set([...before.calls, ...before.results].map((index) => original[index]));
  for (const item of inAnyCase) alone.add(item);
  const dropped = new Set([...calls, ...results]);
  const ledTo = new Map<AgentInputItem, AgentInputItem | undefined>();
  for (const [index, item] of original.entries()) {
    if (item.type === 'reasoning') ledTo.set(item, original[index + 1]);
  }
  const kept: AgentInputItem[] = [];
  for (const [index, item] of [...view.entries()].reverse()) {
    if (dropped.has(index) && !alone.has(item)) continue;
    if (ledTo.has(item) && ledTo.get(item) !== kept.at(-1)) continue;
    kept.push(item);
  }
  return kept.reverse();
}
