import { systemRuntime } from '../internal/runtime.js';
import type { AgentInputItem } from '../item/index.js';
import type { Session } from './session.js';

/** What a `MemorySession` can be given. */
export interface MemorySessionOptions {
  /** Default: a new unique id. */
  readonly sessionId?: string;
  /** What the conversation starts with; copied. */
  readonly initialItems?: readonly AgentInputItem[];
}

/**
 * A session in this process's memory; for tests, and for conversations that need not last. It keeps copies, as
 * a store elsewhere would: what is done to an item outside stays outside.
 */
export class MemorySession implements Session {
  readonly #id: string;
  #items: AgentInputItem[];

  constructor(options: MemorySessionOptions = {}) {
    this.#id = options.sessionId ?? systemRuntime.newId('session');
    this.#items = structuredClone([...(options.initialItems ?? [])]);
  }

  getSessionId(): Promise<string> {
    return Promise.resolve(this.#id);
  }

  getItems(limit?: number): Promise<AgentInputItem[]> {
    const from = limit === undefined ? 0 : Math.max(0, this.#items.length - Math.max(0, limit));
    return Promise.resolve(structuredClone(this.#items.slice(from)));
  }

  async addItems(items: AgentInputItem[]): Promise<void> {
    const copies = structuredClone(items); // an item that cannot be copied fails here, before any is stored
    for (const copy of copies) this.#items.push(copy);
  }

  popItem(): Promise<AgentInputItem | undefined> {
    return Promise.resolve(this.#items.pop());
  }

  clearSession(): Promise<void> {
    this.#items = [];
    return Promise.resolve();
  }
}
