import type { Context, Span } from '@opentelemetry/api';
import type { SpanRecord, TraceRecord } from '../trace-record.js';

/** A span or trace of Baton that is under way, and the OpenTelemetry span that stands for it. */
export interface OpenSpan {
  readonly record: SpanRecord | TraceRecord;
  readonly span: Span;
  /** The context in which the span is the active one. */
  readonly context: Context;
}

interface OpenTrace {
  readonly record: TraceRecord;
  /** Traces that go by this id at the moment; an app may use an id for several. */
  count: number;
  root: OpenSpan | undefined;
  readonly spans: Map<string, OpenSpan>;
}

/** What is under way, by trace; a trace that ends takes with it whatever has been left open. */
export class OpenSpans {
  readonly #traces = new Map<string, OpenTrace>();

  openTrace(record: TraceRecord): void {
    const trace = this.#traces.get(record.traceId);
    if (trace !== undefined) trace.count += 1;
    else this.#traces.set(record.traceId, { record, count: 1, root: undefined, spans: new Map() });
  }

  /** What was still open, children first; to be ended by the caller. */
  closeTrace(traceId: string): readonly OpenSpan[] {
    const trace = this.#traces.get(traceId);
    if (trace === undefined) return [];
    trace.count -= 1;
    if (trace.count > 0) return [];
    this.#traces.delete(traceId);
    return left(trace);
  }

  /** Everything that is open, as nothing more is to be recorded. */
  closeAll(): readonly OpenSpan[] {
    const open = [...this.#traces.values()].flatMap((trace) => left(trace));
    this.#traces.clear();
    return open;
  }

  /** A span whose trace is over, or was never told of, has no place. */
  open(open: OpenSpan & { readonly record: SpanRecord }): void {
    this.#traces.get(open.record.traceId)?.spans.set(open.record.spanId, open);
  }

  close({ traceId, spanId }: SpanRecord): OpenSpan | undefined {
    const spans = this.#traces.get(traceId)?.spans;
    const open = spans?.get(spanId);
    spans?.delete(spanId);
    return open;
  }

  isOpen(traceId: string): boolean {
    return this.#traces.has(traceId);
  }

  /** The span that stands for the trace, made where there is none yet. */
  root(traceId: string, make: (record: TraceRecord) => OpenSpan): OpenSpan | undefined {
    const trace = this.#traces.get(traceId);
    if (trace !== undefined) trace.root ??= make(trace.record);
    return trace?.root;
  }

  find(traceId: string, spanId: string): OpenSpan | undefined {
    return this.#traces.get(traceId)?.spans.get(spanId);
  }
}

function left({ root, spans }: OpenTrace): readonly OpenSpan[] {
  const open = [...spans.values()].reverse();
  return root === undefined ? open : [...open, root];
}
