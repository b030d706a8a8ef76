import type { AgentInputItem } from '../../item/index.js';
import { expectThat } from '../contract/expect-same.js';
import { everyKindOfItem } from './every-kind-of-item.js';
import { anItem, type SessionLaw, someItems } from './session-lab.js';

/** An item comes back as it was, and stays as it was. */
export const itemLaws: readonly SessionLaw[] = [
  {
    name: 'items of every kind come back as they were, with their providerData',
    check: async (lab) => {
      const session = await lab.create(everyKindOfItem);
      await lab.expectItems(await lab.reopen(session), everyKindOfItem);
    },
  },
  {
    name: 'any text comes back as it was',
    check: async (lab) => {
      const texts = [
        '',
        ' ',
        'Grüße, 東京! 👩‍👩‍👧 e\u0301 \u{1F1F8}\u{1F1F0} ‏שלום',
        `"double" 'single' \`back\` \\ / % _ ? $1 :name {0}`,
        `'); DROP TABLE items; --`,
        'one\ntwo\r\nthree\tfour',
        'null',
        '{"type":"message"}',
      ];
      const items = texts.map(anItem);
      await lab.expectItems(await lab.create(items), items);
    },
  },
  {
    name: 'a NUL and half a character come back as they were',
    check: async (lab) => {
      const items = [anItem('a\u0000b'), anItem('half \uD83D of it'), anItem('other \uDE00 half')];
      await lab.expectItems(await lab.create(items), items);
    },
  },
  {
    name: 'a big item comes back as it was',
    check: async (lab) => {
      const items = [anItem('0123456789abcdef'.repeat(65_536)), anItem('small')];
      await lab.expectItems(await lab.create(items), items);
    },
  },
  {
    name: 'a thousand items are added at once',
    check: async (lab) => {
      const items = someItems(1000);
      const session = await lab.create(items);
      await lab.expectItems(session, items);
      lab.expectSameItems(await session.getItems(10), items.slice(-10), 'getItems(10)');
    },
  },
  {
    name: 'the list that was passed can change afterwards',
    check: async (lab) => {
      const items = someItems(2);
      const session = await lab.create();
      const adding = session.addItems(items);
      items.push(anItem('not added'));
      await adding;
      items.length = 0;
      await lab.expectItems(session, someItems(2));
    },
  },
  {
    name: 'an item that was passed can change afterwards',
    check: async (lab) => {
      const item = aCallWithData();
      const session = await lab.create([item]);
      spoil(item);
      await lab.expectItems(session, [aCallWithData()]);
    },
  },
  {
    name: 'what was returned can change without changing the session',
    check: async (lab) => {
      const session = await lab.create([aCallWithData()]);
      const items = await session.getItems();
      for (const item of items) spoil(item);
      items.push(anItem('not added'));
      await lab.expectItems(session, [aCallWithData()]);
    },
  },
  {
    name: 'a failed addItems adds nothing, and can be tried again',
    check: async (lab) => {
      const before = someItems(2, 'before');
      const session = await lab.create(before);
      const add = async (): Promise<unknown> =>
        session.addItems([anItem('good'), anItem('good too'), unreadableItem()]);
      const failed = await add().then(
        () => false,
        () => true,
      );
      expectThat(failed, 'that addItems rejects for an item that cannot be read', 'no error');
      await lab.expectItems(session, before);
      await session.addItems([anItem('good')]);
      await lab.expectItems(session, [...before, anItem('good')]);
    },
  },
];

function aCallWithData(): AgentInputItem {
  return {
    type: 'function_call',
    callId: 'call_1',
    name: 'look_up',
    arguments: '{}',
    providerData: { provider: 'acme', list: [{ deep: true }] },
  };
}

/** What plain JavaScript does although the types forbid it. */
function spoil(item: AgentInputItem): void {
  const { providerData } = item;
  Object.assign(item, { name: 'changed' });
  const list = providerData?.['list'];
  if (Array.isArray(list)) list.push('changed');
}

/** No store can read this to its end. */
function unreadableItem(): AgentInputItem {
  return {
    type: 'message',
    role: 'user',
    get content(): string {
      throw new Error('This item cannot be read.');
    },
  };
}
