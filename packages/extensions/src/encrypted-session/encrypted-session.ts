import { type AgentInputItem, type Session, UserError } from '@baton/core';
import { type InOrder, inOrder } from '../internal/in-order.js';
import { checkItems, checkLimit, isItemLike, itemText, show } from '../internal/session-checks.js';
import { newestWholeItems, type Place } from '../internal/whole-items.js';
import { type Envelope, envelopeOf, seal, unseal } from './envelope.js';
import {
  type EncryptionKey,
  type SessionKey,
  sessionKeys,
  type SessionKeys,
} from './session-keys.js';

/** Options of {@link EncryptedSession}. */
export interface EncryptedSessionOptions {
  /** The key for new items first; after it those that older items need. */
  readonly keys: readonly EncryptionKey[];
  /** Milliseconds after which an item is not given any more. It stays stored. Default: never. */
  readonly ttlMs?: number | undefined;
  /** Whether items that are not encrypted are given, too: for a session that was begun without. Default: `false`. */
  readonly allowPlaintext?: boolean | undefined;
  /** Told of items that cannot be opened, which are then passed over. Default: `getItems` throws. */
  readonly onUnreadableItem?: ((error: UserError) => void) | undefined;
  /** The clock, in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/**
 * Any session, with its items encrypted (AES-256-GCM) where they are stored. Whoever reads the store sees how many
 * items there are, how long and of when; whoever writes to it can remove or repeat items, but make or change none.
 * Each session has a key of its own, derived from yours and its id.
 *
 * @example
 * ```ts
 * import { MemorySession } from '@baton/core';
 * import { EncryptedSession } from '@baton/extensions/encrypted-session';
 *
 * const secret = crypto.getRandomValues(new Uint8Array(32)); // once; keep it where you keep secrets
 * export const session = new EncryptedSession(new MemorySession(), {
 *   keys: [{ id: '2026-11', secret }],
 * });
 * ```
 */
export class EncryptedSession implements Session {
  readonly #session: Session;
  readonly #keys: SessionKeys;
  readonly #options: EncryptedSessionOptions;
  readonly #inOrder: InOrder = inOrder();

  /** @throws UserError for keys that are none, or a `ttlMs` that is no number above 0. */
  constructor(session: Session, options: EncryptedSessionOptions) {
    const { ttlMs } = options;
    if (ttlMs !== undefined && !(ttlMs > 0)) {
      throw new UserError(
        `\`ttlMs\` is ${show(ttlMs)}. Pass milliseconds above 0, or leave it out.`,
      );
    }
    this.#session = session;
    this.#keys = sessionKeys(options.keys, () => session.getSessionId());
    this.#options = options;
  }

  getSessionId(): Promise<string> {
    return this.#session.getSessionId();
  }

  /**
   * The newest items up to the limit, oldest first, opened. What is too old is left out, and so is its other half.
   *
   * @throws UserError for an item that cannot be opened, unless there is an `onUnreadableItem`.
   */
  async getItems(limit?: number): Promise<AgentInputItem[]> {
    const wanted = checkLimit(limit);
    if (wanted === 0) return [];
    return this.#inOrder(async () => {
      // Items that are passed over do not count, so that there may be more to ask for.
      for (let count = wanted + 1, before = -1; ; count *= 2) {
        const stored = await this.#session.getItems(limit === undefined ? undefined : count);
        const { places, isCut } = await this.#openAll(stored);
        const readable = places.filter((place) => place !== undefined).length;
        const isAll = count === Number.POSITIVE_INFINITY || stored.length === before;
        if (readable > wanted || isCut || isAll) {
          if (!isCut) return newestWholeItems(places, wanted);
          return newestWholeItems([OLDER, ...places], Math.min(wanted, readable));
        }
        before = stored.length;
      }
    });
  }

  /** Adds items at the end, as the session inside does: all or none. */
  async addItems(items: AgentInputItem[]): Promise<void> {
    checkItems(items);
    const texts = items.map(itemText); // before anything waits: the caller may change its items afterwards
    await this.#inOrder(async () => {
      const keyId = this.#keys.newest;
      const sessionId = await this.#session.getSessionId();
      const key = await this.#keyOf(keyId);
      const sealedAt = this.#now();
      const place = { keyId, sealedAt, sessionId };
      await this.#session.addItems(await Promise.all(texts.map((text) => seal(text, key, place))));
    });
  }

  /**
   * Takes the newest item that is not too old away and returns it.
   *
   * @throws UserError where it cannot be opened; it stays stored.
   */
  popItem(): Promise<AgentInputItem | undefined> {
    return this.#inOrder(async () => {
      const [newest] = await this.#session.getItems(1);
      if (newest !== undefined) {
        if (this.#isTooOld(newest)) return undefined; // as is all before it
        await this.#open(newest); // what cannot be opened is not taken away
      }
      const item = await this.#session.popItem();
      return item === undefined ? undefined : this.#open(item);
    });
  }

  clearSession(): Promise<void> {
    return this.#inOrder(() => this.#session.clearSession());
  }

  /** The items after the last that is too old, opened; nothing for what is passed over. */
  async #openAll(
    items: readonly AgentInputItem[],
  ): Promise<{ readonly places: readonly Place[]; readonly isCut: boolean }> {
    const { onUnreadableItem } = this.#options;
    const from = items.findLastIndex((item) => this.#isTooOld(item)) + 1;
    const places = items.slice(from).map(async (item) => {
      try {
        return await this.#open(item);
      } catch (error) {
        if (onUnreadableItem === undefined || !(error instanceof UserError)) throw error;
        onUnreadableItem(error);
        return undefined;
      }
    });
    return { places: await Promise.all(places), isCut: from > 0 };
  }

  #isTooOld(item: AgentInputItem): boolean {
    const { ttlMs } = this.#options;
    const sealedAt = envelopeOf(item)?.sealedAt;
    return ttlMs !== undefined && sealedAt !== undefined && this.#now() - sealedAt >= ttlMs;
  }

  async #open(item: AgentInputItem): Promise<AgentInputItem> {
    const envelope = envelopeOf(item);
    if (envelope !== undefined) return this.#unsealed(envelope);
    if (this.#options.allowPlaintext === true) return item;
    throw new UserError(
      'A stored item is not encrypted. Set `allowPlaintext` if the session was begun without encryption; else someone wrote to its store.',
    );
  }

  async #unsealed(envelope: Envelope): Promise<AgentInputItem> {
    const key = await this.#keyOf(envelope.keyId);
    const sessionId = await this.#session.getSessionId();
    try {
      const item: unknown = JSON.parse(await unseal(envelope, key, sessionId));
      // Only `addItems` has the key, and it takes items only.
      if (isItemLike(item)) return item as AgentInputItem;
      throw new TypeError('It is no item.');
    } catch (cause) {
      throw new UserError(
        `A stored item does not open with key ${show(envelope.keyId)}: the secret is another one, the item was changed, or it is another session's. It is still stored.`,
        { cause },
      );
    }
  }

  #keyOf(id: string): Promise<SessionKey> {
    const key = this.#keys.find(id);
    if (key !== undefined) return key;
    throw new UserError(
      `A stored item was encrypted with key ${show(id)}, which is not among \`keys\`. Add it after the key for new items.`,
    );
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }
}

/** Stands for what is too old: it was added in another call of `addItems`, so no reasoning belongs to what follows. */
const OLDER: AgentInputItem = { type: 'message', role: 'user', content: '' };
