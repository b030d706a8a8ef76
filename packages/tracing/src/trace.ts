import type { SpanError } from '@baton/core';
import { finishValue } from './finish-value.js';
import { NOOP_ID } from './ids.js';
import { withoutErrorText } from './sensitive-data.js';
import type { TraceRecord } from './trace-record.js';
import { traceToJson } from './trace-to-json.js';
import type { TracingRuntime } from './tracing-runtime.js';

/** What a trace is called and belongs to. */
export interface TraceConfig {
  readonly traceId?: string | undefined;
  readonly name?: string | undefined;
  readonly groupId?: string | null | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /** The key that it is sent with, in place of the exporter's own; empty: OpenAI's exporter does not send it. */
  readonly tracingApiKey?: string | undefined;
  /** Whether inputs, outputs and error texts may be recorded in its spans. Default `true`. */
  readonly includeSensitiveData?: boolean | undefined;
  readonly includeTaskAndTurnSpans?: boolean | undefined;
  /** Whether it goes on with a trace that was started before, perhaps in another process. Default `false`. */
  readonly resumed?: boolean | undefined;
  /** Who opens it: a run for itself, or the app. Default `app`. */
  readonly origin?: 'run' | 'app' | undefined;
}

/**
 * The story of one workflow: one run, or several that belong together. Made by `createTrace()`; `withTrace()` starts and
 * ends it too.
 */
export class Trace implements TraceRecord {
  readonly type = 'trace';
  readonly traceId: string;
  readonly name: string;
  readonly groupId: string | null;
  readonly metadata: Readonly<Record<string, unknown>> | undefined;
  readonly includeSensitiveData: boolean;
  readonly includeTaskAndTurnSpans: boolean;
  readonly origin: 'run' | 'app';
  readonly resumed: boolean;
  /** The time now, for whatever belongs to this trace. */
  readonly now: () => number;
  /** Milliseconds since the epoch; 0 until it starts. */
  startTime = 0;
  /** Milliseconds since the epoch; undefined until it ends. */
  endTime: number | undefined = undefined;
  #error: SpanError | null = null;
  #tracingApiKey: string | undefined;
  /** What the traces and spans of one tracing share. */
  readonly runtime: TracingRuntime;

  constructor(config: TraceConfig, runtime: TracingRuntime) {
    this.runtime = runtime;
    this.traceId = config.traceId ?? runtime.ids.generateTraceId();
    this.name = config.name ?? 'Agent workflow';
    this.groupId = config.groupId ?? null;
    this.metadata = config.metadata;
    this.#tracingApiKey = config.tracingApiKey;
    this.includeSensitiveData = config.includeSensitiveData ?? true;
    this.includeTaskAndTurnSpans = config.includeTaskAndTurnSpans ?? true;
    this.origin = config.origin ?? 'app';
    this.resumed = config.resumed ?? false;
    this.now = runtime.startClock();
  }

  /** The key that it is sent with, where that is not the exporter's own; empty: with none. */
  get tracingApiKey(): string | undefined {
    return this.#tracingApiKey;
  }

  /** Names the key that it is sent with, where it was to be sent with none. */
  sendWith(key: string): void {
    if (this.#tracingApiKey === '') this.#tracingApiKey = key;
  }

  get error(): SpanError | null {
    return this.#error;
  }

  /** Notes what ended the trace; the first that is noted stays. */
  setError(error: SpanError): void {
    this.#error ??= this.includeSensitiveData ? error : withoutErrorText(error);
  }

  /** Tells the processors; a second time does nothing. */
  start(): void {
    if (this.startTime !== 0) return;
    this.startTime = this.now();
    const { processor } = this.runtime;
    if (this.resumed) processor.onTraceResume(this);
    else processor.onTraceStart(this);
  }

  /** Tells the processors, once; before the start it does nothing. */
  end(): void {
    if (this.startTime === 0 || this.endTime !== undefined) return;
    this.endTime = this.now();
    this.runtime.processor.onTraceEnd(this);
  }

  finished(): TraceRecord {
    return finishedTrace(this, this.runtime);
  }

  toJSON(): object | null {
    return this.finished().toJSON();
  }
}

/** Stands for a trace that is not recorded; what is inside it is not recorded either. */
export class NoopTrace extends Trace {
  constructor(runtime: TracingRuntime) {
    super({ traceId: NOOP_ID, name: NOOP_ID }, runtime);
  }

  override start(): void {
    // not recorded
  }

  override end(): void {
    // not recorded
  }

  override toJSON(): null {
    return null;
  }
}

function finishedTrace(trace: TraceRecord, { finish }: TracingRuntime): TraceRecord {
  const { traceId, name, groupId, metadata, tracingApiKey, startTime, endTime, error, origin, resumed } = trace;
  const text = (given: string): string => finish.redactor.text(given);
  const record: TraceRecord = {
    type: 'trace',
    traceId,
    name: text(name),
    groupId: groupId === null ? null : text(groupId),
    metadata: finishMetadata(metadata, { finish }),
    tracingApiKey,
    startTime,
    endTime,
    error: finishError(error, { finish }),
    origin,
    resumed,
    finished: () => record,
    toJSON: () => traceToJson(record),
  };
  return record;
}

/** Metadata as it may leave. */
export function finishMetadata(
  metadata: Readonly<Record<string, unknown>> | undefined,
  { finish }: Pick<TracingRuntime, 'finish'>,
): Readonly<Record<string, unknown>> | undefined {
  if (metadata === undefined) return undefined;
  // An object stays one.
  return finishValue(metadata, finish) as Readonly<Record<string, unknown>>;
}

/** An error as it may leave. */
export function finishError(error: SpanError | null, { finish }: Pick<TracingRuntime, 'finish'>): SpanError | null {
  // An object stays one.
  return error === null ? null : (finishValue(error, finish) as SpanError);
}
