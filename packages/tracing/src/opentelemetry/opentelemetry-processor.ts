import {
  context,
  createContextKey,
  metrics,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type {
  Context,
  MeterProvider,
  Span,
  SpanOptions,
  Tracer,
  TracerProvider,
} from '@opentelemetry/api';
import type { SpanError } from '@baton/core';
import type { Attributes } from '../genai/attributes.js';
import { describeSpan, describeTrace } from '../genai/describe-span.js';
import type { SpanDescription } from '../genai/span-description.js';
import { withoutContent } from '../genai/without-content.js';
import { SEMANTIC_CONVENTIONS_SCHEMA_URL } from '../semantic-conventions.js';
import type { SpanRecord, TraceRecord } from '../trace-record.js';
import type { TracingProcessor } from '../tracing-processor.js';
import { VERSION } from '../version.js';
import { GenAIMetrics } from './genai-metrics.js';
import { OpenSpans } from './open-spans.js';
import type { OpenSpan } from './open-spans.js';

/** Options of an {@link OpenTelemetryProcessor}. */
export interface OpenTelemetryProcessorOptions {
  /** Makes the spans. Default: the one that the app has registered with `@opentelemetry/api`. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Takes the metrics. Default: the one that the app has registered. */
  readonly meterProvider?: MeterProvider | undefined;
  /** `gen_ai.provider.name` of model calls whose span does not tell; default `openai`. */
  readonly providerName?: string | undefined;
}

/**
 * Makes Baton's spans real spans of the app's own OpenTelemetry, by the GenAI conventions: children of the span that is
 * active where a run starts, with whatever instrumentation the app has - HTTP, databases - below the model or tool call
 * that it happens in. Also measures tokens and durations. Sampling, limits, batching and export are the app's.
 *
 * For an app without OpenTelemetry, take `OTLPTraceExporter` of `@baton/tracing/otlp`, which needs no other package.
 *
 * @example
 * ```ts
 * import { Runner } from '@baton/core';
 * import { createTracing } from '@baton/tracing';
 * import { OpenTelemetryProcessor } from '@baton/tracing/opentelemetry';
 *
 * const tracing = createTracing({ processors: [new OpenTelemetryProcessor()] });
 * export const runner = new Runner({ tracer: tracing });
 * ```
 */
export class OpenTelemetryProcessor implements TracingProcessor {
  readonly #options: OpenTelemetryProcessorOptions;
  readonly #open = new OpenSpans();
  /** Says in a context which of Baton's spans it is in, also where the app has put spans of its own in between. */
  readonly #insideOf: symbol = createContextKey('The span of Baton that is current');
  #tracer: Tracer | undefined;
  #metrics: GenAIMetrics | undefined;
  #isShutdown = false;

  constructor(options: OpenTelemetryProcessorOptions = {}) {
    this.#options = options;
  }

  onTraceStart(record: TraceRecord): void {
    if (this.#isShutdown) return;
    this.#open.openTrace(record);
    if (record.origin === 'app') this.#root(record.traceId);
  }

  /** The spans that follow belong to what is active now: where the trace began, its spans have long been sent. */
  onTraceResume(record: TraceRecord): void {
    this.onTraceStart(record);
  }

  onTraceEnd(record: TraceRecord): void {
    for (const open of this.#open.closeTrace(record.traceId)) this.#end(open, record.endTime);
  }

  onSpanStart(record: SpanRecord): void {
    if (!this.#open.isOpen(record.traceId)) return;
    const described = describeSpan(withoutContent(record), this.#options);
    this.#open.open({ ...this.#start(record, described, this.#parentContext(record)), record });
  }

  onSpanEnd(record: SpanRecord): void {
    const open = this.#open.close(record);
    if (open !== undefined) this.#end(open, record.endTime);
  }

  /** Calls the function with the span as the active one, so that what it starts goes below. */
  runInside<T>(item: TraceRecord | SpanRecord, fn: () => T): T {
    const open =
      item.type === 'trace' ? this.#root(item.traceId) : this.#open.find(item.traceId, item.spanId);
    return open === undefined ? fn() : context.with(open.context, fn);
  }

  /** Ends what is open. The providers are the app's, and stay. */
  shutdown(): Promise<void> {
    this.#isShutdown = true;
    for (const open of this.#open.closeAll()) this.#end(open, undefined);
    return Promise.resolve();
  }

  /** Has nothing to send: the app's span processors do. */
  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  #parentContext({ traceId, parentId, traceOrigin, spanData }: SpanRecord): Context {
    const active = context.active();
    // The app may have opened a span of its own within the parent: then that one is closer.
    if (active.getValue(this.#insideOf) === (parentId ?? traceId)) return active;
    if (parentId !== null) return this.#open.find(traceId, parentId)?.context ?? active;
    // The span of a whole run needs none above it.
    if (traceOrigin === 'run' && spanData.type === 'task') return active;
    return this.#root(traceId)?.context ?? active;
  }

  /** The span that stands for a trace, from when it is first needed. */
  #root(traceId: string): OpenSpan | undefined {
    return this.#open.root(traceId, (record) =>
      this.#start(record, describeTrace(bare(record)), context.active()),
    );
  }

  #start(
    record: TraceRecord | SpanRecord,
    { name, kind, attributes }: SpanDescription,
    parent: Context,
  ): OpenSpan {
    this.#tracer ??= (this.#options.tracerProvider ?? trace.getTracerProvider()).getTracer(
      '@baton/tracing',
      VERSION,
      { schemaUrl: SEMANTIC_CONVENTIONS_SCHEMA_URL },
    );
    const options: SpanOptions = {
      kind: kind === 'client' ? SpanKind.CLIENT : SpanKind.INTERNAL,
      startTime: record.startTime,
      attributes: mutable(attributes),
    };
    const span = this.#tracer.startSpan(name, options, parent);
    const id = record.type === 'trace' ? record.traceId : record.spanId;
    return { record, span, context: trace.setSpan(parent, span).setValue(this.#insideOf, id) };
  }

  /** @param endTime Of the trace, for a span in it that was left open. */
  #end({ record, span, context: within }: OpenSpan, endTime: number | undefined): void {
    const end = record.endTime ?? endTime ?? Date.now();
    const { name, attributes } = this.#describe(record, span);
    if (span.isRecording()) {
      span.updateName(name);
      span.setAttributes(mutable(attributes));
      const error = shownError(record);
      if (error !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    }
    span.end(end);
    if (record.type === 'trace') return;
    this.#metrics ??= new GenAIMetrics(this.#options.meterProvider ?? metrics.getMeterProvider());
    this.#metrics.record(attributes, Math.max(0, end - record.startTime) / 1000, within);
  }

  /** What a span tells: everything that may be shown, or what metrics group by, where nobody records the span. */
  #describe(record: TraceRecord | SpanRecord, span: Span): SpanDescription {
    if (record.type === 'trace') return describeTrace(record.finished());
    const shown = span.isRecording() ? record.finished() : withoutContent(record);
    return describeSpan(shown, this.#options);
  }
}

/** Metadata waits for the end, when it has been cleaned. */
function bare({ traceId, name, groupId }: TraceRecord): Parameters<typeof describeTrace>[0] {
  return { traceId, name, groupId, metadata: undefined, error: null };
}

function shownError(record: TraceRecord | SpanRecord): SpanError | null {
  return record.error === null ? null : record.finished().error;
}

/** OpenTelemetry takes lists that it could change, and does not change them. */
function mutable(attributes: Attributes): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [
      key,
      typeof value === 'object' ? [...value] : value,
    ]),
  );
}
