import type { SqlDatabase, SqlDialect, SqlRow } from './sql-database.js';

/** Items of one session as they are stored, newest first. */
export interface StoredPage {
  readonly rows: readonly StoredRow[];
  /** Changes whenever an item is added or taken away. */
  readonly revision: string;
}

/** One stored item. */
export interface StoredRow {
  /** Grows with every item, and is never used again. */
  readonly id: string;
  readonly text: string;
}

/** Where in the session a page begins. */
export interface PagePosition {
  /** The page holds what is older than this. */
  readonly before: string;
  /** A row that comes first in the page for as long as it is stored. */
  readonly anchor: string;
}

/** The statements about the items of one session. */
export class StoredItems {
  readonly #database: SqlDatabase;
  readonly #dialect: SqlDialect;
  readonly #sessionId: string;
  readonly #table: string;

  constructor(place: {
    readonly database: SqlDatabase;
    readonly dialect: SqlDialect;
    readonly sessionId: string;
    readonly tablePrefix: string;
  }) {
    this.#database = place.database;
    this.#dialect = place.dialect;
    this.#sessionId = place.sessionId;
    this.#table = `${place.tablePrefix}items`;
  }

  /** As many rows as asked for, newest first, and the anchor besides. */
  async read(count: number, position?: PagePosition): Promise<StoredPage> {
    const columns = `CAST(id AS TEXT) AS id, item, CAST(${this.#dialect.revision} AS TEXT) AS revision`;
    const newest = `SELECT ${columns} FROM ${this.#table} WHERE session_id = $1`;
    const rows =
      position === undefined
        ? await this.#database.query(`${newest} ORDER BY ${this.#table}.id DESC LIMIT $2`, [
            this.#sessionId,
            count,
          ])
        : await this.#database.query(
            `${newest} AND id = CAST($3 AS BIGINT) UNION ALL SELECT * FROM (${newest} AND id < CAST($4 AS BIGINT) ORDER BY ${this.#table}.id DESC LIMIT $2) AS older`,
            [this.#sessionId, count, position.anchor, position.before],
          );
    const stored = rows.map(toStoredRow).sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1));
    return { rows: stored, revision: String(rows[0]?.['revision'] ?? '') };
  }

  /** Adds items at the end, in one statement: all or none [SES-14]. */
  async append(texts: readonly string[]): Promise<void> {
    await this.#database.run(this.#dialect.append, [this.#sessionId, JSON.stringify(texts)]);
  }

  /** Takes a row away, unless anything was added or taken away since the revision. */
  async remove(row: StoredRow, revision: string): Promise<boolean> {
    const values = [this.#sessionId, row.id, revision];
    return (await this.#database.query(this.#dialect.remove, values)).length > 0;
  }

  async clear(): Promise<void> {
    await this.#database.run(this.#dialect.clear, [this.#sessionId]);
  }
}

function toStoredRow(row: SqlRow): StoredRow {
  return { id: String(row['id']), text: String(row['item']) };
}
