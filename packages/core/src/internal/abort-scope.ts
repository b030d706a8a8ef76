import { isPromise } from './is-promise.js';
import { toText } from './json.js';

/** A signal of one's own below others: aborts with them, can be aborted alone, must be closed. */
export class AbortScope {
  readonly #controller = new AbortController();
  #closers: (() => void)[] | undefined;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  follow(outer: AbortSignal): void {
    if (outer.aborted) {
      this.abort(outer.reason);
      return;
    }
    const onAbort = (): void => this.abort(outer.reason);
    outer.addEventListener('abort', onAbort, { once: true });
    this.onClose(() => outer.removeEventListener('abort', onAbort));
  }

  onClose(closer: () => void): void {
    this.#closers ??= [];
    this.#closers.push(closer);
  }

  /** Lets go of the outer signals, so that a long-lived one does not collect listeners. */
  close(): void {
    if (this.#closers === undefined) return;
    for (const close of this.#closers) close();
  }
}

/** Opens a scope below the outer signals; closed ones no longer follow them. */
export function openAbortScope(...outer: readonly (AbortSignal | undefined)[]): AbortScope {
  const scope = new AbortScope();
  for (const signal of outer) {
    if (signal !== undefined && !scope.signal.aborted) scope.follow(signal);
  }
  return scope;
}

/**
 * The promise, or a rejection with the signal's reason as soon as it aborts: for code that may not
 * listen to its signal. The promise itself is left running; its later failure is not unhandled. What is there
 * already is given back as it is, and so is everything where nothing can abort.
 */
export function orAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T>;
export function orAbort<T>(promise: T | PromiseLike<T>, signal: AbortSignal | undefined): T | PromiseLike<T>;
export function orAbort<T>(promise: T | PromiseLike<T>, signal: AbortSignal | undefined): T | PromiseLike<T> {
  if (signal === undefined) return promise;
  if (signal.aborted) {
    if (isPromise(promise)) promise.then(undefined, () => undefined);
    return Promise.reject(toRejection(signal.reason));
  }
  if (!isPromise(promise)) return promise;
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(toRejection(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(
      (value) => {
        signal.removeEventListener('abort', onAbort);
        resolve(value);
      },
      (error: unknown) => {
        signal.removeEventListener('abort', onAbort);
        // As it is, also where it is no Error: what is thrown may not depend on whether there is a signal.
        reject(error);
      },
    );
  });
}

function toRejection(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(toText(reason), { cause: reason });
}
