import type { SpanData } from './span-data.js';

/** What went wrong inside a span. */
export interface SpanError {
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** A piece of a run that takes time. */
export interface Span {
  readonly data: SpanData;
  setError(error: SpanError): void;
  end(): void;
  /** Calls the function with this span as the current one, where the platform can carry it along. */
  run<T>(fn: () => T): T;
}

/** What a trace is called and belongs to. */
export interface TraceOptions {
  readonly workflowName: string;
  readonly traceId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Whether inputs and outputs may be recorded. */
  readonly includeSensitiveData: boolean;
  /** The span of the tool call that a nested run is in: such a run is part of its trace. */
  readonly parent?: Span | undefined;
}

/**
 * Where a run tells what it does. Core records nothing by itself; `@baton/tracing` implements this.
 * An implementation never throws into a run.
 */
export interface Tracer {
  /** Opens the span of a whole run: a new trace, or a span in the trace that is current. */
  startTrace(options: TraceOptions): Span;
  startSpan(data: SpanData, parent: Span): Span;
}
