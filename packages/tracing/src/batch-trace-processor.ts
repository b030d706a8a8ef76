import { consoleLogger } from '@baton/core';
import type { Logger } from '@baton/core';
import { FinishedSpan } from './finished-span.js';
import { endsWithin, sleepQuietly, startQuietTimer, textOf } from './platform.js';
import { RedactionMemory } from './redaction-memory.js';
import type { SpanRecord, TraceRecord, TracingItem } from './trace-record.js';
import type { TracingExporter } from './tracing-exporter.js';
import type { TracingProcessor } from './tracing-processor.js';

/** Options of a {@link BatchTraceProcessor}; the defaults are those of OpenAI's SDK for Python [TR-33]. */
export interface BatchTraceProcessorOptions {
  /** Most traces and spans that wait; what comes to a full queue is dropped, with a warning. Default 8192. */
  readonly maxQueueSize?: number | undefined;
  /** Most traces and spans in one call of the exporter. Default 128. */
  readonly maxBatchSize?: number | undefined;
  /** Milliseconds from the first that waits until they are sent. Default 5000. */
  readonly scheduleDelay?: number | undefined;
  /** The share of a full queue at which it is sent at once. Default 0.7. */
  readonly exportTriggerRatio?: number | undefined;
  /** Milliseconds that a shutdown may take, where it is not told otherwise. Default 30,000. */
  readonly shutdownTimeout?: number | undefined;
  readonly logger?: Logger | undefined;
}

/**
 * Collects traces and spans and gives them to an exporter in batches, behind the run's back: nothing waits for it, and
 * no timer of it keeps the process alive. Call `shutdown()` where a process is ended by hand.
 *
 * @example
 * ```ts
 * import { BatchTraceProcessor, createTracing, type Tracing, type TracingExporter } from '@baton/tracing';
 *
 * export function traceTo(exporter: TracingExporter): Tracing {
 *   return createTracing({ processors: [new BatchTraceProcessor(exporter, { scheduleDelay: 1_000 })] });
 * }
 * ```
 */
export class BatchTraceProcessor implements TracingProcessor {
  readonly #exporter: TracingExporter;
  readonly #logger: Logger;
  readonly #maxQueueSize: number;
  readonly #maxBatchSize: number;
  readonly #scheduleDelay: number;
  readonly #triggerSize: number;
  readonly #shutdownTimeout: number;
  readonly #abort: AbortController = new AbortController();
  #queue: TracingItem[] = [];
  /** How many of the queue have been sent already. */
  #sent = 0;
  #dropped = 0;
  /** Whether the clock has been looked at since there was room in the queue last. */
  #isFull = false;
  #warnedAt = Number.NEGATIVE_INFINITY;
  /** Whether the exporter looks at what it gets; one that does not is spared the work. */
  #isRead = true;
  #stopTimer: (() => void) | undefined;
  #soon = false;
  #draining: Promise<void> | undefined;
  #shutdown: Promise<void> | undefined;

  constructor(exporter: TracingExporter, options: BatchTraceProcessorOptions = {}) {
    this.#exporter = exporter;
    this.#logger = options.logger ?? consoleLogger;
    this.#maxQueueSize = atLeastOne(options.maxQueueSize ?? 8_192);
    this.#maxBatchSize = atLeastOne(options.maxBatchSize ?? 128);
    this.#scheduleDelay = options.scheduleDelay ?? 5_000;
    this.#triggerSize = atLeastOne(Math.floor(this.#maxQueueSize * (options.exportTriggerRatio ?? 0.7)));
    this.#shutdownTimeout = options.shutdownTimeout ?? 30_000;
  }

