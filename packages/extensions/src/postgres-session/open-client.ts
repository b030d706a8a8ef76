import { UserError } from '@baton/core';
import type { SqlDatabase } from '../internal/sql-session/sql-database.js';

/** A `Pool` or a connected `Client` of `pg`, as far as it is used; others that have this `query` will do. */
export interface PostgresClient {
  query(
    sql: string,
    values?: (string | number)[],
  ): Promise<{ rows: Readonly<Record<string, unknown>>[] }>;
}

/** A client as the database that sessions are kept in. */
export function openClient(client: PostgresClient): SqlDatabase {
  if (typeof client?.query !== 'function') {
    throw new UserError(
      '`client` has no `query` function. Pass a `Pool` or a connected `Client` of pg.',
    );
  }
  return {
    query: async (sql, values) => (await settled(() => client.query(sql, [...values]))).rows,
    run: async (sql, values) => {
      await settled(() => client.query(sql, [...values]));
    },
    // A block is one statement; the lock lets no two make the same tables.
    apply: async (statements) => {
      const block = [`PERFORM pg_advisory_xact_lock(${LOCK})`, ...statements].join(';\n');
      await client.query(`DO $baton$ BEGIN\n${block};\nEND $baton$`);
    },
  };
}

/**
 * Tries again where two statements were in each other's way: under SERIALIZABLE and REPEATABLE READ PostgreSQL ends one
 * of them. In a transaction of the user only the user can try again.
 */
async function settled<T>(work: () => Promise<T>): Promise<T> {
  let conflict: unknown;
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isConflict(error)) throw conflict ?? error;
      conflict = error;
      if (tries === MOST_TRIES) throw error;
      await new Promise((resume) => setTimeout(resume, Math.random() * 4 * tries));
    }
  }
}

/** serialization_failure and deadlock_detected: https://www.postgresql.org/docs/current/errcodes-appendix.html. */
function isConflict(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return error.code === '40001' || error.code === '40P01';
}

const MOST_TRIES = 50;
/** "baton" in ASCII: a number of our own among the locks of the database. */
const LOCK = 0x62_61_74_6f_6e;
