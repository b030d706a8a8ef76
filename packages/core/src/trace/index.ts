export { noopTracer } from './noop-tracer.js';
export type { Span, SpanData, SpanError, TraceOptions, Tracer } from './tracer.js';
export { withSpan } from './with-span.js';
