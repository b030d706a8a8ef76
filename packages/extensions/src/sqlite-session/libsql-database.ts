import type { SqlDatabase, SqlValue } from '../internal/sql-session/sql-database.js';
import { positional, rowsOf } from './positional.js';
import type { Retry } from './retry-while-busy.js';
import type { LibSQLClient, LibSQLTransaction } from './sqlite-drivers.js';

/**
 * A client of `@libsql/client` as a database. A file that others may lock is used in transactions of our own, whose
 * locks are taken and given back by `executeMultiple`: in libsql 0.5 a prepared statement that met a lock is never
 * reset, and what its connection writes afterwards is not committed although it seems to be.
 */
export function libsqlDatabase(client: LibSQLClient, retry: Retry): SqlDatabase {
  let isFile: boolean | undefined;
  const mayBeLocked = async (): Promise<boolean> => (isFile ??= await isInFile(client));
  const inTransaction = <T>(
    lock: string,
    work: (transaction: LibSQLTransaction) => Promise<T>,
  ): Promise<T> =>
    retry(async () => {
      const transaction = await client.transaction('deferred');
      try {
        await transaction.executeMultiple(lock);
        const result = await work(transaction);
        // Tried again by itself: while a commit waits for readers to finish, no new ones come in.
        await retry(() => transaction.executeMultiple('COMMIT'));
        return result;
      } finally {
        transaction.close();
      }
    });
  const execute = async (
    lock: string,
    sql: string,
    values: readonly SqlValue[],
  ): Promise<unknown[]> => {
    const statement = positional(sql, values);
    if (!(await mayBeLocked())) return (await retry(() => client.execute(statement))).rows;
    return inTransaction(lock, async (transaction) => (await transaction.execute(statement)).rows);
  };
  return {
    query: async (sql, values) =>
      rowsOf(await execute(/^\s*SELECT/.test(sql) ? TO_READ : TO_WRITE, sql, values)),
    run: async (sql, values) => {
      await execute(TO_WRITE, sql, values);
    },
    apply: async (statements) => {
      if (!(await mayBeLocked())) await retry(() => client.batch([...statements], 'write'));
      else {
        const all = statements.join(';\n');
        await inTransaction(TO_WRITE, (transaction) => transaction.executeMultiple(all));
      }
    },
  };
}

/** Whether the database is a file, and neither in memory nor elsewhere. */
async function isInFile(client: LibSQLClient): Promise<boolean> {
  if (client.protocol !== 'file') return false;
  const { rows } = await client.execute({ sql: 'PRAGMA database_list', args: [] });
  return rowsOf(rows)[0]?.['file'] !== '';
}

const TO_READ = 'SELECT 1 FROM sqlite_master LIMIT 1';
const TO_WRITE = 'COMMIT; BEGIN IMMEDIATE';
