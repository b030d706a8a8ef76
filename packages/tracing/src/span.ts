import type { Span as CoreSpan, SpanData, SpanError } from '@baton/core';
import { finishValue } from './finish-value.js';
import { NOOP_ID } from './ids.js';
import { toIso } from './platform.js';
import { withoutErrorText, withoutSensitiveData } from './sensitive-data.js';
import { tallyUsage } from './tally-usage.js';
import { finishError, finishMetadata } from './trace.js';
import type { Trace } from './trace.js';
import type { SpanRecord } from './trace-record.js';
import { spanToJson } from './trace-to-json.js';
import type { TracingRuntime } from './tracing-runtime.js';

/** Where a span belongs. */
export interface SpanPlace {
  readonly trace: Trace;
  /** The span around it; none directly below the trace. */
  readonly parent?: Span | undefined;
  readonly spanId?: string | undefined;
  readonly includeSensitiveData: boolean;
  /** Whether runs and turns inside have spans. */
  readonly includeTaskAndTurnSpans: boolean;
  /** The key that it is sent with, where that is not the trace's; empty: with none. */
  readonly tracingApiKey?: string | undefined;
  /** The trace ends with the span. */
  readonly endsTrace?: boolean | undefined;
}

/**
 * A piece of a workflow that takes time. Made by `createSpan()` and the functions for each kind; those that begin with
 * `with` start and end it too.
 */
export class Span<TData extends SpanData = SpanData> implements CoreSpan, SpanRecord<TData> {
  readonly type = 'trace.span';
  readonly trace: Trace;
  /** The span around this one. */
  readonly parent: Span | undefined;
  readonly includeSensitiveData: boolean;
  /** Whether runs and turns inside have spans. */
  readonly includeTaskAndTurnSpans: boolean;
  /** What the span is about; set on it what is known only later. */
  spanData: TData;
  /** Milliseconds since the epoch; 0 until it starts. */
  startTime = 0;
  /** Milliseconds since the epoch; undefined until it ends. */
  endTime: number | undefined = undefined;
  #error: SpanError | null = null;
  #spanId: string | undefined;
  #finished: SpanRecord<TData> | undefined;
  readonly #tracingApiKey: string | undefined;
  readonly #endsTrace: boolean;
  readonly #runtime: TracingRuntime;

  constructor(data: TData, place: SpanPlace, runtime: TracingRuntime) {
    this.spanData = data;
    this.trace = place.trace;
    this.parent = place.parent;
    this.includeSensitiveData = place.includeSensitiveData;
    this.includeTaskAndTurnSpans = place.includeTaskAndTurnSpans;
    this.#spanId = place.spanId;
    this.#tracingApiKey = place.tracingApiKey;
    this.#endsTrace = place.endsTrace === true;
    this.#runtime = runtime;
  }

  /** `span_` and 24 hexadecimal digits; made when it is first asked for. */
  get spanId(): string {
    this.#spanId ??= this.#runtime.ids.generateSpanId();
    return this.#spanId;
  }

  get traceId(): string {
    return this.trace.traceId;
  }

  get parentId(): string | null {
    return this.parent === undefined ? null : this.parent.spanId;
  }

  get traceName(): string {
    return this.trace.name;
  }

  get traceOrigin(): 'run' | 'app' {
    return this.trace.origin;
  }

  get groupId(): string | null {
    return this.trace.groupId;
  }

  get traceMetadata(): Readonly<Record<string, unknown>> | undefined {
    return this.trace.metadata;
  }

  /** The key that it is sent with, where that is not the exporter's own; empty: with none. */
  get tracingApiKey(): string | undefined {
    return this.#tracingApiKey ?? this.trace.tracingApiKey;
  }

  /** `spanData`, under the name that a run knows it by. */
  get data(): TData {
    return this.spanData;
  }

  get error(): SpanError | null {
    return this.#error;
  }

  get startedAt(): string | null {
    return toIso(this.startTime);
  }

