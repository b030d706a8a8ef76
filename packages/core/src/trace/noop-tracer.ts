import type { Span, Tracer } from './tracer.js';

/** The span of those who record nothing. */
export const noopSpan: Span = {
  data: { type: 'custom', name: 'no-op' },
  setError: () => undefined,
  end: () => undefined,
  run: (fn) => fn(),
};

/** The default tracer: records nothing. */
export const noopTracer: Tracer = {
  startTrace: () => noopSpan,
  startSpan: () => noopSpan,
};
