/** Traces over OTLP/HTTP: `@baton/tracing/otlp`. */
export { OTLPExporter } from './otlp-exporter.js';
export type { OTLPExporterOptions, OTLPHeaders, OTLPProtocol } from './otlp-options.js';
export type { QuietFetch, QuietRequest } from '../quiet-fetch.js';
