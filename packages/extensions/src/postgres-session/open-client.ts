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
    query: async (sql, values) => (await client.query(sql, [...values])).rows,
    run: async (sql, values) => {
      await client.query(sql, [...values]);
    },
    // A block is one statement; the lock lets no two make the same tables.
    apply: async (statements) => {
      const block = [`PERFORM pg_advisory_xact_lock(${LOCK})`, ...statements].join(';\n');
      await client.query(`DO $baton$ BEGIN\n${block};\nEND $baton$`);
    },
  };
}

/** "baton" in ASCII: a number of our own among the locks of the database. */
const LOCK = 0x62_61_74_6f_6e;
