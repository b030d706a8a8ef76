import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testSession } from '@baton/core/testing';
import {
  type LibSQLClient,
  type SQLiteDatabase,
  SQLiteSession,
} from '@baton/extensions/sqlite-session';
import { type Client, createClient } from '@libsql/client';
import type BetterSqlite3 from 'better-sqlite3';
import { afterAll, describe, expectTypeOf, it } from 'vitest';
import { type DriverName, openStore, whyNoDriver } from './support/open-store.js';

const drivers: { driver: DriverName; why: string | undefined }[] = [
  { driver: '@libsql/client', why: undefined },
  { driver: 'node:sqlite', why: await whyNoDriver('node:sqlite') },
  { driver: 'better-sqlite3', why: await whyNoDriver('better-sqlite3') },
];

for (const { driver, why } of drivers) {
  const place = why === undefined ? '' : ` (not here: ${why})`;
  describe.skipIf(why !== undefined)(`a session in a file, over ${driver}${place}`, async () => {
    if (why !== undefined) return;
    const directory = mkdtempSync(join(tmpdir(), 'baton-sqlite-'));
    const address = { driver, url: join(directory, 'contract.db') };
    const [store, another] = [await openStore(address), await openStore(address)];
    afterAll(async () => {
      await store.close();
      await another.close();
      rmSync(directory, { recursive: true });
    });
    const laws = testSession({
      create: () => store.session(),
      reopen: async (session) => another.session({ sessionId: await session.getSessionId() }),
      timeoutMs: 20_000,
    });
    for (const law of laws) it(law.name, law.run);
  });
}

describe('a session in memory, over @libsql/client', () => {
  const database = createClient({ url: 'file::memory:' });
  afterAll(() => database.close());
  const laws = testSession({
    create: () => new SQLiteSession({ database }),
    reopen: async (session) =>
      new SQLiteSession({ database, sessionId: await session.getSessionId() }),
    timeoutMs: 20_000,
  });
  for (const law of laws) it(law.name, law.run);
});

it('the types of the drivers fit', () => {
  expectTypeOf<Client>().toExtend<LibSQLClient>();
  expectTypeOf<BetterSqlite3.Database>().toExtend<SQLiteDatabase>();
});
