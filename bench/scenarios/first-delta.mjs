import { createDriver } from '../lib/drive.mjs';
import { median } from '../lib/measure.mjs';

/** From the call of a streamed run to its first piece of text: the median of `runs` short runs, one after the other. */
export async function firstDelta(peer, { runs = 300 }) {
  const { instance } = await createDriver(peer, { turns: 0, deltas: 20, streamed: true });
  const waited = [];
  for (let i = 0; i < runs + 50; i++) {
    const start = performance.now();
    let first;
    await instance.stream('hello', () => (first ??= performance.now()));
    if (i >= 50) waited.push(first - start);
  }
  return { wall: median(waited) };
}
