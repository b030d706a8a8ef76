import { UserError } from '@baton/core';
import type { SqlDatabase, SqlDialect } from './sql-database.js';

/**
 * Brings the tables to the version that this code knows. Each step writes its own number first, which only one of
 * several that start at once can: the others find it done [SES-15].
 *
 * @throws UserError where the tables are of a later version.
 */
export async function migrate(
  database: SqlDatabase,
  { findTable, migrations }: SqlDialect,
  prefix: string,
): Promise<void> {
  const table = `${prefix}schema`;
  for (;;) {
    const version = await versionOf(database, findTable, table);
    if (version === migrations.length) return;
    if (version > migrations.length) throw laterVersion(table, version, migrations.length);
    const [step = []] = migrations.slice(version);
    try {
      await database.apply([
        `CREATE TABLE IF NOT EXISTS ${table} (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)`,
        `INSERT INTO ${table} (version, applied_at) VALUES (${version + 1}, CURRENT_TIMESTAMP)`,
        ...step,
      ]);
    } catch (error) {
      if ((await versionOf(database, findTable, table)) <= version) throw error;
    }
  }
}

async function versionOf(database: SqlDatabase, findTable: string, table: string): Promise<number> {
  const [found] = await database.query(findTable, [table]);
  if (typeof found?.['name'] !== 'string') return 0;
  const [row] = await database.query(`SELECT MAX(version) AS version FROM ${table}`, []);
  return Number(row?.['version'] ?? 0);
}

function laterVersion(table: string, found: number, known: number): UserError {
  return new UserError(
    `The tables of this database are of version ${found} (table ${table}); this @baton/extensions knows version ${known}. Update it, or use another \`tablePrefix\`. Nothing was changed.`,
  );
}
