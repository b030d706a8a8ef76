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
  // Split and joined is one flat text; replaced, it is a tree of nine.
  newId: (prefix) => `${prefix}_${crypto.randomUUID().split('-').join('')}`,
  random: () => Math.random(),
  startTimer: startLongTimer,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        stopTimer();
        reject(signal?.reason);
      };
      const stopTimer = startLongTimer(ms, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
};

/** The longest time that the platform's timers know; anything above fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** A timer for any time, also for none that ever ends. */
function startLongTimer(ms: number, onTime: () => void): () => void {
  if (ms === Number.POSITIVE_INFINITY) return () => undefined;
  let stop: () => void;
  const wait = (left: number): void => {
    const next = Math.min(left, LONGEST_MS);
    const timer = setTimeout(() => (left > next ? wait(left - next) : onTime()), next);
    stop = () => clearTimeout(timer);
  };
  wait(ms);
  return () => stop();
}
