import { type AgentInputItem, findUnpairedItems, isToolCallResult } from '@baton/core';

/** A place in a stored conversation: its item, or nothing where what is stored cannot be read. */
export type Place = AgentInputItem | undefined;

/**
 * The newest items of a conversation, as one that a model accepts: where the limit, or a place that cannot be
 * read, parts a call from its output or reasoning from what it led to, the other half goes, too [SES-08].
 * Without a limit and with every place readable, all items come back untouched.
 *
 * @param places The stored places, oldest first: as many as hold the wanted items, and one older if there is one.
 * @param limit How many readable items to take, before halves go [SES-10].
 */
export function newestWholeItems(places: readonly Place[], limit: number): AgentInputItem[] {
  const from = startOf(places, limit);
  const kept = places.slice(from);
  const lastHole = kept.lastIndexOf(undefined);
  if (from === 0 && lastHole < 0) return itemsOf(kept);
  const isTorn = (index: number): boolean =>
    isMadeByModel(kept[index]) &&
    from + index > 0 &&
    mayBeReasoning(places[from + index - 1]) &&
    kept[index - 1] === undefined;
  for (let size = -1; size !== itemsOf(kept).length;) {
    size = itemsOf(kept).length;
    for (const index of kept.keys()) if (isTorn(index)) kept[index] = undefined;
    for (const index of unpaired(kept, lastHole)) kept[index] = undefined;
    for (const [index, item] of kept.entries()) {
      if (item?.type !== 'reasoning' || index + 1 === kept.length) continue;
      if (kept[index + 1] === undefined) kept[index] = undefined;
    }
  }
  return itemsOf(kept);
}

/** Where the newest `limit` readable items begin. */
function startOf(places: readonly Place[], limit: number): number {
  let wanted = limit;
  let from = places.length;
  while (from > 0 && wanted > 0) {
    from--;
    if (places[from] !== undefined) wanted--;
  }
  return from;
}

/** Outputs whose call is gone, and calls whose output may have stood in a place that cannot be read. */
function unpaired(kept: readonly Place[], lastHole: number): readonly number[] {
  const positions = [...kept.keys()].filter((index) => kept[index] !== undefined);
  const { calls, results } = findUnpairedItems(itemsOf(kept));
  return [...calls, ...results]
    .map((index) => positions[index] ?? 0)
    .filter((index) => isResult(kept[index]) || index < lastHole);
}

function isResult(place: Place): boolean {
  return place !== undefined && isToolCallResult(place);
}

function isMadeByModel(place: Place): boolean {
  if (place === undefined || isToolCallResult(place)) return false;
  return !('role' in place) || place.role === 'assistant';
}

function mayBeReasoning(place: Place): boolean {
  return place === undefined || place.type === 'reasoning';
}

function itemsOf(places: readonly Place[]): AgentInputItem[] {
  return places.filter((place) => place !== undefined);
}
