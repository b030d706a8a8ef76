import { createDriver } from '../lib/drive.mjs';
import { collectGarbage, cpuTime, median } from '../lib/measure.mjs';

/** One streamed text of `deltas` pieces, as fast as they can be read. */
export async function deltas(peer, { deltas: count = 20_000 }) {
  const warm = await createDriver(peer, { turns: 0, deltas: 1000, streamed: true });
  for (let i = 0; i < 6; i++) await warm.once();
  const driver = await createDriver(peer, { turns: 0, deltas: count, streamed: true });
  await driver.once();
  collectGarbage();
  const walls = [];
  const cpuBefore = cpuTime();
  const start = performance.now();
  while (walls.length < 3 || (walls.length < 30 && performance.now() - start < 3000)) {
    const before = performance.now();
    await driver.once();
    walls.push(performance.now() - before);
  }
  const cpu = (cpuTime() - cpuBefore) / walls.length;
  return {
    perSecond: (count / median(walls)) * 1000,
    cpuNanosecondsPerDelta: (cpu / count) * 1e6,
  };
}
