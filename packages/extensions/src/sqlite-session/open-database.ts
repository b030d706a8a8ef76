import { UserError } from '@baton/core';
import type { SqlDatabase } from '../internal/sql-session/sql-database.js';
import { libsqlDatabase } from './libsql-database.js';
import { positional, rowsOf } from './positional.js';
import { type Retry, retryWhileBusy } from './retry-while-busy.js';
import type { LibSQLClient, SQLiteDatabase } from './sqlite-drivers.js';

/** The three drivers as one database, which waits where another connection is writing. */
export function openDatabase(driver: unknown, busyTimeoutMs: number): SqlDatabase {
  const retry: Retry = (work) => retryWhileBusy(work, busyTimeoutMs);
  if (isClient(driver)) return libsqlDatabase(driver, retry);
  if (isDatabase(driver)) return syncDatabase(driver, retry);
  throw new UserError(
    '`database` is none that SQLiteSession knows. Pass a `DatabaseSync` of node:sqlite, a `Database` of better-sqlite3, or a client of @libsql/client.',
  );
}

/** A statement is a transaction here, or part of one that the user has begun. */
function syncDatabase(database: SQLiteDatabase, retry: Retry): SqlDatabase {
  return {
    query: (sql, values) =>
      retry(async () => {
        const statement = positional(sql, values);
        return rowsOf(database.prepare(statement.sql).all(...statement.args));
      }),
    run: (sql, values) =>
      retry(async () => {
        const statement = positional(sql, values);
        database.prepare(statement.sql).run(...statement.args);
      }),
    apply: (statements) =>
      retry(async () => {
        database.exec('BEGIN IMMEDIATE');
        try {
          for (const statement of statements) database.exec(statement);
          database.exec('COMMIT');
        } catch (error) {
          rollBack(database);
          throw error;
        }
      }),
  };
}

function rollBack(database: SQLiteDatabase): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite has done it by itself, as where the disk is full; the first error is the one to know of.
  }
}

function isClient(driver: unknown): driver is LibSQLClient {
  return has(driver, 'execute') && has(driver, 'batch') && has(driver, 'transaction');
}

function isDatabase(driver: unknown): driver is SQLiteDatabase {
  return has(driver, 'prepare') && has(driver, 'exec');
}

function has(value: unknown, method: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return method in value && typeof Reflect.get(value, method) === 'function';
}
