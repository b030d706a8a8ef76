import { UserError } from '@baton/core';
import type { SqlDatabase, SqlRow, SqlValue } from '../internal/sql-session/sql-database.js';
import { retryWhileBusy } from './retry-while-busy.js';
import type { LibSQLClient, SQLiteDatabase } from './sqlite-drivers.js';

/** The three drivers as one database, which waits where another connection is writing. */
export function openDatabase(driver: unknown, busyTimeoutMs: number): SqlDatabase {
  const database = adapt(driver);
  const waiting = <T>(work: () => Promise<T>): Promise<T> => retryWhileBusy(work, busyTimeoutMs);
  return {
    query: (sql, values) => waiting(() => database.query(sql, values)),
    run: (sql, values) => waiting(() => database.run(sql, values)),
    apply: (statements) => waiting(() => database.apply(statements)),
  };
}

function adapt(driver: unknown): SqlDatabase {
  if (isClient(driver)) return overClient(driver);
  if (isDatabase(driver)) return overDatabase(driver);
  throw new UserError(
    '`database` is none that SQLiteSession knows. Pass a `DatabaseSync` of node:sqlite, a `Database` of better-sqlite3, or a client of @libsql/client.',
  );
}

function overDatabase(database: SQLiteDatabase): SqlDatabase {
  return {
    query: async (sql, values) => {
      const statement = inPlace(sql, values);
      return rowsOf(database.prepare(statement.sql).all(...statement.args));
    },
    run: async (sql, values) => {
      const statement = inPlace(sql, values);
      database.prepare(statement.sql).run(...statement.args);
    },
    apply: async (statements) => {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const statement of statements) database.exec(statement);
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
  };
}

function overClient(client: LibSQLClient): SqlDatabase {
  return {
    query: async (sql, values) => rowsOf((await client.execute(inPlace(sql, values))).rows),
    run: async (sql, values) => {
      await client.execute(inPlace(sql, values));
    },
    apply: async (statements) => {
      await client.batch([...statements], 'write');
    },
  };
}

/** A statement with `?` and its values in the order in which they stand, which all drivers understand. */
function inPlace(
  sql: string,
  values: readonly SqlValue[],
): { readonly sql: string; readonly args: SqlValue[] } {
  const args: SqlValue[] = [];
  const marked = sql.replaceAll(/\$(\d)/g, (_mark, position: string) => {
    args.push(values[Number(position) - 1] ?? '');
    return '?';
  });
  return { sql: marked, args };
}

/** Rows are objects unless the user has told the driver otherwise. */
function rowsOf(rows: readonly unknown[]): readonly SqlRow[] {
  return rows.map((row) => (isRow(row) ? row : {}));
}

function isRow(value: unknown): value is SqlRow {
  return typeof value === 'object' && value !== null;
}

function isClient(driver: unknown): driver is LibSQLClient {
  return has(driver, 'execute') && has(driver, 'batch');
}

function isDatabase(driver: unknown): driver is SQLiteDatabase {
  return has(driver, 'prepare') && has(driver, 'exec');
}

function has(value: unknown, method: string): boolean {
  return isRow(value) && typeof value[method] === 'function';
}
