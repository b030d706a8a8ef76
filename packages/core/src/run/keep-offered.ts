import { isSameJson } from '../internal/json.js';
import { findUnpairedItems } from '../item/index.js';
import type { AgentInputItem } from '../item/index.js';

/** What becomes of a request's new items in a conversation that the provider keeps, once the run's filter had them. */
export interface KeptInput {
  readonly input: readonly AgentInputItem[];
  /** Those that were left out, by their place in what was offered. */
  readonly leftOut: readonly number[];
}

/**
 * The filtered input, with the outputs that the provider waits for where the filter left them out: it has their calls,
 * and takes no request without them. A new output of the same call stands for the old one. Whatever else is left out is
 * offered again with the next request, unless the filter wrote items of its own, which may stand for it [B3].
 */
export function keepOffered(
  offered: readonly AgentInputItem[],
  filtered: readonly AgentInputItem[],
): KeptInput {
  const input = [...missingOutputs(offered, filtered), ...filtered];
  const rest = new Set(input);
  const gone: number[] = [];
  for (const [index, item] of offered.entries()) if (!takeOne(rest, item)) gone.push(index);
  return { input, leftOut: rest.size === 0 ? gone : [] };
}

function missingOutputs(
  offered: readonly AgentInputItem[],
  filtered: readonly AgentInputItem[],
): readonly AgentInputItem[] {
  const given = filtered.map(keyOf);
  return findUnpairedItems(offered)
    .results.flatMap((index) => offered[index] ?? [])
    .filter((output) => {
      const at = given.indexOf(keyOf(output));
      // Ids may be used again, so one answer stands for one call only.
      if (at >= 0) given[at] = undefined;
      return at < 0;
    });
}

function keyOf(item: AgentInputItem): string | undefined {
  return 'callId' in item && typeof item.callId === 'string' ? `${item.type}:${item.callId}` : undefined;
}

/** Takes an item out of those left, or one that is a copy of it. */
function takeOne(rest: Set<AgentInputItem>, item: AgentInputItem): boolean {
  if (rest.delete(item)) return true;
  for (const each of rest) if (isSameJson(each, item)) return rest.delete(each);
  return false;
}
