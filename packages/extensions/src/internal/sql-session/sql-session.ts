import { type AgentInputItem, type Session, UserError } from '@baton/core';
import { type InOrder, inOrder } from '../in-order.js';
import { checkItems, checkLimit, checkSessionId, itemText, show } from '../session-checks.js';
import { newestWholeItems } from '../whole-items.js';
import { migrate } from './migrate.js';
import { type ReadRow, readPlaces, type UnreadableItem } from './read-places.js';
import type { SqlDatabase, SqlDialect } from './sql-database.js';
import { StoredItems } from './stored-items.js';

/** What every session in a database can be given. */
export interface SqlSessionOptions {
  /** Which conversation; the same id is the same conversation, in any process. Default: a new unique id. */
  readonly sessionId?: string | undefined;
  /** How many items `getItems()` gives without a limit of its own, as in a run. Default: all [SES-13]. */
  readonly limit?: number | undefined;
  /** What the names of the tables begin with: small letters, digits, `_`. Default: `baton_`. */
  readonly tablePrefix?: string | undefined;
  /** Told of stored items that cannot be read; they are passed over and stay. Default: a warning on the console. */
  readonly onUnreadableItem?: ((item: UnreadableItem) => void) | undefined;
}

/** A session in tables of a database; a kind of database adds its connection and its statements. */
export class SqlSession implements Session {
  readonly #id: string;
  readonly #limit: number | undefined;
  readonly #onUnreadableItem: (item: UnreadableItem) => void;
  readonly #items: StoredItems;
  readonly #migrate: () => Promise<void>;
  readonly #inOrder: InOrder = inOrder();
  #ready: Promise<void> | undefined;
  #isClosed = false;

  protected constructor(
    database: SqlDatabase,
    dialectFor: (tablePrefix: string) => SqlDialect,
    options: SqlSessionOptions,
  ) {
    const { tablePrefix = 'baton_', limit } = options;
    this.#id = checkSessionId(options.sessionId ?? globalThis.crypto.randomUUID());
    checkLimit(limit);
    this.#limit = limit;
    this.#onUnreadableItem = options.onUnreadableItem ?? warn;
    const dialect = dialectFor(checkPrefix(tablePrefix));
    this.#items = new StoredItems({ database, dialect, sessionId: this.#id, tablePrefix });
    this.#migrate = () => migrate(database, dialect, tablePrefix);
  }

  /** Which conversation this is. */
  get sessionId(): string {
    return this.#id;
  }

  getSessionId(): Promise<string> {
    return this.#do(() => Promise.resolve(this.#id));
  }

  /**
   * The newest items up to the limit, oldest first. A call and its output are given together or not at all, and so
   * are reasoning and what it led to: where the limit parts them, fewer items come.
   *
   * @param limit Default: the session's `limit`, else all items. None for 0.
   * @throws UserError for a limit that is no whole number, or when the session is closed.
   */
  async getItems(limit: number | undefined = this.#limit): Promise<AgentInputItem[]> {
    const wanted = checkLimit(limit);
    if (wanted === 0) return this.#do(() => Promise.resolve([]));
    return this.#do(async () => {
      await this.#open();
      const { rows } = await readPlaces(this.#items, wanted + 1); // one more tells what was cut off
      this.#tell(rows);
      return newestWholeItems(rows.map(({ place }) => place).reverse(), wanted);
    });
  }

  /**
   * Adds items at the end, in one statement: all of them or, when it throws, none.
   *
   * @throws UserError for what is no item or no JSON, or when the session is closed.
   */
  async addItems(items: AgentInputItem[]): Promise<void> {
    checkItems(items);
    const texts = items.map(itemText); // before anything waits: the caller may change its items afterwards
    await this.#do(async () => {
      if (texts.length === 0) return;
      await this.#open();
      await this.#items.append(texts);
    });
  }

  /** Takes the newest readable item away and returns it. */
  popItem(): Promise<AgentInputItem | undefined> {
    return this.#do(async () => {
      await this.#open();
      for (;;) {
        const { rows, revision } = await readPlaces(this.#items, 1);
        const newest = rows.at(-1);
        if (newest?.place === undefined) return undefined;
        if (await this.#items.remove(newest.row, revision)) return newest.place;
      }
    });
  }

  /** Removes everything, also what cannot be read. */
  clearSession(): Promise<void> {
    return this.#do(async () => {
      await this.#open();
      await this.#items.clear();
    });
  }

  /** Ends this session object once what it has begun is done. The database stays open: it is yours [SES-16]. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#inOrder(() => Promise.resolve());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #do<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) {
      throw new UserError(
        `The session ${show(this.#id)} is closed. Make a new one with this \`sessionId\` to go on.`,
      );
    }
    return this.#inOrder(work);
  }

  /** The tables, made or brought up to date on the first use; tried again after a failure. */
  #open(): Promise<void> {
    this.#ready ??= this.#migrate().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  #tell(rows: readonly ReadRow[]): void {
    for (const { row, place } of rows) {
      if (place === undefined) this.#onUnreadableItem({ sessionId: this.#id, rowId: row.id });
    }
  }
}

function checkPrefix(prefix: unknown): string {
  if (typeof prefix === 'string' && /^[a-z_][a-z0-9_]{0,39}$/.test(prefix)) return prefix;
  throw new UserError(
    `\`tablePrefix\` is ${show(prefix)}. Use up to 40 small letters, digits and \`_\`, beginning with no digit.`,
  );
}

function warn({ sessionId, rowId }: UnreadableItem): void {
  globalThis.console.warn(
    `Item ${rowId} of session ${show(sessionId)} cannot be read and was passed over; it is still stored.`,
  );
}
