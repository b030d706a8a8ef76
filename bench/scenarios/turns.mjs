import { createDriver, warmUp } from '../lib/drive.mjs';
import { repeat } from '../lib/measure.mjs';

/** One run of `turns` tool turns and an answer, after `warmMs` in which the compiler sees the code. */
export async function turns(peer, { turns: count, streamed = false, warmMs = 700 }) {
  await warmUp(peer, { streamed, budgetMs: warmMs });
  const driver = await createDriver(peer, { turns: count, streamed });
  if (count <= 100) await driver.once();
  const cost = await repeat(() => driver.once(), { min: count >= 500 ? 1 : 3 });
  return { ...cost, cpuPerTurn: cost.cpu / (count + 1) };
}
