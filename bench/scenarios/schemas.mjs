import { createDriver, warmUp } from '../lib/drive.mjs';
import { cpuTime, repeat } from '../lib/measure.mjs';

const TURNS = 20;

/** A run of 20 turns with `tools` tools on offer, and what making them ready costs once. */
export async function schemas(peer, { tools = 200 }) {
  await warmUp(peer, { budgetMs: 500, turns: TURNS });
  const before = cpuTime();
  const driver = await createDriver(peer, { turns: TURNS, toolCount: tools });
  const setUp = cpuTime() - before;
  await driver.once();
  await driver.once();
  const cost = await repeat(() => driver.once(), { budgetMs: 2000 });
  return { ...cost, cpuPerTurn: cost.cpu / (TURNS + 1), setUp };
}
