import { createDriver } from '../lib/drive.mjs';
import { collectGarbage } from '../lib/measure.mjs';

/** The heap after each tenth of `runs` runs, one after the other. */
export async function leak(peer, { runs = 20_000, streamed = false }) {
  const driver = await createDriver(peer, { streamed });
  const step = runs / 10;
  const heap = [];
  for (let i = 1; i <= runs; i++) {
    await driver.once();
    if (i % step !== 0) continue;
    // Let timers and finalizers of the last run go first.
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    collectGarbage();
    heap.push(process.memoryUsage().heapUsed);
  }
  // The first tenth also fills caches and compiles.
  const [, start] = heap;
  const end = heap.at(-1);
  return { start, end, bytesPerRun: (end - start) / (runs - 2 * step) };
}
