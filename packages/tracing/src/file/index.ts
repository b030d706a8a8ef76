/** Traces into files: `@baton/tracing/file`. */
export { FileSpanExporter } from './file-span-exporter.js';
export type { FileSpanExporterOptions } from './file-span-exporter.js';
