import { type AgentInputItem, MemorySession, type Session } from '@baton/core';

/** Reads and writes JSON with a pause before each, as a store does. */
class JsonSession implements Session {
  protected rows: string[] = [];
  readonly #id = crypto.randomUUID();

  getSessionId(): Promise<string> {
    return Promise.resolve(this.#id);
  }

  async getItems(limit?: number): Promise<AgentInputItem[]> {
    await pause();
    return this.newest(limit).map(parse);
  }

  async addItems(items: AgentInputItem[]): Promise<void> {
    const rows = items.map((item) => JSON.stringify(item));
    await pause();
    this.rows.push(...rows);
  }

  async popItem(): Promise<AgentInputItem | undefined> {
    await pause();
    const row = this.rows.pop();
    return row === undefined ? undefined : parse(row);
  }

  async clearSession(): Promise<void> {
    await pause();
    this.rows = [];
  }

  protected newest(limit = Infinity): string[] {
    return limit === 0 ? [] : this.rows.slice(-limit);
  }
}

class SharesItems extends MemorySession {
  readonly #items: AgentInputItem[] = [];
  override getItems = (limit = Infinity) =>
    Promise.resolve(limit === 0 ? [] : this.#items.slice(-limit));
  override addItems = (items: AgentInputItem[]) => Promise.resolve(void this.#items.push(...items));
  override popItem = () => Promise.resolve(this.#items.pop());
  override clearSession = () => Promise.resolve(void this.#items.splice(0));
}

/** `slice(-0)` is everything. */
class NegativeZero extends JsonSession {
  protected override newest(limit = Infinity): string[] {
    return this.rows.slice(-limit);
  }
}

class OldestFirst extends JsonSession {
  protected override newest(limit = Infinity): string[] {
    return this.rows.slice(0, limit);
  }
}

class RowByRow extends JsonSession {
  override async addItems(items: AgentInputItem[]): Promise<void> {
    for (const item of items) await super.addItems([item]);
  }
}

class ReadThenWrite extends JsonSession {
  override async addItems(items: AgentInputItem[]): Promise<void> {
    const before = await this.getItems();
    await pause();
    this.rows = [...before, ...items].map((item) => JSON.stringify(item));
  }
}

class PeekThenDelete extends JsonSession {
  override async popItem(): Promise<AgentInputItem | undefined> {
    const newest = (await this.getItems(1))[0];
    await super.popItem();
    return newest;
  }
}

class KnownColumnsOnly extends JsonSession {
  override addItems(items: AgentInputItem[]): Promise<void> {
    return super.addItems(items.map(({ providerData: _data, ...item }) => item as AgentInputItem));
  }
}

class UniqueRows extends JsonSession {
  override async addItems(items: AgentInputItem[]): Promise<void> {
    await super.addItems(items);
    this.rows = [...new Set(this.rows)];
  }
}

class Utf8Columns extends JsonSession {
  override addItems(items: AgentInputItem[]): Promise<void> {
    const text = JSON.stringify(items).replaceAll(/\\u(0000|d[89a-f][0-9a-f]{2})/g, '\\ufffd');
    return super.addItems(JSON.parse(text) as AgentInputItem[]); // as JSON has it
  }
}

class LatinColumns extends JsonSession {
  override addItems(items: AgentInputItem[]): Promise<void> {
    const text = JSON.stringify(items).replaceAll(/[\u0100-\uffff]/g, '?');
    return super.addItems(JSON.parse(text) as AgentInputItem[]); // as JSON has it
  }
}

class SmallColumns extends JsonSession {
  override addItems(items: AgentInputItem[]): Promise<void> {
    if (JSON.stringify(items).length > 65_535) return Promise.reject(new Error('row too large'));
    return super.addItems(items);
  }
}

/** Each mistake, and every law it breaks. */
export const brokenSessions: readonly (readonly [what: string, make: () => Session, string[]])[] = [
  ['is right', () => new JsonSession(), []],
  [
    'shares its items',
    () => new SharesItems(),
    [
      'an item that was passed can change afterwards',
      'what was returned can change without changing the session',
      'a failed addItems adds nothing, and can be tried again',
    ],
  ],
  ['takes 0 for no limit', () => new NegativeZero(), ['a limit of 0 gives no items']],
  [
    'gives the oldest',
    () => new OldestFirst(),
    ['a limit gives the newest items, oldest of them first', 'a thousand items are added at once'],
  ],
  [
    'adds row by row',
    () => new RowByRow(),
    [
      'the list that was passed can change afterwards',
      'a failed addItems adds nothing, and can be tried again',
      'batches that are added at once are kept whole, and none is lost',
      'batches that two sessions add to one conversation are kept whole',
      'a reader sees a batch whole or not at all',
    ],
  ],
  [
    'reads, then writes',
    () => new ReadThenWrite(),
    [
      'the list that was passed can change afterwards',
      'batches that are added at once are kept whole, and none is lost',
      'batches that two sessions add to one conversation are kept whole',
    ],
  ],
  [
    'peeks, then deletes',
    () => new PeekThenDelete(),
    ['two that pop at once never get the same item'],
  ],
  [
    'loses providerData',
    () => new KnownColumnsOnly(),
    [
      'items of every kind come back as they were, with their providerData',
      'an item that was passed can change afterwards',
      'what was returned can change without changing the session',
    ],
  ],
  ['keeps equal items once', () => new UniqueRows(), ['equal items are kept apart']],
  ['keeps no NUL', () => new Utf8Columns(), ['a NUL and half a character come back as they were']],
  ['keeps Latin only', () => new LatinColumns(), ['any text comes back as it was']],
  ['keeps no big items', () => new SmallColumns(), ['a big item comes back as it was']],
];

function parse(row: string): AgentInputItem {
  return JSON.parse(row) as AgentInputItem; // written by addItems
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
