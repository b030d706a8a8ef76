import { LogTraceProcessor } from '@baton/tracing';
import type {
  Current,
  Span,
  Trace,
  TraceProvider,
  TracingContextStorage,
  TracingIdGenerator,
  TracingProcessor,
  WithTraceOptions,
} from '@baton/tracing';
import { agentsLogger, sayEverything } from './agents-logger.js';
import { defaultTracing, exportKey, exportToOpenAIOnly } from './default-tracing.js';

/** The trace and span that are current, to make them so again elsewhere. */
export interface TraceContextSnapshot {
  readonly trace: Trace;
  readonly span?: Span | null | undefined;
}

/** What runs without a tracer of their own record with. */
export function getGlobalTraceProvider(): TraceProvider {
  return defaultTracing();
}

/** Tells one more processor of traces and spans, beside OpenAI's and others. */
export function addTraceProcessor(processor: TracingProcessor): void {
  defaultTracing().registerProcessor(processor);
}

/** Puts these in the place of all processors, also of the one that sends to OpenAI; those before send what they have. */
export function setTraceProcessors(processors: readonly TracingProcessor[]): void {
  defaultTracing().setProcessors(processors);
}

/** Puts the one that sends to OpenAI in the place of all processors. */
export function setDefaultOpenAITracingExporter(): void {
  exportToOpenAIOnly();
}

/** Switches recording off or on; wins over the environment variable `OPENAI_AGENTS_DISABLE_TRACING`. */
export function setTracingDisabled(disabled: boolean): void {
  defaultTracing().setDisabled(disabled);
}

/** Has ids made by something else from now on. */
export function setTracingIdGenerator(generator?: Partial<TracingIdGenerator>): void {
  defaultTracing().setIdGenerator(generator);
}

/** Has the current span carried along by something else from now on. */
export function setTracingContextStorage(storage?: TracingContextStorage<Current>): void {
  defaultTracing().setContextStorage(storage);
}

/** There for code that was written for `@openai/agents`: Baton sends by itself, in every environment. */
export function startTraceExportLoop(): void {
  defaultTracing();
}

/**
 * Calls the function inside a new trace: all runs and spans in it make one story.
 *
 * @param trace Its name, or a trace that was made before.
 *
 * @example
 * ```ts
 * import { Agent, run, withTrace } from '@baton/agents';
 *
 * const writer = new Agent({ name: 'Writer', instructions: 'Write a joke.' });
 * const critic = new Agent({ name: 'Critic', instructions: 'Rate the joke.' });
 *
 * export const rating = withTrace('Joke workshop', async () => {
 *   const joke = await run(writer, 'About types, please');
 *   return run(critic, joke.finalOutput ?? '');
 * });
 * ```
 */
export function withTrace<T>(
  trace: string | Trace,
  fn: (trace: Trace) => Promise<T> | T,
  options: WithTraceOptions = {},
): Promise<T> {
  return defaultTracing().withTrace(trace, fn, { tracingApiKey: exportKey(), ...options });
}

/** Calls the function inside the current trace, or inside a new one where there is none. */
export function getOrCreateTrace<T>(fn: () => Promise<T> | T, options: WithTraceOptions = {}): Promise<T> {
  return defaultTracing().getOrCreateTrace(fn, { tracingApiKey: exportKey(), ...options });
}

/** The trace that the code which runs now is in. */
export function getCurrentTrace(): Trace | null {
  return defaultTracing().getCurrentTrace();
}

/** The innermost span that the code which runs now is in. */
export function getCurrentSpan(): Span | null {
  return defaultTracing().getCurrentSpan();
}

/** Makes a span the current one for the rest of the code that runs now. */
export function setCurrentSpan(span: Span): void {
  defaultTracing().setCurrentSpan(span);
}

/** Makes the span around the current one current again. */
export function resetCurrentSpan(): void {
  defaultTracing().resetCurrentSpan();
}

/** The trace and span that are current, for `withTraceContext()` in code that is called from elsewhere. */
export function getCurrentTraceContext(): TraceContextSnapshot | null {
  const trace = getCurrentTrace();
  return trace === null ? null : { trace, span: getCurrentSpan() };
}

/** Calls the function as if it were called where the context was taken; without a context, as it is. */
export function withTraceContext<T>(context: TraceContextSnapshot | null | undefined, fn: () => T): T {
  return context === null || context === undefined ? fn() : defaultTracing().runWith(context.span ?? context.trace, fn);
}

/**
 * Says on stderr what runs do: each trace, model call and tool call as it ends. What they are given and give is said only
 * with the environment variables `OPENAI_AGENTS_DONT_LOG_MODEL_DATA=0` and `OPENAI_AGENTS_DONT_LOG_TOOL_DATA=0`. Works
 * where tracing is not disabled; a second call changes nothing.
 */
export function enableVerboseLogging(): void {
  const tracing = defaultTracing();
  sayEverything();
  if (tracing.processors.some((each) => each instanceof LogTraceProcessor)) return;
  tracing.registerProcessor(new LogTraceProcessor({ logger: agentsLogger }));
}
