import { consoleLogger } from '@baton/core';
import type { Logger } from '@baton/core';
import { FinishedSpan } from './finished-span.js';
import { endsWithin, textOf } from './platform.js';
import type { SpanRecord, TraceRecord, TracingItem } from './trace-record.js';
import type { TracingExporter } from './tracing-exporter.js';
import type { TracingProcessor } from './tracing-processor.js';

/** Options of a {@link SimpleTraceProcessor}. */
export interface SimpleTraceProcessorOptions {
  readonly logger?: Logger | undefined;
}

/**
 * Gives the exporter every trace when it starts and every span when it ends, one at a time and at once: for development
 * and tests. In production a `BatchTraceProcessor` sends fewer and larger requests.
 */
export class SimpleTraceProcessor implements TracingProcessor {
  readonly #exporter: TracingExporter;
  readonly #logger: Logger;
  readonly #abort: AbortController = new AbortController();
  #last: Promise<void> = Promise.resolve();
  /** How many are not sent yet. */
  #open = 0;
  #shutdown: Promise<void> | undefined;

  constructor(exporter: TracingExporter, { logger = consoleLogger }: SimpleTraceProcessorOptions = {}) {
    this.#exporter = exporter;
    this.#logger = logger;
  }

  onTraceStart(trace: TraceRecord): void {
    if (this.#exporter.tracesAt !== 'end') this.#export(trace);
  }

  onTraceEnd(trace: TraceRecord): void {
    if (this.#exporter.tracesAt === 'end') this.#export(trace);
  }

  onSpanStart(): void {
    // told at its end
  }

  onSpanEnd(span: SpanRecord): void {
    this.#export(span);
  }

  /** Waits until what is there is sent; at most 30 seconds, where it is not told otherwise. Never rejects. */
  async forceFlush(timeoutMs: number = LONGEST_MS): Promise<void> {
    if (this.#shutdown !== undefined) return this.#shutdown;
    const inTime = this.#open === 0 || (await endsWithin(timeoutMs, this.#last));
    if (!inTime) this.#logger.warn(`Traces were not all sent within ${timeoutMs} ms; the rest is sent later.`);
  }

  /** Waits as long, drops the rest with a warning, and closes the exporter. Once. */
  shutdown(timeoutMs: number = LONGEST_MS): Promise<void> {
    this.#shutdown ??= this.#end(timeoutMs);
    return this.#shutdown;
  }

  async #end(timeoutMs: number): Promise<void> {
    const inTime = this.#open === 0 || (await endsWithin(timeoutMs, this.#last));
    this.#abort.abort(new Error('The time for the shutdown of tracing is over.'));
    if (!inTime) this.#logger.warn(`Tracing was shut down after ${timeoutMs} ms with ${this.#open} traces and spans unsent: they are lost.`);
    await this.#guarded(async () => this.#exporter.close?.());
  }

  #export(item: TracingItem): void {
    if (this.#shutdown !== undefined) return;
    const finished = item.finished();
    // As it is now, whatever becomes of the app's objects until it is its turn.
    if (finished instanceof FinishedSpan) finished.prepare();
    this.#open++;
    this.#last = this.#last.then(async () => {
      if (!this.#abort.signal.aborted) await this.#guarded(() => this.#exporter.export([finished], this.#abort.signal));
      this.#open--;
    });
  }

  async #guarded(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#logger.warn(`A tracing exporter failed; the run is not affected: ${textOf(error)}`);
    }
  }
}

const LONGEST_MS = 30_000;
