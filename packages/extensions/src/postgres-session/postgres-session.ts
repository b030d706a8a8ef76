import { SqlSession, type SqlSessionOptions } from '../internal/sql-session/sql-session.js';
import { openClient, type PostgresClient } from './open-client.js';
import { postgresDialect } from './postgres-dialect.js';

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
    super(openClient(options.client), postgresDialect, options);
  }
}
