/** Traces of Baton's runs: `@baton/tracing`. */
export type { SpanRecord, TraceRecord, TracingItem } from './trace-record.js';
export type { TracingExporter } from './tracing-exporter.js';
export type { TracingProcessor } from './tracing-processor.js';
