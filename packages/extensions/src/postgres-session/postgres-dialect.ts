import type { SqlDialect } from '../internal/sql-session/sql-database.js';

/**
 * Items, and a row for each session: whoever writes to a session holds its row until the write is done, so the ids of
 * its items are in the order in which readers come to see them [SES-17]. A statement is a transaction, unless the
 * user is in one already.
 */
export function postgresDialect(prefix: string): SqlDialect {
  const [items, sessions] = [`${prefix}items`, `${prefix}sessions`];
  return {
    findTable: `SELECT CAST(to_regclass($1) AS TEXT) AS name`,
    revision: `(SELECT revision FROM ${sessions} WHERE session_id = $1)`,
    append: `WITH session AS (
        INSERT INTO ${sessions} (session_id) VALUES ($1)
        ON CONFLICT (session_id)
        DO UPDATE SET revision = ${sessions}.revision + 1, updated_at = now()
        RETURNING session_id
      )
      INSERT INTO ${items} (session_id, item)
      SELECT session.session_id, given.item
      FROM session, json_array_elements_text(CAST($2 AS JSON)) WITH ORDINALITY AS given (item, place)
      ORDER BY given.place`,
    remove: `WITH session AS (
        UPDATE ${sessions} SET revision = revision + 1, updated_at = now()
        WHERE session_id = $1 AND revision = CAST($3 AS BIGINT)
        RETURNING session_id
      )
      DELETE FROM ${items} USING session
      WHERE ${items}.session_id = session.session_id AND ${items}.id = CAST($2 AS BIGINT)
      RETURNING ${items}.id`,
    clear: `DELETE FROM ${sessions} WHERE session_id = $1`,
    migrations: [
      [
        `CREATE TABLE ${sessions} (
          session_id TEXT PRIMARY KEY,
          revision BIGINT NOT NULL DEFAULT 1,
          created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
          updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
        )`,
        `CREATE TABLE ${items} (
          id BIGINT GENERATED ALWAYS AS IDENTITY,
          session_id TEXT NOT NULL REFERENCES ${sessions} ON DELETE CASCADE,
          item TEXT NOT NULL,
          created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
          PRIMARY KEY (session_id, id)
        )`,
      ],
    ],
  };
}
