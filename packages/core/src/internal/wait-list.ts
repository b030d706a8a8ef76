import { allSettled } from './all-settled.js';

/** Promises somebody waits for later: what one of them throws is heard at the end, and is never unhandled before. */
export class WaitList {
  readonly #waiting: Promise<void>[] = [];

  add(promise: void | Promise<void>): void {
    if (promise === undefined) return;
    promise.catch(() => undefined);
    this.#waiting.push(promise);
  }

  /** Waits for all so far, if there are any, then throws what the first that failed threw. */
  end(): void | Promise<void> {
    return this.#waiting.length === 0 ? undefined : this.#endAll();
  }

  async #endAll(): Promise<void> {
    await allSettled(this.#waiting.splice(0));
  }
}
