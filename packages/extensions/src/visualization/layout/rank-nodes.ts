import type { Link } from './layout.js';

/** The layer of each box, and which links lead against the direction. */
export interface Ranks {
  readonly ranks: readonly number[];
  readonly reversed: readonly boolean[];
}

/**
 * Gives each box a layer: every link leads to a later one, unless it leads back towards the beginning. Back means
 * to a box that is fewer steps away from it, or as many and listed earlier.
 */
export function rankNodes(count: number, links: readonly Link[]): Ranks {
  const steps = stepsFromFirst(count, links);
  const place = (node: number): number => (steps[node] ?? 0) * count + node;
  const reversed = links.map(({ from, to }) => place(to) < place(from));
  const forward = links.map(({ from, to }, index) =>
    reversed[index] === true ? { from: to, to: from } : { from, to },
  );
  const ranks = steps.map(() => 0);
  const inOrder = [...ranks.keys()].sort((a, b) => place(a) - place(b));
  for (const node of inOrder) {
    const before = forward.filter(({ to }) => to === node).map(({ from }) => ranks[from] ?? 0);
    ranks[node] = before.length === 0 ? 0 : Math.max(...before) + 1;
  }
  return { ranks, reversed };
}

function stepsFromFirst(count: number, links: readonly Link[]): number[] {
  const steps = Array.from({ length: count }, () => count);
  steps[0] = 0;
  const queue = [0];
  for (const node of queue) {
    for (const { from, to } of links) {
      if (from !== node || (steps[to] ?? 0) < count) continue;
      steps[to] = (steps[node] ?? 0) + 1;
      queue.push(to);
    }
  }
  return steps;
}
