/** How an event stream is read. */
export interface EventStreamOptions {
  /** Called when the last reader leaves before the end. */
  readonly onAbandoned?: () => void;
  /** Events a reader may fall behind before the writer waits for it. */
  readonly highWaterMark?: number;
}

/**
 * Events from one writer to any number of readers. Until the first reader comes, events are kept, so
 * that it misses none, nor do others that come in the same moment; a later reader starts with the oldest event
 * that another has still to read.
 * The writer waits for slow readers, never for absent ones, and for none after `waitForNobody`. An error comes
 * after what was written before it.
 */
export class EventStream<TEvent> {
  readonly #readers = new Set<Reader<TEvent>>();
  readonly #highWaterMark: number;
  readonly #onAbandoned: (() => void) | undefined;
  #backlog: TEvent[] | undefined = [];
  /** All there was when the first reader came, for those who come in the same moment. */
  #opening: TEvent[] | undefined;
  #end: { error?: unknown } | undefined;
  #drained: { promise: Promise<void>; resolve: () => void } | undefined;
  #caughtUp: { promise: Promise<void>; resolve: () => void } | undefined;
  #patient = true;

  constructor(options: EventStreamOptions = {}) {
    this.#highWaterMark = options.highWaterMark ?? 1024;
    this.#onAbandoned = options.onAbandoned;
  }

  /** Hands an event to every reader; a promise where a reader has fallen too far behind. */
  write(event: TEvent): void | Promise<void> {
    if (this.#end !== undefined) return undefined;
    if (this.#backlog !== undefined) {
      this.#backlog.push(event);
      return undefined;
    }
    this.#opening?.push(event);
    let full = false;
    for (const reader of this.#readers) {
      if (reader.push(event) >= this.#highWaterMark) full = true;
    }
    return full && this.#patient ? this.#untilDrained() : undefined;
  }

  /** Ends the stream; readers get what is left first, then the error, if there is one. */
  end(end: { error?: unknown } = {}): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    for (const reader of this.#readers) reader.finish(end);
  }

  /** A new reader. It counts from this call on, even before its first event is asked for. */
  read(): AsyncIterableIterator<TEvent> {
    if (this.#backlog !== undefined) this.#open(this.#backlog);
    const oldest = this.#opening ?? longest(this.#readers);
    const reader: Reader<TEvent> = new Reader<TEvent>(oldest, {
      onTaken: () => this.#release(),
      onWaiting: () => this.#tellCaughtUp(),
      onLeft: () => this.#leave(reader),
    });
    if (this.#end !== undefined) reader.finish(this.#end);
    this.#readers.add(reader);
    return reader;
  }

  /** A promise where a reader has not come back yet for the event after the last one written. */
  caughtUp(): void | Promise<void> {
    if (!this.#isBehind()) return undefined;
    this.#caughtUp ??= deferred();
    return this.#caughtUp.promise;
  }

  /** From now on neither `write` nor `caughtUp` waits for a reader; what it has not read is kept for it. */
  waitForNobody(): void {
    this.#patient = false;
    this.#release();
    this.#tellCaughtUp();
  }

  #open(backlog: TEvent[]): void {
    this.#backlog = undefined;
    this.#opening = backlog;
    void Promise.resolve().then(() => (this.#opening = undefined));
  }

  #isBehind(): boolean {
    if (!this.#patient) return false;
    for (const reader of this.#readers) if (!reader.isWaiting) return true;
    return false;
  }

  #tellCaughtUp(): void {
    if (this.#caughtUp === undefined || this.#isBehind()) return;
    this.#caughtUp.resolve();
    this.#caughtUp = undefined;
  }

  #leave(reader: Reader<TEvent>): void {
    this.#readers.delete(reader);
    this.#release();
    this.#tellCaughtUp();
    if (this.#readers.size === 0 && this.#end === undefined) this.#onAbandoned?.();
  }

  #untilDrained(): Promise<void> {
    this.#drained ??= deferred();
    return this.#drained.promise;
  }

  #isFull(): boolean {
    if (!this.#patient) return false;
    for (const reader of this.#readers) if (reader.size >= this.#highWaterMark) return true;
    return false;
  }

  #release(): void {
    if (this.#drained === undefined) return;
    if (this.#isFull()) return;
    this.#drained.resolve();
    this.#drained = undefined;
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

interface ReaderEvents {
  onTaken(): void;
  onWaiting(): void;
  onLeft(): void;
}

class Reader<TEvent> implements AsyncIterableIterator<TEvent> {
  #queue: TEvent[];
  #head = 0;
  #end: { error?: unknown } | undefined;
  #waiting: { resolve: (result: IteratorResult<TEvent>) => void; reject: (error: unknown) => void }[] = [];
  #left = false;
  readonly #events: ReaderEvents;

  constructor(queue: readonly TEvent[], events: ReaderEvents) {
    this.#queue = [...queue];
    this.#events = events;
  }

  get size(): number {
    return this.#queue.length - this.#head;
  }

  /** Whether it has come for an event that is not written yet. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  get unread(): readonly TEvent[] {
    return this.#queue.slice(this.#head);
  }

  push(event: TEvent): number {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) waiting.resolve({ done: false, value: event });
    else this.#queue.push(event);
    return this.size;
  }

  finish(end: { error?: unknown }): void {
    this.#end = end;
    const [first, ...others] = this.#waiting.splice(0);
    if (first !== undefined) this.#finishWaiting(first);
    for (const waiting of others) waiting.resolve({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<TEvent>> {
    if (this.#head < this.#queue.length) {
      const value = this.#queue[this.#head] as TEvent; // in bounds by the condition above
      this.#head++;
      if (this.#head === this.#queue.length) {
        this.#queue = [];
        this.#head = 0;
      }
      this.#events.onTaken();
      return Promise.resolve({ done: false, value });
    }
    if (this.#left) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) {
        this.#finishWaiting({ resolve, reject });
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#events.onWaiting();
    });
  }

  return(): Promise<IteratorResult<TEvent>> {
    if (!this.#left) {
      this.#left = true;
      this.#queue = [];
      this.#head = 0;
      for (const waiting of this.#waiting.splice(0)) waiting.resolve({ done: true, value: undefined });
      this.#events.onLeft();
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finishWaiting(waiting: {
    resolve: (result: IteratorResult<TEvent>) => void;
    reject: (error: unknown) => void;
  }): void {
    const end = this.#end;
    if (end !== undefined && 'error' in end) {
      // Surfaces once; whoever asks again is told that it is over.
      this.#end = {};
      waiting.reject(end.error);
      this.#left = true;
      return;
    }
    waiting.resolve({ done: true, value: undefined });
  }
}

function longest<TEvent>(readers: ReadonlySet<Reader<TEvent>>): readonly TEvent[] {
  let most: readonly TEvent[] = [];
  for (const reader of readers) if (reader.size > most.length) most = reader.unread;
  return most;
}
