import type { AgentInputItem } from './item.js';

/**
 * The items that shall be kept. Reasoning stays only together with the item that it led to, which stands
 * right after it: no provider takes back thoughts without what came of them.
 */
export function keepItems(
  items: readonly AgentInputItem[],
  keep: (item: AgentInputItem, index: number) => boolean,
): AgentInputItem[] {
  const kept: AgentInputItem[] = [];
  let nextIsKept = false;
  for (const [index, item] of [...items.entries()].reverse()) {
    nextIsKept = keep(item, index) && (item.type !== 'reasoning' || nextIsKept);
    if (nextIsKept) kept.push(item);
  }
  return kept.reverse();
}
