import { systemRuntime } from '../internal/runtime.js';
import type { AgentInputItem } from '../item/index.js';
import type { Session } from './session.js';

/** What a `MemorySession` can be given. */
export interface MemorySessionOptions {
  /** Default: a new unique id. */
  readonly sessionId?: string;
  /** What the conversation starts with; the list is copied. */
  readonly initialItems?: readonly AgentInputItem[];
}

/** A session in this process's memory; for tests, and for conversations that need not last. */
export class MemorySession implements Session {
  readonly #id: string;
  #items: AgentInputItem[];

  constructor(options: MemorySessionOptions = {}) {
    this.#id = options.sessionId ?? systemRuntime.newId('session');
    this.#items = [...(options.initialItems ?? [])];
  }

  getSessionId(): Promise<string> {
    return Promise.resolve(this.#id);
  }

  getItems(limit?: number): Promise<AgentInputItem[]> {
    const from = limit === undefined ? 0 : Math.max(0, this.#items.length - Math.max(0, limit));
    return Promise.resolve(this.#items.slice(from));
  }

  addItems(items: AgentInputItem[]): Promise<void> {
    for (const item of items) this.#items.push(item);
    return Promise.resolve();
  }

  popItem(): Promise<AgentInputItem | undefined> {
    return Promise.resolve(this.#items.pop());
  }

  clearSession(): Promise<void> {
    this.#items = [];
    return Promise.resolve();
  }
}
