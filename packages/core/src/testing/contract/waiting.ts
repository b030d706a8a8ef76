import { systemRuntime } from '../../internal/runtime.js';

/** The promise, or a failure that says what did not happen in time: a hanging test says nothing. */
export function within<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = systemRuntime.startTimer(ms, () =>
      reject(new Error(`Expected that ${what}; ${ms} ms later it still has not.`)),
    );
    promise.then(resolve, reject).finally(stop);
  });
}

/** Waits until the condition holds. */
export async function until(holds: () => boolean, ms: number, what: string): Promise<void> {
  const end = systemRuntime.now() + ms;
  while (!holds()) {
    if (systemRuntime.now() > end) {
      throw new Error(`Expected that ${what}; ${ms} ms later it still has not.`);
    }
    await systemRuntime.sleep(2);
  }
}
