import { type AgentInputItem, ModelRequestError } from '@baton/core/model';
import {
  type ClientSource,
  clientSource,
  type JsonRecord,
  type OpenAIClientLike,
  type OpenAIClientOptions,
  recordsOf,
  requireClientAlone,
  textOf,
} from '@baton/openai-shared';
import { fromConversationItems, toConversationItems } from './conversation-items.js';
import { type InOrder, inOrder } from './in-order.js';
import { restCall } from './rest-client.js';

/** Options of {@link OpenAIConversationsSession}; the client's own are as everywhere. */
export interface OpenAIConversationsSessionOptions extends OpenAIClientOptions {
  /** A conversation that is there already. Default: one is created when the first item is stored. */
  readonly conversationId?: string | undefined;
  /** A client of the `openai` package, 6 or 7. Not together with the client's options. */
  readonly client?: OpenAIClientLike | undefined;
}

/**
 * A session whose items are in a conversation of OpenAI's Conversations API. Use it where the history shall live with
 * OpenAI, but each request shall still carry it; to have requests carry only what is new, run with `conversationId`.
 *
 * It holds what that API can hold: what only other providers understand is left out, and ids are the API's own.
 * A batch of more than 20 items takes several calls, and is taken back where one of them fails.
 *
 * @example
 * ```ts
 * import { Agent, Runner } from '@baton/core';
 * import { OpenAIConversationsSession, OpenAIResponsesProvider } from '@baton/openai-responses';
 *
 * const runner = new Runner({ modelProvider: new OpenAIResponsesProvider() });
 * const session = new OpenAIConversationsSession();
 * await runner.run(new Agent({ name: 'Guide' }), 'Hello', { session });
 * ```
 */
export class OpenAIConversationsSession {
  readonly #client: ClientSource;
  readonly #inOrder: InOrder = inOrder();
  #creating: Promise<string> | undefined;
  #id: string | undefined;

  /** @throws UserError where a client comes together with options that only a new one could follow. */
  constructor(options: OpenAIConversationsSessionOptions = {}) {
    const { conversationId, client, ...rest } = options;
    if (client !== undefined) requireClientAlone('OpenAIConversationsSession', 'client', rest);
    this.#client = clientSource(client ?? rest);
    this.#id = conversationId;
  }

  /** The conversation's id; `undefined` until there is one. */
  get sessionId(): string | undefined {
    return this.#id;
  }

  /** The conversation's id; creates one where there is none [SES-15]. */
  getSessionId(): Promise<string> {
    if (this.#id !== undefined) return Promise.resolve(this.#id);
    this.#creating ??= this.#create().finally(() => {
      this.#creating = undefined;
    });
    return this.#creating;
  }

  /** The newest items up to the limit, oldest first; makes no call for a limit of 0 [SES-12]. */
  getItems(limit?: number): Promise<AgentInputItem[]> {
    return this.#inOrder(async () => {
      if (this.#id === undefined || (limit !== undefined && limit <= 0)) return [];
      return fromConversationItems((await this.#newest(this.#id, limit)).reverse());
    });
  }

  /** Adds items at the end, all or none [SES-14]; adding none creates no conversation [SES-19]. */
  async addItems(items: AgentInputItem[]): Promise<void> {
    // Read before anything waits, so that the caller may change its list and items afterwards.
    const wires = toConversationItems(items).map((wire) => structuredClone(wire));
    await this.#inOrder(() => this.#add(wires));
  }

  /** Takes the newest item away and returns it. */
  popItem(): Promise<AgentInputItem | undefined> {
    return this.#inOrder(async () => {
      const id = this.#id;
      if (id === undefined) return undefined;
      const [newest] = await this.#newest(id, 1);
      if (newest === undefined) return undefined;
      await this.#call(
        'delete',
        `${itemsOf(id)}/${encodeURIComponent(textOf(newest, 'id') ?? '')}`,
      );
      return fromConversationItems([newest])[0];
    });
  }

  /** Deletes the conversation; the next item begins another one. Where that fails, its id stays [SES-19]. */
  clearSession(): Promise<void> {
    return this.#inOrder(async () => {
      if (this.#id === undefined) return;
      try {
        await this.#call('delete', pathOf(this.#id));
      } catch (error) {
        if (!(error instanceof ModelRequestError && error.statusCode === 404)) throw error;
      }
      this.#id = undefined;
    });
  }

  async #create(): Promise<string> {
    const id = textOf(await this.#call('post', '/conversations', {}), 'id');
    if (id === undefined) {
      throw new ModelRequestError(
        'A conversation was created, but the answer has no `id`. Check that the server offers the Conversations API.',
        { errorCode: 'not_a_conversation' },
      );
    }
    this.#id = id;
    return id;
  }

  async #add(wires: readonly JsonRecord[]): Promise<void> {
    if (wires.length === 0) return;
    const id = await this.getSessionId();
    const added: string[] = [];
    try {
      for (let from = 0; from < wires.length; from += MOST_ITEMS) {
        const items = wires.slice(from, from + MOST_ITEMS);
        const path = itemsOf(id);
        const call = { method: 'post', path, body: { items }, mayArriveOnce: true } as const;
        const list = await restCall(this.#client, call);
        for (const item of recordsOf(list, 'data')) added.push(textOf(item, 'id') ?? '');
      }
    } catch (error) {
      for (const item of added.reverse()) {
        // Of two failures the first is the one to know of.
        await this.#call('delete', `${itemsOf(id)}/${item}`).catch(() => undefined);
      }
      throw error;
    }
  }

  /** The newest items up to the limit, newest first. */
  async #newest(id: string, limit = Number.POSITIVE_INFINITY): Promise<JsonRecord[]> {
    const items: JsonRecord[] = [];
    let after = '';
    while (items.length < limit) {
      const query = `limit=${Math.min(BIGGEST_PAGE, limit - items.length)}&order=desc${after}`;
      const page = await this.#call('get', `${itemsOf(id)}?${query}`);
      items.push(...recordsOf(page, 'data'));
      const last = textOf(page, 'last_id');
      if (page['has_more'] !== true || !last) break;
      after = `&after=${encodeURIComponent(last)}`;
    }
    return items;
  }

  #call(method: 'get' | 'post' | 'delete', path: string, body?: JsonRecord): Promise<JsonRecord> {
    return restCall(this.#client, { method, path, ...(body !== undefined && { body }) });
  }
}

function pathOf(id: string): string {
  return `/conversations/${encodeURIComponent(id)}`;
}

function itemsOf(id: string): string {
  return `${pathOf(id)}/items`;
}

/** The most items that one call may add. */
const MOST_ITEMS = 20;
/** The most items that one call may list. */
const BIGGEST_PAGE = 100;
