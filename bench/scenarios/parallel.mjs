import { createDriver, warmUp } from '../lib/drive.mjs';
import { repeat } from '../lib/measure.mjs';

/** `calls` tool calls in one turn. */
export async function parallel(peer, { calls = 100 }) {
  await warmUp(peer, { budgetMs: 300 });
  const driver = await createDriver(peer, { parallel: calls });
  for (let i = 0; i < 3; i++) await driver.once();
  return repeat(() => driver.once());
}
