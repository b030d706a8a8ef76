import type { AgentInputItem } from '../../item/index.js';
import { expectSame, expectThat } from '../contract/expect-same.js';
import { anItem, type SessionLaw, someItems } from './session-lab.js';

/** A session is a list: it grows at its end and is read from there. */
export const listLaws: readonly SessionLaw[] = [
  {
    name: 'a new session is empty',
    check: async (lab) => {
      const session = await lab.create();
      await lab.expectItems(session, []);
      expectSame(await session.popItem(), undefined, 'popItem() of an empty session');
    },
  },
  {
    name: 'a session has one id, which is its own',
    check: async (lab) => {
      const session = await lab.create();
      const id = await session.getSessionId();
      expectThat(typeof id === 'string' && id !== '', 'an id', id);
      await session.addItems(someItems(1));
      await session.clearSession();
      expectSame(await session.getSessionId(), id, 'The id after the session was used');
      const other = await lab.create();
      expectThat((await other.getSessionId()) !== id, 'another id for another session', id);
    },
  },
  {
    name: 'items come back in the order they were added in',
    check: async (lab) => {
      const items = someItems(12);
      const session = await lab.create(items.slice(0, 5));
      await session.addItems(items.slice(5, 6));
      await session.addItems(items.slice(6));
      await lab.expectItems(session, items);
      await lab.expectItems(session, items);
    },
  },
  {
    name: 'a limit gives the newest items, oldest of them first',
    check: async (lab) => {
      const items = someItems(5);
      const session = await lab.create(items);
      for (const limit of [1, 2, 5]) {
        const came = await session.getItems(limit);
        lab.expectSameItems(came, items.slice(-limit), `getItems(${limit})`);
      }
    },
  },
  {
    name: 'a limit of 0 gives no items',
    check: async (lab) => {
      const session = await lab.create(someItems(3));
      lab.expectSameItems(await session.getItems(0), [], 'getItems(0)');
    },
  },
  {
    name: 'a limit above the size gives all items',
    check: async (lab) => {
      const items = someItems(3);
      const session = await lab.create(items);
      lab.expectSameItems(await session.getItems(100), items, 'getItems(100)');
      const empty = await lab.create();
      lab.expectSameItems(await empty.getItems(100), [], 'getItems(100) of an empty session');
    },
  },
  {
    name: 'adding no items changes nothing',
    check: async (lab) => {
      const empty = await lab.create();
      await empty.addItems([]);
      await lab.expectItems(empty, []);
      const items = someItems(2);
      const session = await lab.create(items);
      await session.addItems([]);
      await lab.expectItems(session, items);
    },
  },
  {
    name: 'equal items are kept apart',
    check: async (lab) => {
      const twice = [anItem('Yes.'), anItem('Yes.')];
      const session = await lab.create(twice);
      await session.addItems([anItem('Yes.')]);
      await lab.expectItems(session, [...twice, anItem('Yes.')]);
      await session.popItem();
      await lab.expectItems(session, twice);
    },
  },
  {
    name: 'popItem takes the newest item away and returns it',
    check: async (lab) => {
      const items = someItems(3);
      const session = await lab.create(items);
      for (let left = 3; left > 0; left--) {
        const popped = await session.popItem();
        lab.expectSameItems(
          popped === undefined ? [] : [popped],
          items.slice(left - 1, left),
          'popItem()',
        );
        await lab.expectItems(session, items.slice(0, left - 1));
      }
      expectSame(await session.popItem(), undefined, 'popItem() of an emptied session');
    },
  },
  {
    name: 'what is added after popItem comes last',
    check: async (lab) => {
      const [first, second, third] = someItems(3);
      const session = await lab.create(definedOf([first, second]));
      await session.popItem();
      await session.addItems(definedOf([third]));
      await lab.expectItems(session, definedOf([first, third]));
    },
  },
  {
    name: 'clearSession removes everything, and the session goes on',
    check: async (lab) => {
      const session = await lab.create(someItems(3));
      await session.clearSession();
      await lab.expectItems(session, []);
      await session.clearSession();
      await session.addItems(someItems(2, 'later'));
      await lab.expectItems(session, someItems(2, 'later'));
    },
  },
  {
    name: 'two sessions do not mix',
    check: async (lab) => {
      const [one, other] = [await lab.create(), await lab.create()];
      await Promise.all([one.addItems(someItems(3, 'one')), other.addItems(someItems(3, 'other'))]);
      await lab.expectItems(one, someItems(3, 'one'));
      await one.clearSession();
      await lab.expectItems(other, someItems(3, 'other'));
    },
  },
  {
    name: 'the conversation is there when it is opened again',
    check: async (lab) => {
      const items = someItems(3);
      const session = await lab.create(items);
      const again = await lab.reopen(session);
      expectSame(await again.getSessionId(), await session.getSessionId(), 'The id');
      await lab.expectItems(again, items);
      await again.addItems(someItems(1, 'more'));
      await lab.expectItems(session, [...items, ...someItems(1, 'more')]);
    },
  },
];

function definedOf(items: readonly (AgentInputItem | undefined)[]): AgentInputItem[] {
  return items.filter((item) => item !== undefined);
}
