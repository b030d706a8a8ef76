import { createDriver, warmUp } from '../lib/drive.mjs';
import { allocatedBy } from '../lib/measure.mjs';

/** What one turn of a run of `turns` allocates. */
export async function allocation(peer, { turns = 500, streamed = false }) {
  await warmUp(peer, { budgetMs: 300, streamed });
  const driver = await createDriver(peer, { turns, streamed });
  await driver.once();
  const bytes = await allocatedBy(() => driver.once());
  return { bytesPerTurn: bytes / (turns + 1) };
}
