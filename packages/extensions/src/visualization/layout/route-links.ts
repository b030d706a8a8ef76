import type { Chain, Point, Slot } from './layout.js';

/** Space between two links at the edge of a box. */
const PORT_GAP = 22;
/** Two ends that are nearly opposite are made so. */
const SNAP = 26;

/** Where things are across: known before the gaps between the layers are. */
export interface Across {
  readonly slots: readonly Slot[];
  /** Where each slot begins. */
  readonly starts: readonly number[];
}

/** Where the layers are along. */
export interface Along {
  /** Where each layer begins. */
  readonly starts: readonly number[];
  readonly depths: readonly number[];
}

/** Where each link passes the slots of its chain: as it leaves or reaches the boxes, and straight through the rest. */
export function findPorts(across: Across, chains: readonly Chain[]): number[][] {
  const { slots } = across;
  const center = (slot: number): number =>
    (across.starts[slot] ?? 0) + (slots[slot]?.breadth ?? 0) / 2;
  const ports = chains.map(({ slots: chain }) => chain.map(center));
  const shares = new Map<string, End[]>();
  for (const [chain, { slots: passed }] of chains.entries()) {
    const last = passed.length - 1;
    addTo(shares, `${passed[0]} after`, { chain, position: 0, leadsTo: center(passed[1] ?? 0) });
    addTo(shares, `${passed[last]} before`, {
      chain,
      position: last,
      leadsTo: center(passed[last - 1] ?? 0),
    });
  }
  for (const ends of shares.values()) {
    ends.sort((a, b) => a.leadsTo - b.leadsTo || a.chain - b.chain);
    for (const [index, { chain, position }] of ends.entries()) {
      const slot = chains[chain]?.slots[position] ?? 0;
      const room = (slots[slot]?.breadth ?? 0) - PORT_GAP;
      const gap = Math.min(PORT_GAP, room / Math.max(1, ends.length - 1));
      setPort(ports, { chain, position }, center(slot) + (index - (ends.length - 1) / 2) * gap);
    }
  }
  for (const ends of shares.values()) {
    const [end, ...others] = ends;
    if (end !== undefined && others.length === 0) straighten(ports, end);
  }
  return ports;
}

/** The way of each link: a pair of points for each slot it passes. */
export function routeLinks(
  { slots }: Pick<Across, 'slots'>,
  chains: readonly Chain[],
  { ports, along }: { readonly ports: readonly (readonly number[])[]; readonly along: Along },
): Point[][] {
  return chains.map((chain, index) => {
    const points = chain.slots.flatMap((slot, position): Point[] => {
      const { layer = 0, depth = 0 } = slots[slot] ?? {};
      const start = along.starts[layer] ?? 0;
      const end = start + (along.depths[layer] ?? 0);
      const at = (place: number): Point => ({
        across: ports[index]?.[position] ?? 0,
        along: place,
      });
      if (position === 0) return [at(start + depth), at(end)];
      return position < chain.slots.length - 1 ? [at(start), at(end)] : [at(start), at(start)];
    });
    return chain.reversed ? points.toReversed() : points;
  });
}

interface End {
  readonly chain: number;
  readonly position: number;
  /** Where across the link leads from here. */
  readonly leadsTo: number;
}

function addTo(shares: Map<string, End[]>, side: string, end: End): void {
  const ends = shares.get(side);
  if (ends === undefined) shares.set(side, [end]);
  else ends.push(end);
}

/** The only link on a side of its box may move to where it comes from, if that is not far. */
function straighten(ports: number[][], { chain, position }: End): void {
  const own = ports[chain]?.[position] ?? 0;
  const other = ports[chain]?.[position === 0 ? 1 : position - 1] ?? own;
  if (Math.abs(own - other) <= SNAP) setPort(ports, { chain, position }, other);
}

function setPort(
  ports: number[][],
  { chain, position }: Omit<End, 'leadsTo'>,
  place: number,
): void {
  const line = ports[chain];
  if (line !== undefined) line[position] = place;
}
