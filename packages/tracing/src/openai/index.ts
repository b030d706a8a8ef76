/** Traces to OpenAI: `@baton/tracing/openai`. */
export type { OpenAITracingExporterOptions, OpenAITracingKey } from './openai-exporter-options.js';
export { OPENAI_TRACES_ENDPOINT, OpenAITracingExporter } from './openai-tracing-exporter.js';
export type { QuietFetch, QuietRequest } from '../quiet-fetch.js';
