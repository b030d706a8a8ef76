import type { SpanData, SpanError } from '@baton/core';
import { finishValue } from './finish-value.js';
import type { FinishOptions } from './finish-value.js';
import { toIso } from './platform.js';
import type { RedactionMemory } from './redaction-memory.js';
import { withoutSensitiveData } from './sensitive-data.js';
import { finishError, finishMetadata } from './trace.js';
import type { SpanRecord } from './trace-record.js';
import { spanToJson } from './trace-to-json.js';
import type { TracingRuntime } from './tracing-runtime.js';

/**
 * A span as it may leave: without keys and credentials, and of limited size. The work is done once, when it is prepared or
 * somebody looks: not every exporter reads all that it is given, and inputs may be long.
 */
export class FinishedSpan<TData extends SpanData = SpanData> implements SpanRecord<TData> {
  readonly type = 'trace.span';
  readonly endTime: number | undefined;
  readonly #span: SpanRecord<TData>;
  readonly #runtime: TracingRuntime;
  #shown: Shown<TData> | undefined = undefined;
  #isRead = false;

  constructor(span: SpanRecord<TData>, runtime: TracingRuntime) {
    this.endTime = span.endTime;
    this.#span = span;
    this.#runtime = runtime;
  }

  /** Whether anybody has looked at more than ids and times. */
  get isRead(): boolean {
    return this.#isRead;
  }

  get traceId(): string {
    return this.#span.traceId;
  }

  get spanId(): string {
    return this.#span.spanId;
  }

  get parentId(): string | null {
    return this.#span.parentId;
  }

  get startTime(): number {
    return this.#span.startTime;
  }

  get startedAt(): string | null {
    return this.#span.startedAt;
  }

  get endedAt(): string | null {
    return toIso(this.endTime);
  }

  get traceOrigin(): 'run' | 'app' {
    return this.#span.traceOrigin;
  }

  get includeSensitiveData(): boolean {
    return this.#span.includeSensitiveData;
  }

  get tracingApiKey(): string | undefined {
    return this.#span.tracingApiKey;
  }

  get spanData(): TData {
    return this.#read().spanData;
  }

  get error(): SpanError | null {
    return this.#read().error;
  }

  get traceName(): string {
    return this.#read().traceName;
  }

  get groupId(): string | null {
    return this.#read().groupId;
  }

  get traceMetadata(): Readonly<Record<string, unknown>> | undefined {
    return this.#read().traceMetadata;
  }

  /**
   * Does the work now, so that looking takes no time.
   *
   * @param memory Of the spans that are prepared together.
   */
  prepare(memory?: RedactionMemory): void {
    const { finish } = this.#runtime;
    this.#shown ??= toShown(this.#span, { ...finish, redactor: memory?.of(finish.redactor) ?? finish.redactor });
  }

  finished(): this {
    return this;
  }

  toJSON(): object {
    return spanToJson(this);
  }

  #read(): Shown<TData> {
    this.#isRead = true;
    return (this.#shown ??= toShown(this.#span, this.#runtime.finish));
  }
}

type Shown<TData extends SpanData> = Pick<
  SpanRecord<TData>,
  'spanData' | 'error' | 'traceName' | 'groupId' | 'traceMetadata'
>;

function toShown<TData extends SpanData>(span: SpanRecord<TData>, finish: FinishOptions): Shown<TData> {
  const { redactor } = finish;
  const { spanData, groupId } = span;
  return {
    spanData: finishFields(span.includeSensitiveData ? spanData : withoutSensitiveData(spanData), finish),
    error: finishError(span.error, { finish }),
    traceName: redactor.text(span.traceName),
    groupId: groupId === null ? null : redactor.text(groupId),
    traceMetadata: finishMetadata(span.traceMetadata, { finish }),
  };
}

/** Each field has a limit of its own, so that a long input leaves room for the output. */
function finishFields<TData extends SpanData>(data: TData, finish: FinishOptions): TData {
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined) continue;
    fields[key] = key === 'type' ? value : finishValue(value, finish);
  }
  // The fields are those of the kind, cleaned.
  return fields as unknown as TData;
}
