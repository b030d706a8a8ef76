import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testSession } from '@baton/core/testing';
import { SQLiteSession } from '@baton/extensions/sqlite-session';
import { createClient, type Client } from '@libsql/client';
import { afterAll, describe, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'baton-sqlite-'));
const clients: Client[] = [];
afterAll(() => {
  for (const client of clients) client.close();
  rmSync(directory, { recursive: true });
});

function open(): Client {
  const client = createClient({ url: `file:${join(directory, 'contract.db')}` });
  clients.push(client);
  return client;
}

describe('a session in SQLite, over @libsql/client', () => {
  const [database, another] = [open(), open()];
  const laws = testSession({
    create: () => new SQLiteSession({ database }),
    reopen: async (session) =>
      new SQLiteSession({ database: another, sessionId: await session.getSessionId() }),
    timeoutMs: 20_000,
  });
  for (const law of laws) it(law.name, law.run);
});
