/** Traces over OTLP/HTTP: `@baton/tracing/otlp`. */
export { OTLPTraceExporter } from './otlp-trace-exporter.js';
export type {
  OTLPTraceExporterOptions,
  OTLPHeaders,
  OTLPProtocol,
} from './otlp-exporter-options.js';
export type { QuietFetch, QuietRequest } from '../quiet-fetch.js';
