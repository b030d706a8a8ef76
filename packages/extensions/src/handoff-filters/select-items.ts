import { findUnpairedItems } from '@baton/core';
import type { AgentInputItem, HandoffInputData, RunItem } from '@baton/core';

/** Where an item of the conversation stands in what a filter is given. */
interface Place {
  readonly item: AgentInputItem;
  /** The run item around it; none in the history. */
  readonly runItem?: RunItem;
  readonly list: 'inputHistory' | 'preHandoffItems' | 'newItems';
}

/**
 * Keeps the items that shall be kept, over all three lists as the one conversation they are. What is left is one
 * that every provider accepts: what loses its other half goes too, and reasoning goes with what it led to.
 */
export function selectItems(
  data: HandoffInputData,
  select: (items: readonly AgentInputItem[]) => (item: AgentInputItem, index: number) => boolean,
): HandoffInputData {
  const places = toPlaces(data);
  const items = places.map(({ item }) => item);
  const keep = select(items);
  const chosen = places.filter(({ item }, index) => keep(item, index));
  const halves = newlyUnpaired(chosen, items);
  const paired = new Set(chosen.filter((place) => !halves.has(place)));
  const kept = new Set<Place>();
  let followed = false; // whether what stands right behind is kept
  for (const place of places.toReversed()) {
    followed = paired.has(place) && (place.item.type !== 'reasoning' || followed);
    if (followed) kept.add(place);
  }
  const left = (list: Place['list']): Place[] =>
    places.filter((place) => place.list === list && kept.has(place));
  return {
    ...data,
    inputHistory: left('inputHistory').map(({ item }) => item),
    preHandoffItems: left('preHandoffItems').flatMap(({ runItem }) => runItem ?? []),
    newItems: left('newItems').flatMap(({ runItem }) => runItem ?? []),
  };
}

/** A call that waits for a human has no place in the conversation yet. */
function toPlaces({ inputHistory, preHandoffItems, newItems }: HandoffInputData): Place[] {
  const produced = (list: Place['list'], runItems: readonly RunItem[]): Place[] =>
    runItems
      .filter((runItem) => runItem.type !== 'tool_approval_item')
      .map((runItem) => ({ item: runItem.rawItem, runItem, list }));
  return [
    ...inputHistory.map((item): Place => ({ item, list: 'inputHistory' })),
    ...produced('preHandoffItems', preHandoffItems),
    ...produced('newItems', newItems),
  ];
}

/** Calls and outputs that had their other half before; what was alone from the beginning is not ours to judge. */
function newlyUnpaired(chosen: readonly Place[], before: readonly AgentInputItem[]): Set<Place> {
  const old = findUnpairedItems(before);
  const alone = new Set([...old.calls, ...old.results].map((index) => before[index]));
  const { calls, results } = findUnpairedItems(chosen.map(({ item }) => item));
  const halves = [...calls, ...results].flatMap((index) => chosen[index] ?? []);
  return new Set(halves.filter(({ item }) => !alone.has(item)));
}
