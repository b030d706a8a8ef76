import { isPromise } from './is-promise.js';

/** The values of some work, of which some may take time. */
export type Settled<T extends readonly unknown[]> = { -readonly [K in keyof T]: Awaited<T[K]> };

/**
 * All values, or the first failure in their order once every one has ended: nothing is left running behind.
 * Nothing to await where no work takes time.
 */
export function allSettled<const T extends readonly unknown[]>(work: T): Settled<T> | Promise<Settled<T>> {
  // Without a promise among them the values are what awaiting them would give.
  return work.some(isPromise) ? settle(work) : (work as Settled<T>);
}

async function settle<T extends readonly unknown[]>(work: T): Promise<Settled<T>> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
