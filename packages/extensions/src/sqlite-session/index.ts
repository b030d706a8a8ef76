/** A session in SQLite: `@baton/extensions/sqlite-session`. */
export type { UnreadableItem } from '../internal/sql-session/read-places.js';
export type {
  LibSQLClient,
  LibSQLStatement,
  LibSQLTransaction,
  SQLiteDatabase,
  SQLiteStatement,
} from './sqlite-drivers.js';
export { SQLiteSession } from './sqlite-session.js';
export type { SQLiteSessionOptions } from './sqlite-session.js';
