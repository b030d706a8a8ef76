/**
 * Carries a value along with the code that runs, also past `await`: what `AsyncLocalStorage` does. Bring one of your own
 * where the platform has something else.
 */
export interface TracingContextStorage<TStore = unknown> {
  run<TResult>(store: TStore, callback: () => TResult): TResult;
  getStore(): TStore | undefined;
  /** Sets the value for the rest of the code that runs now, and what it starts. */
  enterWith(store: TStore | undefined): void;
}

/**
 * The platform's `AsyncLocalStorage` where it has one (Node, Deno, Bun, workers with Node's APIs), else one that knows
 * only synchronous code: there, pass parents by hand past an `await`.
 */
export function platformContextStorage<TStore>(): TracingContextStorage<TStore> {
  const { process } = globalThis as PlatformGlobals; // no types of Node here: the package runs in browsers too
  const AsyncLocalStorage = process?.getBuiltinModule?.('node:async_hooks')?.AsyncLocalStorage;
  if (AsyncLocalStorage === undefined) return new SynchronousStorage<TStore>();
  // The class is generic; what is read off the platform is not.
  return new AsyncLocalStorage() as TracingContextStorage<TStore>;
}

/** Never holds a value of somebody else's: it is gone at the first `await`. */
export class SynchronousStorage<TStore> implements TracingContextStorage<TStore> {
  #store: TStore | undefined;

  run<TResult>(store: TStore, callback: () => TResult): TResult {
    const before = this.#store;
    this.#store = store;
    try {
      return callback();
    } finally {
      this.#store = before;
    }
  }

  getStore(): TStore | undefined {
    return this.#store;
  }

  enterWith(store: TStore | undefined): void {
    this.#store = store;
  }
}

interface PlatformGlobals {
  readonly process?: {
    readonly getBuiltinModule?: (name: string) =>
      | { readonly AsyncLocalStorage?: new () => TracingContextStorage }
      | undefined;
  };
}
