import type { SqlDialect } from '../internal/sql-session/sql-database.js';

/**
 * One table. SQLite lets one writer in at a time and a statement is a transaction, so ids are in the order of the
 * writes; AUTOINCREMENT uses none twice [SES-17].
 */
export function sqliteDialect(prefix: string): SqlDialect {
  const items = `${prefix}items`;
  return {
    findTable: `SELECT name FROM sqlite_master WHERE type = 'table' AND name = $1`,
    revision: `(SELECT MAX(id) FROM ${items} WHERE session_id = $1)`,
    append: `INSERT INTO ${items} (session_id, item) SELECT $1, value FROM json_each($2) ORDER BY key`,
    remove: `DELETE FROM ${items} WHERE session_id = $1 AND id = CAST($2 AS INTEGER) AND NOT EXISTS (SELECT 1 FROM ${items} WHERE session_id = $1 AND id > CAST($3 AS INTEGER)) RETURNING id`,
    clear: `DELETE FROM ${items} WHERE session_id = $1`,
    migrations: [
      [
        `CREATE TABLE ${items} (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          session_id TEXT NOT NULL,
          item TEXT NOT NULL,
          created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
        )`,
        `CREATE INDEX ${items}_by_session ON ${items} (session_id)`,
      ],
    ],
  };
}
