import { createDriver, warmUp } from '../lib/drive.mjs';
import { median } from '../lib/measure.mjs';

const WINDOW = 100;

/**
 * Whether a turn costs more the longer the run is: the time of the last 100 turns of a run of `turns`
 * against its first 100. Each is the smallest over some runs, as whatever disturbs only adds.
 */
export async function slope(peer, { turns = 1000, streamed = false, runs = 15 }) {
  await warmUp(peer, { streamed, turns: 100 });
  const driver = await createDriver(peer, { turns, streamed });
  const first = [];
  const last = [];
  const limit = performance.now() + 20_000;
  for (let i = 0; i < runs && (i < 2 || performance.now() < limit); i++) {
    const times = [];
    driver.counter.onCall = () => times.push(performance.now());
    await driver.once();
    first.push((times[WINDOW] - times[0]) / WINDOW);
    last.push((times.at(-1) - times.at(-1 - WINDOW)) / WINDOW);
  }
  const [start, end] = [Math.min(...first), Math.min(...last)];
  return { start, end, ratio: end / start, medianRatio: median(last) / median(first) };
}
