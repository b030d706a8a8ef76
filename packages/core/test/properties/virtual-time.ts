interface Timer {
  readonly at: number;
  readonly label: string;
  readonly order: number;
  readonly onTime: () => void;
}

/**
 * Time that passes only when the test says so. Waits end one by one: the earliest first, and those that end
 * at the same time in the order of their labels, so that no order depends on the machine or on how many
 * microtasks came before.
 */
export class VirtualTime {
  now = 0;
  /** How many waits have ended. */
  ticks = 0;
  readonly #timers = new Set<Timer>();
  #count = 0;

  startTimer(ms: number, onTime: () => void, label = ''): () => void {
    const timer = { at: this.now + Math.max(0, ms), label, order: this.#count++, onTime };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Resolves after the time, or rejects with the signal's reason. */
  sleep(ms: number, label: string, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason as Error); // whatever the run aborted with
        return;
      }
      const onAbort = (): void => {
        stop();
        reject(signal?.reason as Error); // see above
      };
      const stop = this.startTimer(
        ms,
        () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        },
        label,
      );
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Ends the next wait; `false` where nothing waits. */
  tick(): boolean {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (next === undefined || isBefore(timer, next)) next = timer;
    }
    if (next === undefined) return false;
    this.#timers.delete(next);
    this.now = next.at;
    this.ticks++;
    next.onTime();
    return true;
  }

  /** Lets time pass until the work is done; `false` where the work waits for something that never comes. */
  async passUntil(work: Promise<unknown>): Promise<boolean> {
    let done = false;
    const finish = (): void => {
      done = true;
    };
    work.then(finish, finish);
    for (;;) {
      await allSettled();
      if (done) return true;
      if (!this.tick()) return false;
    }
  }

  /** Lets all time pass that anybody waits for. */
  async passAll(): Promise<void> {
    do await allSettled();
    while (this.tick());
  }
}

/** Puts this time in place of the platform's, for tools with a time limit; the returned function ends that. */
export function installTime(time: VirtualTime): () => void {
  const { setTimeout, clearTimeout } = globalThis;
  const stops = new Map<unknown, () => void>();
  Object.assign(globalThis, {
    setTimeout: (onTime: () => void, ms: number) => {
      const handle = Symbol('timer');
      stops.set(handle, time.startTimer(ms, onTime, 'platform timer'));
      return handle;
    },
    clearTimeout: (handle: unknown) => stops.get(handle)?.(),
  });
  return () => void Object.assign(globalThis, { setTimeout, clearTimeout });
}

/** Everything that can go on without time has gone on: a macrotask begins when no microtask is left. */
function allSettled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isBefore(a: Timer, b: Timer): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.label !== b.label) return a.label < b.label;
  return a.order < b.order;
}
