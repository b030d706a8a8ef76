import type { Logger, SpanData } from '@baton/core';
import type { TracingContextStorage } from './context-storage.js';
import type { TracingLimits } from './finish-value.js';
import type { TracingIdGenerator } from './ids.js';
import type { RedactionOptions } from './redaction.js';
import type { TraceConfig } from './trace.js';
import type { TracingProcessor } from './tracing-processor.js';
import type { Current } from './tracing-runtime.js';

/** Options of a `TraceProvider`. */
export interface TraceProviderOptions {
  /** Who is told of traces and spans; more can be added later. Without any, nothing is recorded. */
  readonly processors?: readonly TracingProcessor[] | undefined;
  readonly idGenerator?: Partial<TracingIdGenerator> | undefined;
  /** The time in milliseconds since the epoch. Default: the platform's, monotonic within a trace. */
  readonly now?: (() => number) | undefined;
  /** Whether nothing is recorded until `setDisabled(false)`. Default `false`. */
  readonly disabled?: boolean | undefined;
  /** Whether inputs, outputs and error texts may be recorded at all; a run may only ask for less. Default `true`. */
  readonly includeSensitiveData?: boolean | undefined;
  /** Whether a run and each of its turns have a span; a run may say otherwise. Default `true`. */
  readonly includeTaskAndTurnSpans?: boolean | undefined;
  /** What is taken out of everything that leaves; `false` for nothing. Default: the known forms of keys and credentials. */
  readonly redaction?: RedactionOptions | false | undefined;
  /** How much of inputs and outputs leaves. */
  readonly limits?: TracingLimits | undefined;
  /**
   * What carries the current span along. Default: the platform's `AsyncLocalStorage`, else storage that knows only
   * synchronous code.
   */
  readonly contextStorage?: TracingContextStorage<Current> | undefined;
  /**
   * Whether what waits is sent when the process has nothing else left to do; where there is no such moment, as in browsers,
   * call `shutdown()`. An app with many tracings says `false` and does so too. Default `true`.
   */
  readonly flushBeforeExit?: boolean | undefined;
  readonly logger?: Logger | undefined;
}

/** A span to make. */
export interface CreateSpanOptions<TData extends SpanData = SpanData> {
  readonly data: TData;
  /** Default: a new one. */
  readonly spanId?: string | undefined;
  /** Whether neither this span nor what is inside it is recorded. Default `false`. */
  readonly disabled?: boolean | undefined;
}

/** Options of `withTrace()` and `getOrCreateTrace()`. */
export interface WithTraceOptions extends TraceConfig {
  /** Whether nothing inside is recorded. Default `false`. */
  readonly disabled?: boolean | undefined;
}
