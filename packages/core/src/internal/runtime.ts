/** Time, ids and waiting: the only way core reaches them, so that an engine can replay a run. */
export interface Runtime {
  /** Milliseconds since the epoch. */
  now(): number;
  /** A new unique id that begins with the prefix. */
  newId(prefix: string): string;
  /** Resolves after the time, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls the function after the time, unless the returned function is called first. */
  startTimer(ms: number, onTime: () => void): () => void;
  /** A random number from 0 up to, not including, 1. */
  random(): number;
}

/** The runtime of the platform: any with `crypto` and timers. */
export const systemRuntime: Runtime = {
  now: () => Date.now(),
  newId: (prefix) => `${prefix}_${crypto.randomUUID().replaceAll('-', '')}`,
  random: () => Math.random(),
  startTimer: (ms, onTime) => {
    const timer = setTimeout(onTime, ms);
    return () => clearTimeout(timer);
  },
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};
