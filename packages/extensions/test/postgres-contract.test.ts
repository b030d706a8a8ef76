import { testSession } from '@baton/core/testing';
import { PostgresSession } from '@baton/extensions/postgres-session';
import { afterAll, describe, it } from 'vitest';
import { startPostgres, whyNoPostgres } from './support/start-postgres.js';

const reason = await whyNoPostgres();

describe.skipIf(reason !== undefined)(
  `a session in PostgreSQL${reason ? ` (not here: ${reason})` : ''}`,
  async () => {
    if (reason !== undefined) return;
    const postgres = await startPostgres();
    afterAll(() => postgres.stop());
    const pool = postgres.pool();
    const laws = testSession({
      create: () => new PostgresSession({ client: pool }),
      reopen: async (session) =>
        new PostgresSession({ client: pool, sessionId: await session.getSessionId() }),
      timeoutMs: 20_000,
    });
    for (const law of laws) it(law.name, law.run);
  },
);
