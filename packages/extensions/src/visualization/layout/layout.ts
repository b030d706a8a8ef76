import { orderLayers } from './order-layers.js';
import { placeLayers } from './place-layers.js';
import { rankNodes } from './rank-nodes.js';
import { findPorts, routeLinks } from './route-links.js';

/**
 * A box to be placed. The layout knows no up or down: edges lead along, boxes of one layer stand across.
 */
export interface Box {
  /** Size across the direction of the edges. */
  readonly breadth: number;
  /** Size along it. */
  readonly depth: number;
}

/** A way between two boxes, by their positions in the list. */
export interface Link {
  readonly from: number;
  readonly to: number;
}

/** A point of the picture. */
export interface Point {
  readonly across: number;
  readonly along: number;
}

/** Where everything is. */
export interface Layout {
  /** Size of the whole. */
  readonly breadth: number;
  readonly depth: number;
  /** The corner of each box that is nearest to the beginning. */
  readonly boxes: readonly Point[];
  /**
   * The way of each link from its `from` to its `to`: pairs of points, the way between two pairs runs through the
   * gap between layers, the one inside a pair straight through a layer.
   */
  readonly links: readonly (readonly Point[])[];
}

/** A box, or the place where a link passes through a layer. */
export interface Slot extends Box {
  readonly layer: number;
  /** Slots of the layer before and after that it is connected with. */
  readonly before: number[];
  readonly after: number[];
  readonly isBox: boolean;
}

/** A link as a chain of slots, from an earlier layer to a later one. */
export interface Chain {
  readonly slots: readonly number[];
  /** Whether the link leads against the direction. */
  readonly reversed: boolean;
}

/** Space between two boxes of a layer. */
const GAP_ACROSS = 36;
/** Space between a passing link and what stands beside it. */
const GAP_PASSAGE = 16;
/** Space between two layers: the wider the links between them swing, the more of it, so that none gets flat. */
const GAP_ALONG = { least: 44, most: 116, base: 48, slope: 0.16 };
/** Room that a passing link takes. */
const PASSAGE = 14;

/**
 * Places boxes in layers, so that links lead from layer to layer with few crossings and as straight as may be:
 * rank, order, place, route. The first box is the beginning; every other can be reached from it. Links between the
 * same two boxes, and links of a box to itself, are the caller's to draw.
 */
export function layOut(boxes: readonly Box[], links: readonly Link[]): Layout {
  const { ranks, reversed } = rankNodes(boxes.length, links);
  const slots: Slot[] = boxes.map((box, index) => ({
    ...box,
    layer: ranks[index] ?? 0,
    before: [],
    after: [],
    isBox: true,
  }));
  const chains = links.map((link, index) => addChain(slots, link, reversed[index] === true));
  const layers = orderLayers(slots);
  const across = placeLayers(slots, layers, (a, b) =>
    a.isBox && b.isBox ? GAP_ACROSS : GAP_PASSAGE,
  );
  const ports = findPorts({ slots, starts: across }, chains);
  const gaps = gapsAfter(slots, chains, ports);
  const depths = layers.map((layer) => Math.max(...layer.map((slot) => slots[slot]?.depth ?? 0)));
  const starts: number[] = [];
  let depth = 0;
  for (const [layer, own] of depths.entries()) {
    starts.push(depth);
    depth += own + (layer < depths.length - 1 ? (gaps[layer] ?? GAP_ALONG.least) : 0);
  }
  return {
    breadth: Math.max(...slots.map((slot, index) => (across[index] ?? 0) + slot.breadth)),
    depth,
    boxes: boxes.map((_box, index) => ({
      across: across[index] ?? 0,
      along: starts[slots[index]?.layer ?? 0] ?? 0,
    })),
    links: routeLinks({ slots }, chains, { ports, along: { starts, depths } }),
  };
}

/** Room after each layer, for the link that swings most. */
function gapsAfter(
  slots: readonly Slot[],
  chains: readonly Chain[],
  ports: readonly (readonly number[])[],
): number[] {
  const gaps: number[] = [];
  for (const [index, chain] of chains.entries()) {
    const line = ports[index] ?? [];
    for (const [position, slot] of chain.slots.slice(0, -1).entries()) {
      const layer = slots[slot]?.layer ?? 0;
      const swing = Math.abs((line[position + 1] ?? 0) - (line[position] ?? 0));
      const { least, most, base, slope } = GAP_ALONG;
      const wanted = swing < 1 ? least : Math.min(most, base + slope * swing);
      gaps[layer] = Math.max(gaps[layer] ?? 0, wanted);
    }
  }
  return gaps;
}

function addChain(slots: Slot[], { from, to }: Link, reversed: boolean): Chain {
  const [first, last] = reversed ? [to, from] : [from, to];
  const chain = [first];
  for (let layer = (slots[first]?.layer ?? 0) + 1; layer < (slots[last]?.layer ?? 0); layer++) {
    chain.push(slots.length);
    slots.push({ breadth: PASSAGE, depth: 0, layer, before: [], after: [], isBox: false });
  }
  chain.push(last);
  for (const [index, slot] of chain.entries()) {
    const next = chain[index + 1];
    if (next === undefined) break;
    slots[slot]?.after.push(next);
    slots[next]?.before.push(slot);
  }
  return { slots: chain, reversed };
}
