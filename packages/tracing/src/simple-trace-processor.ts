import { consoleLogger } from '@baton/core';
import type { Logger } from '@baton/core';
import { textOf } from './platform.js';
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
  #last: Promise<void> = Promise.resolve();
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

  forceFlush(): Promise<void> {
    return this.#last;
  }

  shutdown(): Promise<void> {
    this.#shutdown ??= this.#last.then(() => this.#guarded(async () => this.#exporter.close?.()));
    return this.#shutdown;
  }

  #export(item: TracingItem): void {
    if (this.#shutdown !== undefined) return;
    const finished = item.finished();
    this.#last = this.#last.then(() => this.#guarded(() => this.#exporter.export([finished])));
  }

  async #guarded(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#logger.warn(`A tracing exporter failed; the run is not affected: ${textOf(error)}`);
    }
  }
}