  get endedAt(): string | null {
    return toIso(this.endTime);
  }

  /** Tells the processors; a second time does nothing but warn. */
  start(): void {
    if (this.startTime !== 0) {
      this.#runtime.logger.warn(`The span ${this.spanId} (${this.spanData.type}) was started twice; the second time does nothing.`);
      return;
    }
    this.startTime = this.trace.now();
    this.#runtime.processor.onSpanStart(this);
  }

  /** Tells the processors; a second time does nothing but warn, before the start it does nothing. */
  end(): void {
    if (this.startTime === 0) return;
    if (this.endTime !== undefined) {
      this.#runtime.logger.warn(`The span ${this.spanId} (${this.spanData.type}) was ended twice; the second time does nothing.`);
      return;
    }
    this.endTime = this.trace.now();
    tallyUsage(this);
    if (!this.includeSensitiveData) this.spanData = withoutSensitiveData(this.spanData);
    this.#runtime.processor.onSpanEnd(this);
    if (!this.#endsTrace) return;
    if (this.#error !== null) this.trace.setError(this.#error);
    this.trace.end();
  }

  /** Notes what went wrong; the first that is noted stays. */
  setError(error: SpanError): void {
    this.#error ??= this.includeSensitiveData ? error : withoutErrorText(error);
  }

  /** Calls the function with this span as the current one. */
  run<T>(fn: () => T): T {
    const { storage, processor } = this.#runtime;
    return storage.run(this, processor.hasInside ? () => processor.runInside(this, fn) : fn);
  }

  finished(): SpanRecord<TData> {
    // What a span has told may change until it ends.
    if (this.#finished !== undefined) return this.#finished;
    const finished = finishedSpan(this, this.#runtime);
    if (this.endTime !== undefined) this.#finished = finished;
    return finished;
  }

  toJSON(): object | null {
    return this.finished().toJSON();
  }
}

/** Stands for a span that is not recorded; spans below it are not recorded either. */
export class NoopSpan<TData extends SpanData = SpanData> extends Span<TData> {
  constructor(data: TData, trace: Trace, runtime: TracingRuntime) {
    super(data, { trace, spanId: NOOP_ID, includeSensitiveData: true, includeTaskAndTurnSpans: true }, runtime);
  }

  override start(): void {
    // not recorded
  }

  override end(): void {
    // not recorded
  }

  override setError(): void {
    // not recorded
  }

  override toJSON(): null {
    return null;
  }
}

function finishedSpan<TData extends SpanData>(span: Span<TData>, runtime: TracingRuntime): SpanRecord<TData> {
  const { finish } = runtime;
  const { error, includeSensitiveData } = span;
  const shown = includeSensitiveData ? span.spanData : withoutSensitiveData(span.spanData);
  const text = (given: string): string => finish.redactor.text(given);
  const record: SpanRecord<TData> = {
    type: 'trace.span',
    traceId: span.traceId,
    spanId: span.spanId,
    parentId: span.parentId,
    spanData: finishFields(shown, runtime),
    error: finishError(error, runtime),
    startTime: span.startTime,
    endTime: span.endTime,
    startedAt: span.startedAt,
    endedAt: span.endedAt,
    traceName: text(span.traceName),
    traceOrigin: span.traceOrigin,
    groupId: span.groupId === null ? null : text(span.groupId),
    traceMetadata: finishMetadata(span.traceMetadata, runtime),
    includeSensitiveData,
    tracingApiKey: span.tracingApiKey,
    finished: () => record,
    toJSON: () => spanToJson(record),
  };
  return record;
}

/** Each field has a limit of its own, so that a long input leaves room for the output. */
function finishFields<TData extends SpanData>(data: TData, { finish }: TracingRuntime): TData {
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined) continue;
    fields[key] = key === 'type' ? value : finishValue(value, finish);
  }
  // The fields are those of the kind, cleaned.
  return fields as unknown as TData;
}
