// How times and memory are taken. Times are milliseconds, sizes bytes.

/** CPU time of the whole process so far: garbage collection and compilation included. */
export function cpuTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function median(values) {
  return percentile(values, 0.5);
}

export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Calls `once` until `budgetMs` are spent, at least `min` times, and gives the cost of one call. */
export async function repeat(once, { budgetMs = 1500, min = 3, max = 20_000 } = {}) {
  const walls = [];
  const cpuBefore = cpuTime();
  const start = performance.now();
  while (walls.length < max) {
    const before = performance.now();
    await once();
    const after = performance.now();
    walls.push(after - before);
    if (walls.length >= min && after - start > budgetMs) break;
  }
  const cpu = (cpuTime() - cpuBefore) / walls.length;
  return { count: walls.length, cpu, wall: median(walls), wallMin: Math.min(...walls) };
}

/** Collects garbage; needs `--expose-gc`. */
export function collectGarbage() {
  globalThis.gc();
  globalThis.gc();
}

/** What `work` allocates, collected or not, by sampling. */
export async function allocatedBy(work) {
  const { Session } = await import('node:inspector/promises');
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.enable');
  await session.post('HeapProfiler.startSampling', {
    samplingInterval: 16_384,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  await work();
  const { profile } = await session.post('HeapProfiler.stopSampling');
  session.disconnect();
  return sizeBelow(profile.head);
}

function sizeBelow(node) {
  let size = node.selfSize;
  for (const child of node.children) size += sizeBelow(child);
  return size;
}
