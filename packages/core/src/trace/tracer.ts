/** What went wrong inside a span. */
export interface SpanError {
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What a span is about; fields that are known only later are set on `span.data`. */
export type SpanData =
  | {
      readonly type: 'agent';
      readonly name: string;
      handoffs?: readonly string[];
      tools?: readonly string[];
      outputType?: string;
    }
  | {
      readonly type: 'generation';
      model?: string;
      modelConfig?: Readonly<Record<string, unknown>>;
      input?: unknown;
      output?: unknown;
      usage?: Readonly<Record<string, unknown>>;
      responseId?: string;
    }
  | { readonly type: 'function'; readonly name: string; input?: string; output?: string }
  | { readonly type: 'guardrail'; readonly name: string; triggered?: boolean }
  | { readonly type: 'handoff'; readonly fromAgent: string; toAgent?: string }
  | { readonly type: 'turn'; readonly turn: number; readonly agentName: string }
  | { readonly type: 'custom'; readonly name: string; data?: Readonly<Record<string, unknown>> };

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
