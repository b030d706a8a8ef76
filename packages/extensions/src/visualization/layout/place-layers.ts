import type { Slot } from './layout.js';

const SWEEPS = 40;

/**
 * Places each slot across: as near as may be to its neighbours in the layers beside, in the order of its layer, and
 * with the gap between any two. Links that pass through a layer pull hardest, so that long ones are straight.
 *
 * @returns Where each slot begins; the first of all at 0.
 */
export function placeLayers(
  slots: readonly Slot[],
  layers: readonly (readonly number[])[],
  gap: (a: Slot, b: Slot) => number,
): number[] {
  const centers = slots.map(() => 0);
  for (const layer of layers)
    settle(slots, layer, { gap, centers, wish: () => ({ at: 0, weight: 1 }) });
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : layers.toReversed()) {
      const wish = (slot: number): Wish =>
        wishOf(slots, slot, { centers, down, both: sweep > SWEEPS / 2 });
      settle(slots, layer, { gap, centers, wish });
    }
  }
  // In the end what leads on stands over the middle of where it leads.
  for (const layer of layers.toReversed()) {
    settle(slots, layer, {
      gap,
      centers,
      wish: (slot) => wishOf(slots, slot, { centers, down: false, both: false }),
    });
  }
  const starts = centers.map((center, slot) => center - (slots[slot]?.breadth ?? 0) / 2);
  const first = Math.min(...starts);
  return starts.map((start) => start - first);
}

interface Wish {
  readonly at: number;
  readonly weight: number;
}

/** Where a slot would like its middle to be: the weighted mean of its neighbours. */
function wishOf(
  slots: readonly Slot[],
  slot: number,
  {
    centers,
    down,
    both,
  }: { readonly centers: readonly number[]; readonly down: boolean; readonly both: boolean },
): Wish {
  const own = slots[slot];
  if (own === undefined) return { at: 0, weight: 1 };
  const sides = [...(down || both ? own.before : []), ...(!down || both ? own.after : [])];
  let [sum, weight] = [0, 0];
  for (const neighbour of sides) {
    const pull = straightness(own, slots[neighbour]);
    sum += pull * (centers[neighbour] ?? 0);
    weight += pull;
  }
  return weight === 0 ? { at: centers[slot] ?? 0, weight: 0.1 } : { at: sum / weight, weight };
}

function straightness(a: Slot, b: Slot | undefined): number {
  if (a.isBox && b?.isBox !== false) return 3;
  return a.isBox || b?.isBox === true ? 1 : 8;
}

interface Settling {
  readonly gap: (a: Slot, b: Slot) => number;
  readonly centers: number[];
  readonly wish: (slot: number) => Wish;
}

interface Block {
  /** Where the first slot's middle goes; the others follow at their distances. */
  at: number;
  weight: number;
  readonly members: { readonly slot: number; readonly offset: number }[];
}

/**
 * Gives a layer the places with the least squared distance from what its slots wish for: slots that would overlap
 * join into a block, which goes where it suits them on average.
 */
function settle(
  slots: readonly Slot[],
  layer: readonly number[],
  { gap, centers, wish }: Settling,
): void {
  const blocks: Block[] = [];
  let distance = 0;
  for (const [index, slot] of layer.entries()) {
    const [before, own] = [slots[layer[index - 1] ?? -1], slots[slot]];
    if (before !== undefined && own !== undefined)
      distance += (before.breadth + own.breadth) / 2 + gap(before, own);
    const { at, weight } = wish(slot);
    // In coordinates without the distances, not to overlap is not to decrease.
    let block: Block = { at: at - distance, weight, members: [{ slot, offset: distance }] };
    for (let last = blocks.at(-1); last !== undefined && last.at > block.at; last = blocks.at(-1)) {
      blocks.pop();
      const sum = last.weight + block.weight;
      block = {
        at: (last.at * last.weight + block.at * block.weight) / sum,
        weight: sum,
        members: [...last.members, ...block.members],
      };
    }
    blocks.push(block);
  }
  for (const { at, members } of blocks) {
    for (const { slot, offset } of members) centers[slot] = at + offset;
  }
}
