import { UserError } from '@baton/core';
import { SqlSession, type SqlSessionOptions } from '../internal/sql-session/sql-session.js';
import { openDatabase } from './open-database.js';
import { sqliteDialect } from './sqlite-dialect.js';
import type { LibSQLClient, SQLiteDatabase } from './sqlite-drivers.js';

/** Options of {@link SQLiteSession}. */
export interface SQLiteSessionOptions extends SqlSessionOptions {
  /** A `DatabaseSync` of node:sqlite, a `Database` of better-sqlite3, or a client of @libsql/client; yours to close. */
  readonly database: SQLiteDatabase | LibSQLClient;
  /** Milliseconds to wait while others write, before an error is thrown; default 10000. */
  readonly busyTimeoutMs?: number | undefined;
}

/**
 * A session in SQLite, for conversations that outlast the process. Any number of sessions, in any number of processes,
 * may write to one file, also to one conversation. The tables are made, and brought up to date, on the first use.
 *
 * @example
 * ```ts
 * import { Agent, Runner } from '@baton/core';
 * import { SQLiteSession } from '@baton/extensions/sqlite-session';
 * import { createClient } from '@libsql/client';
 *
 * const database = createClient({ url: 'file:chat.db' });
 * export async function chat(runner: Runner, userId: string, question: string): Promise<string | undefined> {
 *   const session = new SQLiteSession({ database, sessionId: userId });
 *   const agent = new Agent({ name: 'Guide' });
 *   return (await runner.run(agent, question, { session })).finalOutput;
 * }
 * ```
 */
export class SQLiteSession extends SqlSession {
  /** @throws UserError for a database that is none, or an option that no database could follow. */
  constructor(options: SQLiteSessionOptions) {
    const { busyTimeoutMs = 10_000 } = options;
    if (!(busyTimeoutMs >= 0)) {
      throw new UserError(
        `\`busyTimeoutMs\` is ${String(busyTimeoutMs)}. Pass milliseconds, 0 or more.`,
      );
    }
    super(openDatabase(options.database, busyTimeoutMs), sqliteDialect, options);
  }
}
