/** Baton's spans in the app's own OpenTelemetry: `@baton/tracing/opentelemetry`. */
export { OpenTelemetryProcessor } from './opentelemetry-processor.js';
export type { OpenTelemetryProcessorOptions } from './opentelemetry-processor.js';
