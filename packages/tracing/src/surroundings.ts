import type { Span } from './span.js';
import type { Trace } from './trace.js';
import type { TracingRuntime } from './tracing-runtime.js';

/** What the spans of one run have in common, or those that the app makes directly in a trace. */
export class Surroundings {
  readonly trace: Trace;
  readonly runtime: TracingRuntime;
  readonly includeSensitiveData: boolean;
  /** Whether runs and turns inside have spans. */
  readonly includeTaskAndTurnSpans: boolean;
  /** The key that they are sent with, where that is not the trace's; empty: with none. */
  readonly tracingApiKey: string | undefined;
  /** The trace ends with this span. */
  root: Span | undefined = undefined;
  /**
   * The innermost of a run's steps: the run, its agent, the turn, the model call. They come one after the other, so that
   * one entry of the context storage, which is dear, stands for all of them.
   */
  step: Span | undefined = undefined;

  constructor(trace: Trace, options: Partial<Pick<Surroundings, 'includeSensitiveData' | 'includeTaskAndTurnSpans' | 'tracingApiKey'>> = {}) {
    this.trace = trace;
    this.runtime = trace.runtime;
    this.includeSensitiveData = options.includeSensitiveData ?? trace.includeSensitiveData;
    this.includeTaskAndTurnSpans = options.includeTaskAndTurnSpans ?? trace.includeTaskAndTurnSpans;
    this.tracingApiKey = options.tracingApiKey;
  }
}
