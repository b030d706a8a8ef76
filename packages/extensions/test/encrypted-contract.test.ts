import { MemorySession } from '@baton/core';
import { testSession } from '@baton/core/testing';
import { EncryptedSession } from '@baton/extensions/encrypted-session';
import { SQLiteSession } from '@baton/extensions/sqlite-session';
import { createClient } from '@libsql/client';
import { afterAll, describe, it } from 'vitest';

const keys = [{ id: 'test', secret: new Uint8Array(32).fill(7) }];

describe('an encrypted session over one in memory', () => {
  const laws = testSession({ create: () => new EncryptedSession(new MemorySession(), { keys }) });
  for (const law of laws) it(law.name, law.run);
});

describe('an encrypted session over one in SQLite', () => {
  const database = createClient({ url: 'file::memory:' });
  afterAll(() => database.close());
  const open = (sessionId?: string): EncryptedSession =>
    new EncryptedSession(new SQLiteSession({ database, sessionId }), { keys });
  const laws = testSession({
    create: () => open(),
    reopen: async (session) => open(await session.getSessionId()),
    timeoutMs: 20_000,
  });
  for (const law of laws) it(law.name, law.run);
});
