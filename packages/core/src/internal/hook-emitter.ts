/** Argument lists by event name. */
export type HookMap = Record<string, readonly unknown[]>;

/** A hook; what it returns is awaited before the run goes on, what it throws ends the run. */
export type HookListener<TArgs extends readonly unknown[]> = (
  ...args: TArgs
) => void | Promise<void>;

/**
 * Listeners by event name, called in the order they were added, each awaited.
 * Works where there is no Node: browsers, workers, edge functions.
 */
export class HookEmitter<TEvents extends HookMap> {
  #listeners: Map<keyof TEvents, HookListener<never>[]> | undefined;

  /** Adds a listener. */
  on<K extends keyof TEvents>(type: K, listener: HookListener<TEvents[K]>): this {
    this.#listeners ??= new Map();
    const list = this.#listeners.get(type);
    if (list === undefined) this.#listeners.set(type, [listener]);
    else list.push(listener);
    return this;
  }

  /** Removes a listener. */
  off<K extends keyof TEvents>(type: K, listener: HookListener<TEvents[K]>): this {
    const list = this.#listeners?.get(type);
    const index = list?.findIndex((each) => each === listener || onceOriginal(each) === listener);
    if (list !== undefined && index !== undefined && index >= 0) list.splice(index, 1);
    return this;
  }

  /** Adds a listener that is called once. */
  once<K extends keyof TEvents>(type: K, listener: HookListener<TEvents[K]>): this {
    // Runs at the same time may each have it on their list already.
    let called = false;
    const wrapped = Object.assign(
      (...args: TEvents[K]) => {
        if (called) return undefined;
        called = true;
        this.off(type, wrapped);
        return listener(...args);
      },
      { original: listener },
    );
    return this.on(type, wrapped);
  }

  /** Whether anybody listens. */
  hasListeners(type: keyof TEvents): boolean {
    return (this.#listeners?.get(type)?.length ?? 0) > 0;
  }

  /** Calls the listeners one after the other; nothing to await where there are none. */
  emit<K extends keyof TEvents>(type: K, ...args: TEvents[K]): void | Promise<void> {
    const list = this.#listeners?.get(type);
    if (list === undefined || list.length === 0) return undefined;
    // The map's values are typed by `on`; TypeScript cannot tie a value's type to its key.
    return callInOrder([...list] as unknown as HookListener<TEvents[K]>[], args);
  }
}

async function callInOrder<TArgs extends readonly unknown[]>(
  listeners: readonly HookListener<TArgs>[],
  args: TArgs,
): Promise<void> {
  for (const listener of listeners) await listener(...args);
}

function onceOriginal(listener: unknown): unknown {
  return typeof listener === 'function' && 'original' in listener ? listener.original : undefined;
}
