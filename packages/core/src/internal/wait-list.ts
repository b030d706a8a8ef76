import { allSettled } from './all-settled.js';

/** Promises somebody waits for later: what one of them throws is heard at the end, and is never unhandled before. */
export class WaitList {
  readonly #waiting: Promise<void>[] = [];

  add(promise: void | Promise<void>): void {
    if (promise === undefined) return;
    promise.catch(() => undefined);
    this.#waiting.push(promise);
  }

  /** Waits for all so far, then throws what the first that failed threw. */
  async end(): Promise<void> {
    await allSettled(this.#waiting.splice(0));
  }
}
