/** A prepared statement of `node:sqlite` or `better-sqlite3`, as far as it is used. */
export interface SQLiteStatement {
  all(...values: (string | number)[]): unknown[];
  run(...values: (string | number)[]): unknown;
}

/** A database of `node:sqlite` (`DatabaseSync`) or `better-sqlite3`, as far as it is used. */
export interface SQLiteDatabase {
  prepare(sql: string): SQLiteStatement;
  exec(sql: string): unknown;
}

/** A client of `@libsql/client`, as far as it is used. */
export interface LibSQLClient {
  execute(statement: { sql: string; args: (string | number)[] }): Promise<{ rows: unknown[] }>;
  batch(statements: string[], mode: 'write'): Promise<unknown>;
}
