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

/** A statement of `@libsql/client` with its values. */
export interface LibSQLStatement {
  readonly sql: string;
  readonly args: (string | number)[];
}

/** A client of `@libsql/client`, as far as it is used. */
export interface LibSQLClient {
  /** `file` where the database is here, also in memory; else how it is reached. */
  readonly protocol: string;
  execute(statement: LibSQLStatement): Promise<{ rows: unknown[] }>;
  batch(statements: string[], mode: 'write'): Promise<unknown>;
  transaction(mode: 'deferred'): Promise<LibSQLTransaction>;
}

/** A transaction of `@libsql/client`, as far as it is used. */
export interface LibSQLTransaction {
  execute(statement: LibSQLStatement): Promise<{ rows: unknown[] }>;
  executeMultiple(sql: string): Promise<void>;
  close(): void;
}
