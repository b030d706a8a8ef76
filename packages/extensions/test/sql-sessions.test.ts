import { type AgentInputItem, MemorySession, type Session, user, UserError } from '@baton/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../src/internal/sql-session/migrate.js';
import { whyNoPostgres } from './support/start-postgres.js';
import {
  postgresStore,
  type SqlSessionUnderTest,
  type SqlStore,
  sqliteStore,
} from './support/sql-stores.js';

const noPostgres = await whyNoPostgres();
const stores = [
  { name: 'a session in SQLite', start: sqliteStore, skip: false },
  {
    name: `a session in PostgreSQL${noPostgres === undefined ? '' : ` (not here: ${noPostgres})`}`,
    start: postgresStore,
    skip: noPostgres !== undefined,
  },
];

for (const { name, start, skip } of stores) {
  describe.skipIf(skip)(name, () => {
    let store: SqlStore;
    beforeAll(async () => {
      store = await start();
    });
    afterAll(() => store?.stop());

    describe('what is given', () => {
      it('a limit gives no output without its call [SES-08]', async () => {
        const session = await begun([user('Hi'), call('a'), call('b'), output('a'), output('b')]);
        expect(await session.getItems(3)).toEqual([call('b'), output('b')]);
        expect(await session.getItems(2)).toEqual([]);
        expect(await session.getItems(4)).toHaveLength(4);
      });

      it('a limit gives nothing without the reasoning that led to it [SES-08]', async () => {
        const session = await begun([user('Hi'), thought, call('a'), output('a'), user('More')]);
        expect(await session.getItems(3)).toEqual([user('More')]);
        expect(await session.getItems(4)).toEqual([thought, call('a'), output('a'), user('More')]);
      });

      it('without a limit items come as they are, also halves [SES-08]', async () => {
        const session = await begun([output('a'), user('Hi'), call('b')]);
        expect(await session.getItems()).toEqual([output('a'), user('Hi'), call('b')]);
      });

      it('a limit counts items that can be read [SES-10]', async () => {
        const session = await begun([user('1'), user('2'), user('3')]);
        await spoil(session, '2');
        await damage(session, '{"half": ');
        expect(await session.getItems(2)).toEqual([user('1'), user('3')]);
        expect(await session.getItems(1)).toEqual([user('3')]);
        expect(await session.getItems()).toEqual([user('1'), user('3')]);
      });

      it('what cannot be read takes its other half with it [SES-10]', async () => {
        const session = await begun([user('Hi'), thought, call('a'), output('a'), user('More')]);
        await spoil(session, 'out of a');
        expect(await session.getItems()).toEqual([user('Hi'), user('More')]);
      });

      it('what cannot be read is told of and stays stored', async () => {
        const told: unknown[] = [];
        const session = await begun([user('1'), user('2')], {
          onUnreadableItem: (item) => told.push(item),
        });
        await spoil(session, '2');
        expect(await session.getItems()).toEqual([user('1')]);
        expect(told).toEqual([
          { sessionId: session.sessionId, rowId: expect.stringMatching(/^\d+$/) },
        ]);
        expect(await rowsOf(session)).toHaveLength(2);
      });

      it('popItem takes the newest item that can be read [SES-11, JS-75]', async () => {
        const session = await begun([user('1'), user('2'), user('3'), user('4')]);
        for (const text of ['3', '4']) await spoil(session, text);
        expect(await session.popItem()).toEqual(user('2'));
        expect(await session.popItem()).toEqual(user('1'));
        expect(await session.popItem()).toBeUndefined();
        expect(await rowsOf(session)).toHaveLength(2);
      });

      it('a limit of 0 gives nothing and asks nobody [SES-12]', async () => {
        const asked: string[] = [];
        const session = store.watched({}, (sql) => void asked.push(sql));
        expect(await session.getItems(0)).toEqual([]);
        expect(asked).toEqual([]);
      });

      it('the limit of the constructor holds where none is given, and only there [SES-13]', async () => {
        const session = await begun([user('1'), user('2'), user('3')], { limit: 2 });
        expect(await session.getItems()).toEqual([user('2'), user('3')]);
        expect(await session.getItems(1)).toEqual([user('3')]);
        expect(await session.getItems(Number.MAX_SAFE_INTEGER)).toHaveLength(3);
      });

      it('thousands of items are read page by page, and one page where one is enough', async () => {
        const items = Array.from({ length: 1234 }, (_, index) => user(`${index}`));
        const asked: string[] = [];
        const session = store.watched({}, (sql) => void asked.push(sql));
        await session.addItems(items);
        asked.length = 0;
        expect(await session.getItems()).toEqual(items);
        expect(asked).toHaveLength(3);
        expect(await session.getItems(600)).toEqual(items.slice(-600));
        expect(asked).toHaveLength(5);
        expect(await session.getItems(20)).toEqual(items.slice(-20));
        expect(asked).toHaveLength(6);
      });

      it('pages are of one moment, also where everything is replaced between them', async () => {
        const items = Array.from({ length: 700 }, (_, index) => user(`old ${index}`));
        const others = Array.from({ length: 900 }, (_, index) => user(`new ${index}`));
        let pages = 0;
        let isReplaced = false;
        const replace = async (): Promise<void> => {
          if (pages !== 1 || isReplaced) return;
          isReplaced = true;
          await other.clearSession();
          await other.addItems(others);
        };
        const session = store.watched({}, (sql) => void (pages += Number(isPage(sql))), replace);
        const other = store.session({ sessionId: session.sessionId });
        await session.addItems(items);
        expect(await session.getItems()).toEqual(others);
        expect(isReplaced).toBe(true);
      });
    });

    describe('what is stored', () => {
      it('a failed addItems stores nothing, and can be tried again [SES-14]', async () => {
        const tablePrefix = 'refusing_';
        const session = await begun([user('1')], { tablePrefix });
        await store.refuse('bad', tablePrefix);
        await expect(session.addItems([user('2'), user('bad'), user('3')])).rejects.toThrow(
          'refused',
        );
        expect(await session.getItems()).toEqual([user('1')]);
        await store.allow(tablePrefix);
        await session.addItems([user('2'), user('bad'), user('3')]);
        expect(await session.getItems()).toEqual(['1', '2', 'bad', '3'].map((text) => user(text)));
      });

      it('sessions that start at once make the tables once [SES-15]', async () => {
        const tablePrefix = 'together_';
        const sessions = Array.from({ length: 8 }, () =>
          store.session({ tablePrefix, sessionId: 'one' }),
        );
        await Promise.all(sessions.map((session, index) => session.addItems([user(`${index}`)])));
        expect(await sessions[0]?.getItems()).toHaveLength(8);
        expect(await store.sql(`SELECT version FROM ${tablePrefix}schema`)).toEqual([
          { version: 1 },
        ]);
      });

      it('items of one time come in the order in which they were added [SES-17]', async () => {
        const items = Array.from({ length: 30 }, (_, index) => user(`${index}`));
        const session = await begun(items.slice(0, 10), { tablePrefix: 'same_time_' });
        for (let from = 10; from < 30; from += 4)
          await session.addItems(items.slice(from, from + 4));
        await store.sql(`UPDATE same_time_items SET created_at = '2026-01-01T00:00:00Z'`);
        expect(await session.getItems()).toEqual(items);
        expect(await session.getItems(7)).toEqual(items.slice(-7));
      });

      it('the time at which an item was added stays as it is [SES-18]', async () => {
        const session = await begun([user('1'), user('2')]);
        const [first] = await rowsOf(session);
        await session.addItems([user('3')]);
        await session.popItem();
        await session.popItem();
        await session.addItems([user('4')]);
        const [again, ...rest] = await rowsOf(session);
        expect(again).toEqual(first);
        expect(rest).toHaveLength(1);
        expect(String(again?.['created_at'])).toMatch(/20\d\d/);
      });

      it('an item is popped once, and none is lost, while others add [SES-14]', async () => {
        const session = await begun(Array.from({ length: 10 }, (_, index) => user(`old ${index}`)));
        const { sessionId } = session;
        const popped: (AgentInputItem | undefined)[] = [];
        await Promise.all([
          ...[1, 2, 3].map(async () => {
            const popper = store.session({ sessionId });
            for (let count = 0; count < 5; count++) popped.push(await popper.popItem());
          }),
          ...[1, 2, 3].map(async (writer) => {
            const adder = store.session({ sessionId });
            for (let count = 0; count < 5; count++)
              await adder.addItems([user(`${writer}/${count}`)]);
          }),
        ]);
        const texts = [...popped, ...(await session.getItems())].map((item) =>
          JSON.stringify(item),
        );
        expect(new Set(texts).size).toBe(25);
        expect(texts).toHaveLength(25);
      });

      it('popItem takes what is newest when it is taken, not when it was looked at', async () => {
        let hasLooked = false;
        let isAdded = false;
        const session = store.watched(
          {},
          (sql) => void (hasLooked ||= isPage(sql)),
          async () => {
            if (!hasLooked || isAdded) return;
            isAdded = true;
            await other.addItems([user('2')]);
          },
        );
        const other = store.session({ sessionId: session.sessionId });
        await other.addItems([user('1')]);
        expect(await session.popItem()).toEqual(user('2'));
        expect(isAdded).toBe(true);
        expect(await other.getItems()).toEqual([user('1')]);
      });

      it('whatever is done to it, it is what a session in memory is', async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(action, { maxLength: 20 }), async (actions) => {
            const [session, model] = [store.watched({}, () => undefined), new MemorySession()];
            for (const act of actions) expect(await act(session)).toEqual(await act(model));
            expect(await session.getItems()).toEqual(await model.getItems());
            await session.close();
          }),
          { numRuns: 25 },
        );
      });

      it('adding nothing writes nothing', async () => {
        const asked: string[] = [];
        await store.watched({}, (sql) => void asked.push(sql)).addItems([]);
        expect(asked).toEqual([]);
      });

      it('clearSession also removes what cannot be read, and nothing of others', async () => {
        const [session, other] = [await begun([user('1'), user('2')]), await begun([user('3')])];
        await spoil(session, '1');
        await session.clearSession();
        expect(await rowsOf(session)).toEqual([]);
        expect(await other.getItems()).toEqual([user('3')]);
      });
    });

    describe('what is refused', () => {
      it('a closed session refuses everything, and the database stays open [SES-16]', async () => {
        const session = await begun([user('1')]);
        await session.close();
        await session.close();
        for (const use of [
          () => session.getItems(),
          () => session.getItems(0),
          () => session.addItems([]),
          () => session.popItem(),
          () => session.clearSession(),
          () => session.getSessionId(),
        ]) {
          await expect(use()).rejects.toThrow(/is closed\. Make a new one/);
        }
        const again = store.session({ sessionId: session.sessionId });
        expect(await again.getItems()).toEqual([user('1')]);
      });

      it('close waits for what was begun [SES-16]', async () => {
        const session = store.session();
        const adding = session.addItems([user('1')]);
        await session.close();
        expect(await rowsOf(session)).toHaveLength(1);
        await adding;
      });

      it('tables of a later version are refused and left alone', async () => {
        const tablePrefix = 'later_';
        const session = await begun([user('1')], { tablePrefix });
        await store.sql(`INSERT INTO later_schema (version, applied_at) VALUES (2, '2030-01-01')`);
        const older = store.session({ tablePrefix, sessionId: session.sessionId });
        await expect(older.addItems([user('2')])).rejects.toThrow(
          /are of version 2 \(table later_schema\); this @baton\/extensions knows version 1/,
        );
        expect(await session.getItems()).toEqual([user('1')]);
      });

      it('an upgrade that fails half way changes nothing, and the next start tries again', async () => {
        const dialect = (second: string[]): Parameters<typeof migrate>[1] => ({
          findTable: isSQLite
            ? `SELECT name FROM sqlite_master WHERE name = $1`
            : `SELECT CAST(to_regclass($1) AS TEXT) AS name`,
          revision: '',
          append: '',
          remove: '',
          clear: '',
          migrations: [['CREATE TABLE up_items (item TEXT)'], second],
        });
        const isSQLite = name.includes('SQLite');
        await migrate(
          store.database,
          { ...dialect([]), migrations: dialect([]).migrations.slice(0, 1) },
          'up_',
        );
        const add = 'ALTER TABLE up_items ADD COLUMN note TEXT';
        await expect(
          migrate(store.database, dialect([add, 'INSERT INTO nowhere VALUES (1)']), 'up_'),
        ).rejects.toThrow(/nowhere/);
        await expect(store.sql('SELECT note FROM up_items')).rejects.toThrow(/note/);
        const fine = dialect([add, `INSERT INTO up_items (item, note) VALUES ('a', 'b')`]);
        await Promise.all([1, 2, 3].map(() => migrate(store.database, fine, 'up_')));
        expect(await store.sql('SELECT item, note FROM up_items')).toEqual([
          { item: 'a', note: 'b' },
        ]);
      });

      it('what is no item is refused, with its place, and nothing is stored', async () => {
        const session = await begun([]);
        const add = (...items: unknown[]): Promise<void> =>
          session.addItems(items as AgentInputItem[]); // what plain JavaScript does
        await expect(add(user('1'), undefined)).rejects.toThrow(
          /Item 1 of addItems\(\) is undefined/,
        );
        await expect(add('Hello')).rejects.toThrow(/Item 0 of addItems\(\) is "Hello"/);
        await expect(add({ text: 'Hello' })).rejects.toThrow(/Item 0 of addItems\(\) is an object/);
        await expect(add({ role: 'user', content: 1n })).rejects.toThrow(
          /cannot be stored as JSON.*BigInt/,
        );
        for (const json of [undefined, 'text', null]) {
          await expect(add({ role: 'user', content: 'x', toJSON: () => json })).rejects.toThrow(
            /Item 0 .* cannot be stored as JSON \(its toJSON\(\) gives no object\)/,
          );
        }
        await expect(session.addItems('Hello' as unknown as [])).rejects.toThrow(
          /was given "Hello"/,
        ); // as above
        expect(await session.getItems()).toEqual([]);
      });

      it.each([1.5, Number.NaN, '3'])('a limit of %s is refused', async (limit) => {
        const session = await begun([user('1')]);
        await expect(session.getItems(limit as number)).rejects.toThrow(UserError); // what plain JavaScript does
        expect(() => store.session({ limit: limit as number })).toThrow(UserError); // as above
      });

      it.each(['', 'a\0b', 'half \uD83D', 7])('the session id %j is refused', (sessionId) => {
        expect(() => store.session({ sessionId: sessionId as string })).toThrow(
          /The session id is/,
        ); // as above
      });

      it.each(['a; DROP TABLE x', 'Upper', '1st', ''])(
        'the table prefix %j is refused',
        (tablePrefix) => {
          expect(() => store.session({ tablePrefix })).toThrow(/`tablePrefix` is/);
        },
      );
    });

    async function begun(
      items: AgentInputItem[],
      options: Parameters<SqlStore['session']>[0] = {},
    ): Promise<SqlSessionUnderTest> {
      const session = store.session({ onUnreadableItem: () => undefined, ...options });
      await session.addItems(items);
      return session;
    }

    function rowsOf(session: SqlSessionUnderTest): Promise<readonly Record<string, unknown>[]> {
      return store.sql(
        `SELECT * FROM baton_items WHERE session_id = '${session.sessionId}' ORDER BY id`,
      );
    }

    /** Cuts the stored text of the item with this text in half. */
    async function spoil(session: SqlSessionUnderTest, text: string): Promise<void> {
      await store.sql(
        `UPDATE baton_items SET item = substr(item, 1, 9) WHERE session_id = '${session.sessionId}' AND item LIKE '%"${text}"%'`,
      );
    }

    /** Writes a row by hand. */
    async function damage(session: SqlSessionUnderTest, item: string): Promise<void> {
      await store.sql(
        `INSERT INTO baton_items (session_id, item) VALUES ('${session.sessionId}', '${item}')`,
      );
    }
  });
}

/** Something to do with a session, and what comes of it. */
const action: fc.Arbitrary<(session: Session) => Promise<unknown>> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.string({ unit: 'binary' })).map((texts) => {
      return (session: Session) => session.addItems(texts.map((text) => user(text)));
    }),
  },
  { weight: 2, arbitrary: fc.nat(8).map((limit) => (session: Session) => session.getItems(limit)) },
  { weight: 2, arbitrary: fc.constant((session: Session) => session.popItem()) },
  { weight: 1, arbitrary: fc.constant((session: Session) => session.clearSession()) },
);

function isPage(sql: string): boolean {
  return sql.includes('LIMIT');
}

const thought: AgentInputItem = { type: 'reasoning', id: 'rs_1', content: [] };

function call(callId: string): AgentInputItem {
  return { type: 'function_call', callId, name: 'look_up', arguments: '{}' };
}

function output(callId: string): AgentInputItem {
  return { type: 'function_call_result', callId, name: 'look_up', output: `out of ${callId}` };
}
