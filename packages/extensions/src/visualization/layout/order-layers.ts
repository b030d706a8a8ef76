import type { Slot } from './layout.js';

const SWEEPS = 24;

/** Orders the slots of each layer so that few links cross: sweeps down and up, and keeps the best. */
export function orderLayers(slots: readonly Slot[]): number[][] {
  const count = Math.max(...slots.map(({ layer }) => layer)) + 1;
  let layers = Array.from({ length: count }, (_, layer) =>
    [...slots.keys()].filter((slot) => slots[slot]?.layer === layer),
  );
  let best = layers;
  let fewest = countCrossings(slots, layers);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    layers = swap(slots, sortByNeighbours(slots, layers, sweep % 2 === 0 ? 'before' : 'after'));
    const crossings = countCrossings(slots, layers);
    if (crossings < fewest) {
      fewest = crossings;
      best = layers;
    }
  }
  return best;
}

type Side = 'before' | 'after';

/** Each slot goes to the mean place of its neighbours on one side; without any it stays. */
function sortByNeighbours(
  slots: readonly Slot[],
  layers: readonly number[][],
  side: Side,
): number[][] {
  const sorted = layers.map((layer) => [...layer]);
  const order = side === 'before' ? [...sorted.keys()] : [...sorted.keys()].reverse();
  for (const layer of order) {
    const line = sorted[layer] ?? [];
    const beside = sorted[layer + (side === 'before' ? -1 : 1)] ?? [];
    const wish = new Map(
      line.map((slot, index) => {
        const places = (slots[slot]?.[side] ?? []).map((neighbour) => beside.indexOf(neighbour));
        const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
        return [slot, places.length === 0 ? index : mean];
      }),
    );
    line.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
  }
  return sorted;
}

/** Swaps neighbours as long as that saves a crossing. */
function swap(slots: readonly Slot[], layers: number[][]): number[][] {
  const place = slots.map(() => 0);
  for (const line of layers) for (const [index, slot] of line.entries()) place[slot] = index;
  for (let again = true; again;) {
    again = false;
    for (const line of layers) {
      for (let index = 0; index + 1 < line.length; index++) {
        const [a, b] = [line[index] ?? 0, line[index + 1] ?? 0];
        if (crossingsOf(slots, place, [b, a]) >= crossingsOf(slots, place, [a, b])) continue;
        [line[index], line[index + 1]] = [b, a];
        [place[a], place[b]] = [index + 1, index];
        again = true;
      }
    }
  }
  return layers;
}

/** How often the links of two neighbours cross, with the first one standing first. */
function crossingsOf(
  slots: readonly Slot[],
  place: readonly number[],
  [first, second]: readonly [number, number],
): number {
  let crossings = 0;
  for (const side of ['before', 'after'] as const) {
    for (const a of slots[first]?.[side] ?? []) {
      for (const b of slots[second]?.[side] ?? [])
        if ((place[a] ?? 0) > (place[b] ?? 0)) crossings++;
    }
  }
  return crossings;
}

function countCrossings(slots: readonly Slot[], layers: readonly (readonly number[])[]): number {
  let crossings = 0;
  for (const [layer, line] of layers.entries()) {
    const next = new Map((layers[layer + 1] ?? []).map((slot, index) => [slot, index]));
    const ends = line.flatMap((slot, start) =>
      (slots[slot]?.after ?? []).map((to) => ({ start, end: next.get(to) ?? 0 })),
    );
    for (const [index, a] of ends.entries()) {
      for (const b of ends.slice(index + 1)) {
        if ((a.start - b.start) * (a.end - b.end) < 0) crossings++;
      }
    }
  }
  return crossings;
}
