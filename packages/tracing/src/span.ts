import type { Span as CoreSpan, SpanData, SpanError, TraceReference } from '@baton/core';
import { FinishedSpan } from './finished-span.js';
import { NOOP_ID } from './ids.js';
import { toIso } from './platform.js';
import { withoutErrorText, withoutSensitiveData } from './sensitive-data.js';
import { snapshot } from './snapshot.js';
import type { Surroundings } from './surroundings.js';
import { tallyUsage } from './tally-usage.js';
import type { Trace } from './trace.js';
import type { SpanRecord } from './trace-record.js';
import { referenceTo } from './trace-reference.js';

/** Where a span belongs. */
export interface SpanPlace {
  readonly surroundings: Surroundings;
  /** The span around it; none directly below the trace. */
  readonly parent: Span | undefined;
  readonly spanId?: string | undefined;
  /** Who makes it. Default: the app. */
  readonly maker?: SpanMaker | undefined;
}

/**
 * Who makes a span: the app, or a run, for one of its steps or for what happens in them. Steps come one after the other, and
 * share an entry of the context storage.
 */
export type SpanMaker = 'app' | 'run' | 'step';

/**
 * A piece of a workflow that takes time. Made by `createSpan()` and the functions for each kind; those that begin with
 * `with` start and end it too.
 */
export class Span<TData extends SpanData = SpanData> implements CoreSpan, SpanRecord<TData> {
  readonly type = 'trace.span';
  /** The span around this one. */
  readonly parent: Span | undefined;
  /** What the span is about; set on it what is known only later. */
  spanData: TData;
  /** Milliseconds since the epoch; 0 until it starts. */
  startTime = 0;
  /** Milliseconds since the epoch; undefined until it ends. */
  endTime: number | undefined = undefined;
  #error: SpanError | null = null;
  #spanId: string | undefined;
  #finished: FinishedSpan<TData> | undefined = undefined;
  #maker: SpanMaker;
  readonly #surroundings: Surroundings;

  constructor(data: TData, { surroundings, parent, spanId, maker = 'app' }: SpanPlace) {
    this.parent = parent;
    this.spanData = data;
    this.#spanId = spanId;
    this.#maker = maker;
    this.#surroundings = surroundings;
  }

  /** Where spans directly below it belong. */
  get surroundings(): Surroundings {
    return this.#surroundings;
  }

  get trace(): Trace {
    return this.#surroundings.trace;
  }

  get includeSensitiveData(): boolean {
    return this.#surroundings.includeSensitiveData;
  }

  /** Whether runs and turns inside have spans. */
  get includeTaskAndTurnSpans(): boolean {
    return this.#surroundings.includeTaskAndTurnSpans;
  }

  /** `span_` and 24 hexadecimal digits; made when it is first asked for. */
  get spanId(): string {
    this.#spanId ??= this.#surroundings.runtime.ids.generateSpanId();
    return this.#spanId;
  }

  get traceId(): string {
    return this.#surroundings.trace.traceId;
  }

  get parentId(): string | null {
    return this.parent === undefined ? null : this.parent.spanId;
  }

  get traceName(): string {
    return this.#surroundings.trace.name;
  }

  get traceOrigin(): 'run' | 'app' {
    return this.#surroundings.trace.origin;
  }

  get groupId(): string | null {
    return this.#surroundings.trace.groupId;
  }

  get traceMetadata(): Readonly<Record<string, unknown>> | undefined {
    return this.#surroundings.trace.metadata;
  }

  /** The key that it is sent with, where that is not the exporter's own; empty: with none. */
  get tracingApiKey(): string | undefined {
    return this.#surroundings.tracingApiKey ?? this.trace.tracingApiKey;
  }

  /** `spanData`, under the name that a run knows it by. */
  get data(): TData {
    return this.spanData;
  }

  /** What the state of a run in this span remembers of its trace. */
  get traceReference(): TraceReference | undefined {
    return referenceTo(this.trace, this.tracingApiKey);
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
    const { trace, runtime } = this.#surroundings;
    if (this.startTime !== 0) {
      runtime.logger.warn(`The span ${this.spanId} (${this.spanData.type}) was started twice; the second time does nothing.`);
      return;
    }
    this.startTime = trace.now();
    runtime.processor.onSpanStart(this);
  }

  /** Tells the processors; a second time does nothing but warn, before the start it does nothing. */
  end(): void {
    if (this.startTime === 0) return;
    const surroundings = this.#surroundings;
    const { trace, runtime } = surroundings;
    if (this.endTime !== undefined) {
      runtime.logger.warn(`The span ${this.spanId} (${this.spanData.type}) was ended twice; the second time does nothing.`);
      return;
    }
    this.endTime = trace.now();
    if (surroundings.step === this && this.parent?.surroundings === surroundings) surroundings.step = this.parent;
    if (this.spanData.type === 'generation') tallyUsage(this, this.spanData);
    // What a run tells is nobody else's.
    if (this.#maker === 'app') this.spanData = snapshot(this.spanData);
    if (!surroundings.includeSensitiveData) this.spanData = withoutSensitiveData(this.spanData);
    runtime.processor.onSpanEnd(this);
    if (surroundings.root !== this) return;
    if (this.#error !== null) trace.setError(this.#error);
    trace.end();
  }

  /** Notes what went wrong; the first that is noted stays. */
  setError(error: SpanError): void {
    this.#error ??= this.includeSensitiveData ? error : withoutErrorText(error);
  }

  /** Calls the function with this span as the current one. */
  run<T>(fn: () => T): T {
    const surroundings = this.#surroundings;
    const { storage, processor } = surroundings.runtime;
    if (processor.hasInside) return storage.run(this, () => processor.runInside(this, fn));
    if (this.#maker !== 'step') return storage.run(this, fn);
    this.#maker = 'run';
    if (surroundings.step === undefined) {
      surroundings.step = this;
      return storage.run(surroundings, fn);
    }
    // Whoever is inside of something else, or beside something, has an entry of its own.
    if (surroundings.step !== this.parent || storage.getStore() !== surroundings) return storage.run(this, fn);
    surroundings.step = this;
    return fn();
  }

  finished(): SpanRecord<TData> {
    if (this.#finished !== undefined) return this.#finished;
    const finished = new FinishedSpan(this, this.#surroundings.runtime);
    // What a span has told may change until it ends.
    if (this.endTime === undefined) finished.prepare();
    else this.#finished = finished;
    return finished;
  }

  toJSON(): object | null {
    return this.finished().toJSON();
  }
}

/** Stands for a span that is not recorded; spans below it are not recorded either. */
export class NoopSpan<TData extends SpanData = SpanData> extends Span<TData> {
  constructor(data: TData, surroundings: Surroundings) {
    super(data, { surroundings, parent: undefined, spanId: NOOP_ID });
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

  override get traceReference(): undefined {
    return undefined;
  }

  override toJSON(): null {
    return null;
  }
}
