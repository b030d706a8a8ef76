import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemorySession, Runner, user } from '@baton/core';
import { ScriptedModel } from '@baton/core/testing';
import { PostgresSession } from '@baton/extensions/postgres-session';
import { SQLiteSession } from '@baton/extensions/sqlite-session';
import { expect, it } from 'vitest';
import { encrypted } from './guides/encrypted-session.js';
import { order } from './guides/postgres-session.js';
import { answer, openChats } from './guides/sqlite-session.js';
import { startPostgres, whyNoPostgres } from './support/start-postgres.js';

const noPostgres = await whyNoPostgres();

it.each(['sqlite-session', 'postgres-session', 'encrypted-session'])(
  'the guide of %s shows code that is compiled and run here',
  (island) => {
    const guide = readFileSync(join(import.meta.dirname, `../docs/${island}.md`), 'utf8');
    const code = readFileSync(join(import.meta.dirname, `guides/${island}.ts`), 'utf8');
    expect(guide).toContain(`\`\`\`ts\n${code}\`\`\``);
  },
);

it('the example for SQLite goes on with a conversation', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-guide-'));
  const database = await openChats(join(directory, 'chat.db'));
  const model = new ScriptedModel(['Nairobi.', 'About four million.']);
  const runner = new Runner({ model });
  await answer(runner, database, { userId: 'ann', question: 'The capital of Kenya?' });
  const second = await answer(runner, database, { userId: 'ann', question: 'How big is it?' });
  expect(second).toBe('About four million.');
  expect(model.calls[1]?.input).toHaveLength(3);
  expect(await new SQLiteSession({ database, sessionId: 'ann' }).getItems()).toHaveLength(4);
  database.close();
  rmSync(directory, { recursive: true });
});

it.skipIf(noPostgres !== undefined)(
  'the example for PostgreSQL stores the order and the item together, or neither',
  async () => {
    const postgres = await startPostgres();
    const pool = postgres.pool();
    await pool.query('CREATE TABLE orders (user_id TEXT, thing TEXT CHECK (thing <> $$moon$$))');
    await order(pool, 'ann', 'tea');
    await expect(order(pool, 'ann', 'moon')).rejects.toThrow(/check/);
    expect(await new PostgresSession({ client: pool, sessionId: 'ann' }).getItems()).toEqual([
      user('I have just ordered: tea.'),
    ]);
    expect((await pool.query('SELECT * FROM orders')).rowCount).toBe(1);
    await postgres.stop();
  },
);

it('the example for encryption changes keys', async () => {
  const store = new MemorySession();
  const [old, fresh] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'));
  await encrypted(store, { KEY_2026_05: old }).addItems([user('Hi')]);
  const session = encrypted(store, { KEY_2026_05: old, KEY_2026_11: fresh });
  await session.addItems([user('Hello again')]);
  expect(await session.getItems()).toEqual([user('Hi'), user('Hello again')]);
});
