import type { AgentInputItem } from '../../item/index.js';
import { expectSame, expectThat } from '../contract/expect-same.js';
import { type SessionLab, type SessionLaw, someItems } from './session-lab.js';

/** A session keeps its promises when several use it at once. */
export const concurrencyLaws: readonly SessionLaw[] = [
  {
    name: 'batches that are added at once are kept whole, and none is lost',
    check: async (lab) => {
      const session = await lab.create();
      const batches = BATCHES.map((word) => someItems(5, word));
      await Promise.all(batches.map((batch) => session.addItems(batch)));
      expectBatches(lab, await session.getItems(), BATCHES.length);
    },
  },
  {
    name: 'batches that two sessions add to one conversation are kept whole',
    check: async (lab) => {
      const session = await lab.create();
      const again = await lab.reopen(session);
      await Promise.all(
        BATCHES.map((word, index) => (index % 2 ? session : again).addItems(someItems(5, word))),
      );
      expectBatches(lab, await session.getItems(), BATCHES.length);
    },
  },
  {
    name: 'a reader sees a batch whole or not at all',
    check: async (lab) => {
      const session = await lab.create();
      const reads: Promise<AgentInputItem[]>[] = [];
      const adds = BATCHES.map((word) => {
        const adding = session.addItems(someItems(5, word));
        reads.push(session.getItems());
        return adding;
      });
      for (const items of await Promise.all(reads)) expectBatches(lab, items);
      await Promise.all(adds);
    },
  },
  {
    name: 'two that pop at once never get the same item',
    check: async (lab) => {
      const items = someItems(6);
      const session = await lab.create(items);
      const popped = await Promise.all([1, 2, 3, 4].map(() => session.popItem()));
      const texts = new Set(popped.map((item) => JSON.stringify(item)));
      expectThat(texts.size === 4, 'four different items', popped);
      await lab.expectItems(session, items.slice(0, 2));
    },
  },
];

const BATCHES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Fails where the items are not whole batches, each once. */
function expectBatches(lab: SessionLab, items: readonly AgentInputItem[], count?: number): void {
  const seen = new Set<string>();
  for (let from = 0; from < items.length; from += 5) {
    const came = items.slice(from, from + 5);
    const first = came[0];
    const text = first !== undefined && 'role' in first ? String(first.content) : '';
    const word = text.slice(0, 1);
    expectThat(!seen.has(word), 'every batch once', { batch: word });
    seen.add(word);
    lab.expectSameItems(came, someItems(5, word), `The batch at ${from}`);
  }
  if (count !== undefined) expectSame(seen.size, count, 'The number of batches');
}
