import type { Logger } from '@baton/core';
import type { TracingContextStorage } from './context-storage.js';
import type { FinishOptions } from './finish-value.js';
import type { TracingIdGenerator } from './ids.js';
import type { MultiTracingProcessor } from './multi-tracing-processor.js';
import type { Span } from './span.js';
import type { Surroundings } from './surroundings.js';
import type { Trace } from './trace.js';

/** What is current: the innermost span, or the trace where there is none yet; or what a run's steps have in common, which knows. */
export type Current = Trace | Span | Surroundings;

/** What the traces and spans of one tracing share. */
export interface TracingRuntime {
  readonly processor: MultiTracingProcessor;
  /** Set once more where the app brings its own. */
  storage: TracingContextStorage<Current>;
  readonly ids: TracingIdGenerator;
  /** A new clock for each trace: milliseconds since the epoch. */
  readonly startClock: () => () => number;
  readonly finish: FinishOptions;
  readonly logger: Logger;
}
