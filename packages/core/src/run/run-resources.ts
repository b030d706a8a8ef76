import { messageOf } from '../error/index.js';
import type { Logger } from '../internal/logger.js';
import type { RunResource } from '../tool/index.js';

/** What the tools of one run have opened, and what is disposed of at its end. */
export class RunResources {
  #byOwner: Map<object, Promise<RunResource<unknown>>> | undefined;
  #open: RunResource<unknown>[] | undefined;
  readonly #logger: Logger;
  #quietSignal: AbortSignal | undefined;
  #over = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** What code of the app listens to in a run that nobody can cancel; the run's own, as listeners stay on it. */
  get quietSignal(): AbortSignal {
    this.#quietSignal ??= new AbortController().signal;
    return this.#quietSignal;
  }

  /** The owner's resource: opened by the first who asks, tried again where that failed. */
  async use<T>(owner: object, open: () => Promise<RunResource<T>>): Promise<T> {
    this.#byOwner ??= new Map();
    let opening = this.#byOwner.get(owner);
    if (opening === undefined) {
      opening = this.#opening(open);
      this.#byOwner.set(owner, opening);
    }
    try {
      const { value } = await opening;
      return value as T; // opened by the same owner
    } catch (error) {
      this.#byOwner.delete(owner);
      throw error;
    }
  }

  /** The run is over: the last opened goes first. What cannot be disposed of is logged, as the run has ended. */
  dispose(): void | Promise<void> {
    this.#over = true;
    return this.#open === undefined ? undefined : this.#disposeAll(this.#open.splice(0));
  }

  async #disposeAll(open: readonly RunResource<unknown>[]): Promise<void> {
    for (const resource of open.toReversed()) await this.#disposeOf(resource);
  }

  async #opening(open: () => Promise<RunResource<unknown>>): Promise<RunResource<unknown>> {
    const resource = await open();
    // A tool whose time was up may still have been opening it.
    if (this.#over) await this.#disposeOf(resource);
    else (this.#open ??= []).push(resource);
    return resource;
  }

  async #disposeOf(resource: RunResource<unknown>): Promise<void> {
    try {
      await resource.dispose?.();
    } catch (error) {
      this.#logger.error(`A resource of the run could not be disposed of: ${messageOf(error)}`);
    }
  }
}
