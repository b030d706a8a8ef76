import { toText } from './json.js';

/** A signal of one's own below another: aborts with it, can be aborted alone, must be closed. */
export interface AbortScope {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  /** Lets go of the outer signal, so that a long-lived one does not collect listeners. */
  close(): void;
}

/** Opens a scope below the outer signals; closed ones no longer follow them. */
export function openAbortScope(...outer: readonly (AbortSignal | undefined)[]): AbortScope {
  const controller = new AbortController();
  const closers: (() => void)[] = [];
  for (const signal of outer) {
    if (signal === undefined) continue;
    if (signal.aborted) {
      controller.abort(signal.reason);
      break;
    }
    const onAbort = (): void => controller.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    closers.push(() => signal.removeEventListener('abort', onAbort));
  }
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    close: () => {
      for (const close of closers) close();
    },
  };
}

/**
 * The promise, or a rejection with the signal's reason as soon as it aborts: for code that may not
 * listen to its signal. The promise itself is left running; its later failure is not unhandled. What is there
 * already is given back as it is.
 */
export function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T>;
export function orAbort<T>(promise: T | Promise<T>, signal: AbortSignal): T | Promise<T>;
export function orAbort<T>(promise: T | Promise<T>, signal: AbortSignal): T | Promise<T> {
  if (signal.aborted) {
    if (promise instanceof Promise) promise.catch(() => undefined);
    return Promise.reject(toRejection(signal.reason));
  }
  if (!(promise instanceof Promise)) return promise;
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
        reject(toRejection(error));
      },
    );
  });
}

function toRejection(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(toText(reason), { cause: reason });
}
