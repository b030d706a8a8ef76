import type { SpanData } from './span-data.js';

/** What went wrong inside a span. */
export interface SpanError {
  readonly message: string;
  /** The error's class, or another word that says no more than what kind it is: shown where texts may not be. */
  readonly name?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Which trace a run is part of, as its state remembers it: plain data, and no key. */
export interface TraceReference {
  readonly traceId: string;
  readonly workflowName: string;
  readonly groupId?: string | undefined;
  /** Who opened the trace, where that was not the run itself. */
  readonly origin?: 'app' | undefined;
  /** Tells whether another key is the one that the trace was sent with, and not which that was. */
  readonly keyFingerprint?: string | undefined;
}

/** A piece of a run that takes time. */
export interface Span {
  readonly data: SpanData;
  /** The trace it is in, for a run that goes on from its state; a span that is not recorded has none. */
  readonly traceReference?: TraceReference | undefined;
  setError(error: SpanError): void;
  end(): void;
  /** Calls the function with this span as the current one, where the platform can carry it along. */
  run<T>(fn: () => T): T;
}

/** How a single run is traced. */
export interface TracingConfig {
  /** The key that its trace is sent with, in place of the exporter's own. */
  readonly apiKey?: string | undefined;
  /** Whether the run and each of its turns have a span. Default: what the tracer says, else `true`. */
  readonly includeTaskAndTurnSpans?: boolean | undefined;
}

/** What a trace is called and belongs to. */
export interface TraceOptions {
  readonly workflowName: string;
  readonly traceId?: string | undefined;
  readonly groupId?: string | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Whether inputs and outputs may be recorded. */
  readonly includeSensitiveData: boolean;
  readonly tracing?: TracingConfig | undefined;
  /** The trace that the run was part of before it stopped; it goes on there where nothing that is given now contradicts that. */
  readonly resumes?: TraceReference | undefined;
  /** The model that the run starts with, or its name, and who finds it: for tracers that must not tell everybody of every model. */
  readonly model?: unknown;
  readonly modelProvider?: unknown;
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
