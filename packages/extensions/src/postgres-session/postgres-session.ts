import { UserError } from '@baton/core';
import type { SqlDatabase } from '../internal/sql-session/sql-database.js';
import { SqlSession, type SqlSessionOptions } from '../internal/sql-session/sql-session.js';
import { postgresDialect } from './postgres-dialect.js';

/** A `Pool` or a connected `Client` of `pg`, as far as it is used; others that have this `query` will do. */
export interface PostgresClient {
  query(
    sql: string,
    values?: (string | number)[],
  ): Promise<{ rows: Readonly<Record<string, unknown>>[] }>;
}

/** Options of {@link PostgresSession}. */
export interface PostgresSessionOptions extends SqlSessionOptions {
  /** A `Pool` or a connected `Client` of `pg`; yours to close. */
  readonly client: PostgresClient;
}

/**
 * A session in PostgreSQL, for conversations that several machines go on with. Any number of writers may share one
 * conversation. Each operation is one statement: with a `Client` that is in a transaction it is part of it, and needs
 * no connection of its own. The tables are made, and brought up to date, on the first use.
 *
 * @example
 * ```ts
 * import { Agent, Runner } from '@baton/core';
 * import { PostgresSession } from '@baton/extensions/postgres-session';
 * import pg from 'pg';
 *
 * const pool = new pg.Pool(); // reads PGHOST, PGUSER, …
 * export async function chat(runner: Runner, userId: string, question: string): Promise<string | undefined> {
 *   const session = new PostgresSession({ client: pool, sessionId: userId });
 *   const agent = new Agent({ name: 'Guide' });
 *   return (await runner.run(agent, question, { session })).finalOutput;
 * }
 * ```
 */
export class PostgresSession extends SqlSession {
  /** @throws UserError for a client that is none, or an option that no database could follow. */
  constructor(options: PostgresSessionOptions) {
    super(overClient(options.client), postgresDialect, options);
  }
}

function overClient(client: PostgresClient): SqlDatabase {
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
