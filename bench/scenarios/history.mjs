import { earlierItems } from '../lib/conversation.mjs';
import { createDriver, warmUp } from '../lib/drive.mjs';
import { repeat } from '../lib/measure.mjs';

/** A run of `turns` tool turns that starts from `items` earlier ones. */
export async function history(peer, { items = 5000, turns = 10 }) {
  await warmUp(peer, { budgetMs: 500 });
  const driver = await createDriver(peer, { turns });
  const question = { kind: 'user', text: 'And what about the last one?' };
  const makeInput = (count) => driver.instance.toInput([...earlierItems(count), question]);
  const short = makeInput(200);
  for (let i = 0; i < 5; i++) await driver.once(short);
  const long = makeInput(items);
  await driver.once(long);
  return repeat(() => driver.once(long), { max: 200 });
}
