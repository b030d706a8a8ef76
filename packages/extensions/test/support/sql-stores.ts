import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresSession, type PostgresSessionOptions } from '@baton/extensions/postgres-session';
import {
  type LibSQLClient,
  SQLiteSession,
  type SQLiteSessionOptions,
} from '@baton/extensions/sqlite-session';
import { createClient, type Client } from '@libsql/client';
import { openClient } from '../../src/postgres-session/open-client.js';
import { openDatabase } from '../../src/sqlite-session/open-database.js';
import type { SqlDatabase, SqlRow } from '../../src/internal/sql-session/sql-database.js';
import { startPostgres } from './start-postgres.js';

export type SqlSessionUnderTest = SQLiteSession | PostgresSession;
export type SqlSessionTestOptions = Omit<SQLiteSessionOptions, 'database'> &
  Omit<PostgresSessionOptions, 'client'>;

/** A real database in which sessions are. */
export interface SqlStore {
  /** A session over a connection of its own. */
  session(options?: SqlSessionTestOptions): SqlSessionUnderTest;
  /** The same with a look at each statement before it runs. */
  watched(
    options: SqlSessionTestOptions,
    before: (sql: string) => void,
    beforeTransaction?: () => Promise<void>,
  ): SqlSessionUnderTest;
  /** What sessions are given of the database. */
  readonly database: SqlDatabase;
  /** Runs a statement beside all sessions. */
  sql(statement: string): Promise<readonly SqlRow[]>;
  /** A statement that makes every write of an item with this text in it fail, for the items of the prefix. */
  refuse(text: string, tablePrefix: string): Promise<void>;
  allow(tablePrefix: string): Promise<void>;
  stop(): Promise<void>;
}

/** SQLite in a file, over @libsql/client. */
export async function sqliteStore(): Promise<SqlStore> {
  const directory = mkdtempSync(join(tmpdir(), 'baton-sqlite-'));
  const clients: Client[] = [];
  const open = (): Client => {
    const client = createClient({ url: `file:${join(directory, 'test.db')}` });
    clients.push(client);
    return client;
  };
  const own = open();
  const sql = async (statement: string): Promise<readonly SqlRow[]> =>
    (await own.execute(statement)).rows.map((row) => ({ ...row }));
  return {
    session: (options) => new SQLiteSession({ ...options, database: open() }),
    watched: (options, before, beforeTransaction) => {
      const client = open();
      const database: LibSQLClient = {
        protocol: client.protocol,
        execute: async (statement) => {
          if (!statement.sql.startsWith('PRAGMA')) before(statement.sql);
          return client.execute(statement);
        },
        batch: (statements, mode) => client.batch(statements, mode),
        transaction: async (mode) => {
          await beforeTransaction?.();
          const transaction = await client.transaction(mode);
          return {
            execute: async (statement) => {
              before(statement.sql);
              return transaction.execute(statement);
            },
            executeMultiple: (text) => transaction.executeMultiple(text),
            close: () => transaction.close(),
          };
        },
      };
      return new SQLiteSession({ ...options, database });
    },
    database: openDatabase(own, 1000),
    sql,
    refuse: async (text, prefix) => {
      await sql(
        `CREATE TRIGGER ${prefix}refuse BEFORE INSERT ON ${prefix}items WHEN instr(NEW.item, '${text}') BEGIN SELECT RAISE(ABORT, 'refused'); END`,
      );
    },
    allow: async (prefix) => {
      await sql(`DROP TRIGGER ${prefix}refuse`);
    },
    stop: async () => {
      for (const client of clients) client.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** A PostgreSQL of its own, over pg. */
export async function postgresStore(): Promise<SqlStore> {
  const postgres = await startPostgres();
  const pool = postgres.pool();
  const sql = async (statement: string): Promise<readonly SqlRow[]> =>
    (await pool.query<Record<string, unknown>>(statement)).rows;
  return {
    session: (options) => new PostgresSession({ ...options, client: postgres.pool({ max: 1 }) }),
    watched: (options, before, beforeTransaction) => {
      const client = {
        query: async (text: string, values?: (string | number)[]) => {
          await beforeTransaction?.();
          before(text);
          return pool.query<Record<string, unknown>>(text, values);
        },
      };
      return new PostgresSession({ ...options, client });
    },
    database: openClient(pool),
    sql,
    refuse: async (text, prefix) => {
      await sql(
        `CREATE FUNCTION ${prefix}refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF position('${text}' in NEW.item) > 0 THEN RAISE 'refused'; END IF; RETURN NEW; END $$`,
      );
      await sql(
        `CREATE TRIGGER ${prefix}refuse BEFORE INSERT ON ${prefix}items FOR EACH ROW EXECUTE FUNCTION ${prefix}refuse()`,
      );
    },
    allow: async (prefix) => {
      await sql(`DROP TRIGGER ${prefix}refuse ON ${prefix}items`);
    },
    stop: () => postgres.stop(),
  };
}