  /** A trace is queued as it starts, unless the exporter wants it whole [TR-34]. */
  onTraceStart(trace: TraceRecord): void {
    if (this.#exporter.tracesAt !== 'end') this.#enqueue(trace);
  }

  onTraceEnd(trace: TraceRecord): void {
    if (this.#exporter.tracesAt === 'end') this.#enqueue(trace);
  }

  onSpanStart(): void {
    // queued at its end
  }

  onSpanEnd(span: SpanRecord): void {
    this.#enqueue(span);
  }

  /** Sends what is there, in batches, and waits for it no longer than for a shutdown, and than it is told. Never rejects. */
  async forceFlush(timeoutMs: number = Number.POSITIVE_INFINITY): Promise<void> {
    if (this.#shutdown !== undefined) return this.#shutdown;
    if (this.#waiting === 0 && this.#draining === undefined) return;
    const longest = Math.min(timeoutMs, this.#shutdownTimeout);
    const inTime = await endsWithin(longest, this.#drainAll());
    if (!inTime) this.#logger.warn(`Traces were not all sent within ${longest} ms; the rest is sent later.`);
  }

  /** Sends what is left until the deadline, drops the rest with a warning, and closes the exporter. Once. */
  shutdown(timeoutMs: number = this.#shutdownTimeout): Promise<void> {
    this.#shutdown ??= this.#end(timeoutMs);
    return this.#shutdown;
  }

  #enqueue(item: TracingItem): void {
    if (this.#shutdown !== undefined) return;
    if (this.#waiting >= this.#maxQueueSize) {
      this.#drop();
      return;
    }
    this.#queue.push(item);
    if (this.#draining !== undefined || this.#soon) return;
    if (this.#queue.length >= this.#triggerSize) this.#schedule(0);
    else if (this.#stopTimer === undefined) this.#schedule(this.#scheduleDelay);
  }

  get #waiting(): number {
    return this.#queue.length - this.#sent;
  }

  /** A warning at once, and then at most one a minute: more would make a bad time worse. */
  #drop(): void {
    this.#dropped++;
    if (this.#isFull) return;
    this.#isFull = true;
    const now = performance.now();
    if (now - this.#warnedAt < QUIET_MS) return;
    this.#warnedAt = now;
    this.#logger.warn(
      `The queue of traces is full (${this.#maxQueueSize}): ${this.#dropped} traces and spans were dropped so far. ` +
        'Raise maxQueueSize, or see why the exporter is slow.',
    );
  }

  #schedule(ms: number): void {
    this.#stopTimer?.();
    this.#soon = ms === 0;
    this.#stopTimer = startQuietTimer(ms, () => void this.#drain());
  }

  /** One drain at a time: who comes while one is under way waits for that. */
  #drain(): Promise<void> {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#soon = false;
    this.#draining ??= this.#exportAll().finally(() => {
      this.#draining = undefined;
      // What came meanwhile waits its turn.
      if (this.#waiting > 0 && this.#shutdown === undefined) {
        this.#schedule(this.#waiting >= this.#triggerSize ? 0 : this.#scheduleDelay);
      }
    });
    return this.#draining;
  }

  /** What a drain that is under way has not seen is sent by the next one. */
  async #drainAll(): Promise<void> {
    await this.#draining;
    await this.#drain();
  }

  /** As many batches as it takes for what is there now. */
  async #exportAll(): Promise<void> {
    let left = this.#waiting;
    while (left > 0 && !this.#abort.signal.aborted) {
      const batch = this.#take(Math.min(left, this.#maxBatchSize));
      left -= batch.length;
      await this.#exportBatch(batch);
    }
  }

  /** The next of the queue, which is moved up now and then only, as it is long. */
  #take(count: number): readonly TracingItem[] {
    const batch = this.#queue.slice(this.#sent, this.#sent + count);
    this.#sent += batch.length;
    this.#isFull = false;
    if (this.#sent * 2 < this.#queue.length) return batch;
    this.#queue = this.#queue.slice(this.#sent);
    this.#sent = 0;
    return batch;
  }

  async #exportBatch(batch: readonly TracingItem[]): Promise<void> {
    try {
      const finished = this.#isRead ? await prepareAll(batch) : batch.map((item) => item.finished());
      await this.#exporter.export(finished, this.#abort.signal);
      const spans = finished.filter((item) => item.type === 'trace.span');
      if (spans.length > 0) this.#isRead = spans.some((item) => !(item instanceof FinishedSpan) || item.isRead);
    } catch (error) {
      this.#logger.warn(
        `A tracing exporter failed; ${batch.length} traces and spans are lost, the run is not affected: ${textOf(error)}`,
      );
    }
  }

  async #end(timeoutMs: number): Promise<void> {
    const inTime = await endsWithin(timeoutMs, this.#drainAll());
    this.#abort.abort(new Error('The time for the shutdown of tracing is over.'));
    this.#stopTimer?.();
    if (!inTime) {
      this.#logger.warn(
        `Tracing was shut down after ${timeoutMs} ms with traces unsent: the last batch and ${this.#waiting} more are lost.`,
      );
    }
    if (this.#dropped > 0) this.#logger.warn(`${this.#dropped} traces and spans were dropped in all, as the queue was full.`);
    this.#queue = [];
    this.#sent = 0;
    try {
      await this.#exporter.close?.();
    } catch (error) {
      this.#logger.warn(`A tracing exporter failed to close: ${textOf(error)}`);
    }
  }
}

const QUIET_MS = 60_000;

/** Redacting takes time where inputs are long: whatever else the process does gets its turn in between. */
async function prepareAll(items: readonly TracingItem[]): Promise<TracingItem[]> {
  const finished: TracingItem[] = [];
  const memory = new RedactionMemory();
  let since = performance.now();
  for (const item of items) {
    const each = item.finished();
    finished.push(each);
    if (each instanceof FinishedSpan) each.prepare(memory);
    if (performance.now() - since < LONGEST_AT_A_TIME_MS) continue;
    await sleepQuietly(0);
    since = performance.now();
  }
  return finished;
}

const LONGEST_AT_A_TIME_MS = 5;

function atLeastOne(size: number): number {
  return Number.isFinite(size) ? Math.max(1, Math.floor(size)) : 1;
}
