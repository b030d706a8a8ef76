/** Waits for its turn and returns what ends it; rejects with the signal's reason where waiting was cancelled. */
export type Lock = (signal: AbortSignal | undefined) => Promise<() => void>;

/** A lock that is given in the order in which it was asked for. */
export function lockQueue(): Lock {
  let last: Promise<void> = Promise.resolve();
  return async (signal) => {
    const before = last;
    let release = (): void => undefined;
    last = new Promise((resolve) => {
      release = resolve;
    });
    try {
      await orAborted(before, signal);
    } catch (error) {
      void before.then(release); // whoever is next waits for who was before
      throw error;
    }
    return release;
  };
}

function orAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error); // the app's own reason, whatever it is
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    void work.then(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
}
