import type { RunMemory } from '../model/index.js';

/** Room that costs nothing before somebody uses it: a server holds many runs, and most models remember nothing. */
export class LazyRunMemory implements RunMemory {
  #byOwner: Map<unknown, unknown> | undefined;

  get(owner: unknown): unknown {
    return this.#byOwner?.get(owner);
  }

  set(owner: unknown, value: unknown): void {
    this.#byOwner ??= new Map();
    this.#byOwner.set(owner, value);
  }
}
