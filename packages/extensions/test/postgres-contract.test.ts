import { user } from '@baton/core';
import { testSession } from '@baton/core/testing';
import { type PostgresClient, PostgresSession } from '@baton/extensions/postgres-session';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { startPostgres, type TestPostgres, whyNoPostgres } from './support/start-postgres.js';

const why = await whyNoPostgres();
const place = why === undefined ? '' : ` (not here: ${why})`;

describe.skipIf(why !== undefined)(`a session in PostgreSQL${place}`, () => {
  let postgres: TestPostgres;
  let pool: pg.Pool;
  beforeAll(async () => {
    postgres = await startPostgres();
    pool = postgres.pool();
  });
  afterAll(() => postgres?.stop());

  const laws = testSession({
    create: () => new PostgresSession({ client: pool }),
    reopen: async (session) =>
      new PostgresSession({ client: pool, sessionId: await session.getSessionId() }),
    timeoutMs: 20_000,
  });
  for (const law of laws) it(law.name, law.run);

  it('with a client in a transaction, what a session writes is part of it', async () => {
    const client = new pg.Client(postgres.url);
    await client.connect();
    const session = new PostgresSession({ client, sessionId: 'transaction' });
    await session.addItems([user('kept')]);
    await client.query('BEGIN');
    await session.addItems([user('taken back')]);
    expect(await session.getItems()).toHaveLength(2);
    await client.query('ROLLBACK');
    expect(await session.getItems()).toEqual([user('kept')]);
    await client.end();
  });

  it('writers of one session wait for each other, not for those of others', async () => {
    const client = new pg.Client(postgres.url);
    await client.connect();
    const slow = new PostgresSession({ client, sessionId: 'busy' });
    await client.query('BEGIN');
    await slow.addItems([user('first')]);
    const waiting = new PostgresSession({ client: pool, sessionId: 'busy' });
    const adding = waiting.addItems([user('second')]);
    await new PostgresSession({ client: pool, sessionId: 'idle' }).addItems([user('other')]);
    expect(await new PostgresSession({ client: pool, sessionId: 'busy' }).getItems()).toEqual([]);
    await client.query('COMMIT');
    await adding;
    expect(await waiting.getItems()).toEqual([user('first'), user('second')]);
    await client.end();
  });

  it('where everything is serializable, writers of one session still all get through', async () => {
    const strict = postgres.pool({ options: '-c default_transaction_isolation=serializable' });
    const writers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    await Promise.all(
      writers.map(async (writer) => {
        const session = new PostgresSession({ client: strict, sessionId: 'strict' });
        for (const count of [1, 2, 3]) await session.addItems([user(`${writer}${count}`)]);
        await session.popItem();
      }),
    );
    const session = new PostgresSession({ client: strict, sessionId: 'strict' });
    const items = await session.getItems();
    expect(new Set(items.map((item) => JSON.stringify(item))).size).toBe(16);
    expect(items).toHaveLength(16);
  });

  it('in a transaction of the app a conflict is for the app to try again', async () => {
    const client = new pg.Client(postgres.url);
    await client.connect();
    const session = new PostgresSession({ client, sessionId: 'conflict' });
    await session.addItems([user('1')]);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await session.getItems();
    await new PostgresSession({ client: pool, sessionId: 'conflict' }).addItems([user('2')]);
    await expect(session.addItems([user('3')])).rejects.toMatchObject({ code: '40001' });
    await client.query('ROLLBACK');
    await session.addItems([user('3')]);
    expect(await session.getItems()).toEqual([user('1'), user('2'), user('3')]);
    await client.end();
  });

  it('a client that is none is refused at once', () => {
    expect(() => new PostgresSession({ client: {} as pg.Pool })).toThrow(/has no `query` function/); // what plain JavaScript does
  });

  it('a pool that has ended is an error of pg, not a wait', async () => {
    const ended = postgres.pool();
    await ended.end();
    await expect(new PostgresSession({ client: ended }).getItems()).rejects.toThrow(/end/);
  });
});

it('the types of pg fit', () => {
  expectTypeOf<pg.Pool>().toExtend<PostgresClient>();
  expectTypeOf<pg.Client>().toExtend<PostgresClient>();
  expectTypeOf<pg.PoolClient>().toExtend<PostgresClient>();
});
