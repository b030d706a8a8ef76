import { createSpanFunctions } from './span-functions.js';
import type { SpanFunctions } from './span-functions.js';
import { TraceProvider } from './trace-provider.js';
import type { TraceProviderOptions } from './trace-provider-options.js';

/** A {@link TraceProvider} with the functions for each kind of span. */
export type Tracing = TraceProvider & SpanFunctions;

/**
 * Makes what records traces. Give it to a `Runner` as its `tracer`; apps with several tenants make one for each.
 *
 * @param options Who is told of traces and spans, and what they may see.
 *
 * @example
 * ```ts
 * import { Agent, Runner, tool } from '@baton/core';
 * import { BatchTraceProcessor, createTracing } from '@baton/tracing';
 * import { ConsoleSpanExporter } from '@baton/tracing/console';
 *
 * const tracing = createTracing({ processors: [new BatchTraceProcessor(new ConsoleSpanExporter())] });
 * const runner = new Runner({ tracer: tracing });
 *
 * const report = tool({
 *   name: 'report',
 *   execute: () => tracing.withCustomSpan(() => 'All is well', { data: { name: 'read the figures' } }),
 * });
 *
 * export async function ask(question: string): Promise<string | undefined> {
 *   const result = await runner.run(new Agent({ name: 'Reporter', tools: [report] }), question);
 *   await tracing.forceFlush();
 *   return result.finalOutput;
 * }
 * ```
 */
export function createTracing(options: TraceProviderOptions = {}): Tracing {
  const provider = new TraceProvider(options);
  return Object.assign(provider, createSpanFunctions(() => provider));
}
