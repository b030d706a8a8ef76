import { createDriver } from '../lib/drive.mjs';
import { cpuTime, median } from '../lib/measure.mjs';

/** As many as where the goals come from: memory grows with them until the old part of the heap is collected. */
const WAVES = 3;

/** `runs` runs at once, one tool turn each, with a model that answers after 20 ms; the wave in the middle. */
export async function concurrency(peer, { runs = 1000, streamed = false }) {
  const driver = await createDriver(peer, { latencyMs: 20, streamed });
  await driver.holdAtOnce(100);
  await driver.holdAtOnce(runs);
  const walls = [];
  const cpuBefore = cpuTime();
  for (let i = 0; i < WAVES; i++) {
    const before = performance.now();
    await driver.holdAtOnce(runs);
    walls.push(performance.now() - before);
  }
  const cpu = cpuTime() - cpuBefore;
  return {
    runsPerSecond: (runs / median(walls)) * 1000,
    cpuPerRun: cpu / (walls.length * runs),
    peakMemory: process.resourceUsage().maxRSS * 1024,
  };
}
