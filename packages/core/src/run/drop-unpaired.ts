import { findUnpairedItems } from '../item/index.js';
import type { AgentInputItem } from '../item/index.js';

/** The view without calls and outputs that lost their other half; what was alone before stays [RUN-08]. */
export function dropNewlyUnpaired(
  view: readonly AgentInputItem[],
  original: readonly AgentInputItem[],
): readonly AgentInputItem[] {
  const { calls, results } = findUnpairedItems(view);
  if (calls.length === 0 && results.length === 0) return view;
  const before = findUnpairedItems(original);
  const alone = new Set([...before.calls, ...before.results].map((index) => original[index]));
  const dropped = new Set([...calls, ...results]);
  return view.filter((item, index) => !dropped.has(index) || alone.has(item));
}
