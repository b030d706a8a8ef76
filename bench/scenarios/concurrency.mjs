import { createDriver } from '../lib/drive.mjs';
import { cpuTime } from '../lib/measure.mjs';

/** `runs` runs at once, one tool turn each, with a model that answers after 20 ms; the best of five waves. */
export async function concurrency(peer, { runs = 1000, streamed = false }) {
  const driver = await createDriver(peer, { latencyMs: 20, streamed });
  await driver.holdAtOnce(100);
  await driver.holdAtOnce(runs);
  const walls = [];
  const cpuBefore = cpuTime();
  for (let i = 0; i < 5; i++) {
    const before = performance.now();
    await driver.holdAtOnce(runs);
    walls.push(performance.now() - before);
  }
  const cpu = cpuTime() - cpuBefore;
  return {
    runsPerSecond: (runs / Math.min(...walls)) * 1000,
    cpuPerRun: cpu / (walls.length * runs),
    peakMemory: process.resourceUsage().maxRSS * 1024,
  };
}
