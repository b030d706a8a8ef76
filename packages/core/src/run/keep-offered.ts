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
  const restored = missingOutputs(offered, filtered);
  const input = [...restored.flatMap((index) => offered[index] ?? []), ...filtered];
  const places = placesOf(filtered, offered);
  if (places === undefined) return { input, leftOut: [] };
  const sent = new Set([...places, ...restored]);
  return { input, leftOut: [...offered.keys()].filter((index) => !sent.has(index)) };
}

/** Outputs whose calls the provider has, and that are not among the filtered, by their places. */
function missingOutputs(
  offered: readonly AgentInputItem[],
  filtered: readonly AgentInputItem[],
): readonly number[] {
  const given = filtered.map(keyOf);
  return findUnpairedItems(offered).results.filter((index) => {
    const at = given.indexOf(keyOf(offered[index]));
    // Ids may be used again, so one answer stands for one call only.
    if (at >= 0) given[at] = undefined;
    return at < 0;
  });
}

function keyOf(item: AgentInputItem | undefined): string | undefined {
  return item !== undefined && 'callId' in item ? `${item.type}:${item.callId}` : undefined;
}

/** Where the filtered items, or those they are copies of, were offered; undefined where the filter wrote or moved one. */
function placesOf(
  filtered: readonly AgentInputItem[],
  offered: readonly AgentInputItem[],
): readonly number[] | undefined {
  const places: number[] = [];
  let next = 0;
  for (const item of filtered) {
    while (next < offered.length && offered[next] !== item && !isSameJson(offered[next], item)) next++;
    if (next === offered.length) return undefined;
    places.push(next++);
  }
  return places;
}
