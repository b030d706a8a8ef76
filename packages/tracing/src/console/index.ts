/** Traces in the terminal: `@baton/tracing/console`. */
export { ConsoleSpanExporter } from './console-span-exporter.js';
export type { ConsoleSpanExporterOptions } from './console-span-exporter.js';
