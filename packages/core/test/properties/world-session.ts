import type { AgentInputItem, Session } from '../../src/index.js';
import { isToolCallResult } from '../../src/item/index.js';
import type { Process } from './process.js';
import type { World } from './world.js';

/** A store that keeps JSON, as a database does, and holds every write to the strict server's laws. */
export class WorldSession {
  readonly #world: World;
  #items: string[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  get items(): AgentInputItem[] {
    return this.#items.map((text) => JSON.parse(text) as AgentInputItem); // what was written
  }

  /** The session as a process reaches it. */
  of(process: Process): Session {
    const wait = (label: string): Promise<void> =>
      process.time.sleep(this.#world.plan.sessionLatency, label);
    // What is only read does no harm when the run does not wait for it any more.
    const reading = { what: 'a read of the session', mayBeLeft: () => true };
    const writing = { what: 'a write to the session', mayBeLeft: () => false };
    return {
      getSessionId: () => Promise.resolve('session'),
      getItems: (limit) =>
        process.during(reading, async () => {
          await wait('session read');
          await process.step();
          return limit === undefined ? this.items : this.items.slice(-limit);
        }),
      addItems: (items) =>
        process.during(writing, async () => {
          await wait('session write');
          await process.step();
          if (this.#world.nextWrite() === this.#world.plan.sessionFails) {
            this.#world.seen('a session that fails');
            throw new Error('The store is out of reach.');
          }
          this.#write(items);
          await process.step();
        }),
      popItem: () => Promise.reject(new Error('not used')),
      clearSession: () => Promise.reject(new Error('not used')),
    };
  }

  #write(items: readonly AgentInputItem[]): void {
    for (const item of items) {
      const text = JSON.stringify(item);
      // No two items of this world are the same; whether there is one output for each call, the server says.
      if (!isToolCallResult(item) && this.#items.includes(text)) {
        this.#world.broken(`the session is given an item twice: ${text}`);
      }
      this.#items.push(text);
    }
    const problem = this.#world.server.problemOf(this.items);
    if (problem !== undefined) this.#world.broken(`the session is no conversation: ${problem}`);
  }
}
