import type { Logger } from '@baton/core';
import { textOf } from './platform.js';
import type { SpanRecord, TraceRecord } from './trace-record.js';
import type { TracingProcessor } from './tracing-processor.js';

/**
 * Tells several processors, in the order they were added. What one of them throws is logged, and neither another nor the
 * run sees it.
 */
export class MultiTracingProcessor implements TracingProcessor {
  /** Whether one of the processors wraps what happens inside a span. */
  hasInside = false;
  #processors: readonly TracingProcessor[] = [];
  #started = false;
  /** Those that have failed: the first failure of each is a warning, as the next may come with every span. */
  readonly #failed = new Set<TracingProcessor>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get processors(): readonly TracingProcessor[] {
    return this.#processors;
  }

  addTraceProcessor(processor: TracingProcessor): void {
    this.#set([...this.#processors, processor]);
  }

  /** From now on these are told and no others; the ones before are shut down, and send what they have. */
  setProcessors(processors: readonly TracingProcessor[]): void {
    const before = this.#processors.filter((each) => !processors.includes(each));
    this.#set([...processors]);
    for (const each of before) void this.#wait(each, () => each.shutdown());
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    for (const each of this.#processors) this.#tell(each, () => each.start?.());
  }

  onTraceStart(trace: TraceRecord): void {
    for (const each of this.#processors) this.#tell(each, () => each.onTraceStart(trace));
  }

  onTraceResume(trace: TraceRecord): void {
    for (const each of this.#processors) this.#tell(each, () => each.onTraceResume?.(trace));
  }

  onTraceEnd(trace: TraceRecord): void {
    for (const each of this.#processors) this.#tell(each, () => each.onTraceEnd(trace));
  }

  onSpanStart(span: SpanRecord): void {
    for (const each of this.#processors) {
      try {
        const told = each.onSpanStart(span);
        if (told !== undefined) this.#watch(each, told);
      } catch (error) {
        this.#note(each, error);
      }
    }
  }

  onSpanEnd(span: SpanRecord): void {
    for (const each of this.#processors) {
      try {
        const told = each.onSpanEnd(span);
        if (told !== undefined) this.#watch(each, told);
      } catch (error) {
        this.#note(each, error);
      }
    }
  }

  /** A processor that throws instead of calling the function does not keep it from being called. */
  runInside<T>(item: TraceRecord | SpanRecord, fn: () => T): T {
    return this.#processors.reduceRight<() => T>(
      (inside, each) => (each.runInside === undefined ? inside : () => this.#runInside(each, item, inside)),
      fn,
    )();
  }

  async forceFlush(timeoutMs?: number): Promise<void> {
    await Promise.all(this.#processors.map((each) => this.#wait(each, () => each.forceFlush(timeoutMs))));
  }

  async shutdown(timeoutMs?: number): Promise<void> {
    await Promise.all(this.#processors.map((each) => this.#wait(each, () => each.shutdown(timeoutMs))));
  }

  #set(processors: readonly TracingProcessor[]): void {
    const added = processors.filter((each) => !this.#processors.includes(each));
    this.#processors = processors;
    this.hasInside = processors.some((each) => each.runInside !== undefined);
    if (this.#started) for (const each of added) this.#tell(each, () => each.start?.());
  }

  #tell(processor: TracingProcessor, tell: () => void | Promise<void>): void {
    try {
      const told = tell();
      if (told !== undefined) this.#watch(processor, told);
    } catch (error) {
      this.#note(processor, error);
    }
  }

  #watch(processor: TracingProcessor, told: void | Promise<unknown>): void {
    Promise.resolve(told).catch((error: unknown) => this.#note(processor, error));
  }

  async #wait(processor: TracingProcessor, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#note(processor, error);
    }
  }

  #runInside<T>(processor: TracingProcessor, item: TraceRecord | SpanRecord, fn: () => T): T {
    const given: Given<T>[] = [];
    const inside = (): T => {
      try {
        const value = fn();
        given.push({ ok: true, value });
        return value;
      } catch (error) {
        given.push({ ok: false, error });
        throw error;
      }
    };
    try {
      const returned: unknown = processor.runInside?.(item, inside);
      // What it returns is not what counts; a promise of its own may still fail.
      if (returned instanceof Promise && !given.some((each) => each.ok && each.value === returned)) this.#watch(processor, returned);
    } catch (error) {
      if (given[0]?.ok !== false) this.#note(processor, error);
    }
    const [first] = given;
    if (first === undefined) return fn();
    if (first.ok) return first.value;
    throw first.error;
  }

  #note(processor: TracingProcessor, error: unknown): void {
    const text = `A tracing processor failed; the run is not affected: ${textOf(error)}`;
    if (this.#failed.has(processor)) {
      this.#logger.debug(text);
      return;
    }
    this.#failed.add(processor);
    this.#logger.warn(`${text} (Further failures of this processor are logged at level debug.)`);
  }
}

/** What came of a function. */
type Given<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };
