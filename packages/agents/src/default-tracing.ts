import { noopTracer } from '@baton/core';
import type { Model, Tracer, TraceOptions } from '@baton/core';
import { BatchTraceProcessor, createTracing } from '@baton/tracing';
import type { Tracing, TracingProcessor } from '@baton/tracing';
import { OpenAITracingExporter } from '@baton/tracing/openai';
import { agentsLogger } from './agents-logger.js';
import { DefaultModelProvider } from './default-model-provider.js';
import { isOpenAI } from './key-of-client.js';
import { openAIDefaults } from './openai-defaults.js';
import { OpenAIProvider } from './openai-provider.js';
import { readEnv } from './read-env.js';

interface DefaultTracing {
  tracing: Tracing | undefined;
  openAI: TracingProcessor | undefined;
}

/** What the free functions and runs without a tracer of their own record with: made when it is first needed. */
const state: DefaultTracing = { tracing: undefined, openAI: undefined };

/** The tracing of runs that have none of their own. */
export function defaultTracing(): Tracing {
  if (state.tracing !== undefined) return state.tracing;
  state.openAI = createOpenAIProcessor();
  state.tracing = createTracing({
    processors: [state.openAI],
    disabled: isDisabledByEnvironment(),
    redaction: { secrets: secretsOfEnvironment() },
    logger: agentsLogger,
  });
  return state.tracing;
}

/** Batches to OpenAI, with the key that each trace is to be sent with. */
export function createOpenAIProcessor(): TracingProcessor {
  const apiKey = (): string | undefined => openAIDefaults().tracingKey ?? readEnv('OPENAI_API_KEY');
  return new BatchTraceProcessor(new OpenAITracingExporter({ apiKey, logger: agentsLogger }), { logger: agentsLogger });
}

/** Puts OpenAI in the place of all processors. */
export function exportToOpenAIOnly(): void {
  const tracing = defaultTracing();
  state.openAI = createOpenAIProcessor();
  tracing.setProcessors([state.openAI]);
}

/**
 * The tracer of runs that have none of their own. A run whose models do not talk to OpenAI is none of OpenAI's business,
 * and its key is not OpenAI's: its trace goes to the other processors only.
 */
export const defaultTracer: Tracer = {
  startTrace: (options) => {
    const tracing = defaultTracing();
    const apiKey = options.tracing?.apiKey ?? exportKey(options);
    if (apiKey === '' && tracing.processors.every((each) => each === state.openAI)) return noopTracer.startTrace(options);
    return tracing.startTrace({ ...options, tracing: { ...options.tracing, apiKey } });
  },
  startSpan: (data, parent) => defaultTracing().startSpan(data, parent),
};

/**
 * The key that a run's trace is sent to OpenAI with; empty where it is not to be sent. A key that was set for tracing is
 * always used, another only where the run's client talks to OpenAI.
 */
export function exportKey({ model, modelProvider }: Pick<TraceOptions, 'model' | 'modelProvider'> = {}): string {
  const { tracingKey, tracingKeyIsFor } = openAIDefaults();
  if (tracingKey !== undefined && tracingKeyIsFor === 'any_model') return tracingKey;
  const own = model === undefined || typeof model === 'string' ? talksToOpenAI(modelProvider) : isModelOfOpenAI(model);
  return own ? (tracingKey ?? readEnv('OPENAI_API_KEY') ?? '') : '';
}

/** A model that does not tell where its requests go may be anybody's. */
function isModelOfOpenAI(model: unknown): boolean {
  const { baseURL } = model as Model; // the run takes no other object for a model
  return baseURL !== undefined && isOpenAI(baseURL);
}

function talksToOpenAI(modelProvider: unknown): boolean {
  const provider =
    modelProvider === undefined || modelProvider instanceof DefaultModelProvider
      ? (openAIDefaults().modelProvider ?? new OpenAIProvider())
      : modelProvider;
  return provider instanceof OpenAIProvider && provider.talksToOpenAI();
}

/** As `@openai/agents` does: also under test, where traces would be sent of what never happened. */
function isDisabledByEnvironment(): boolean {
  const value = readEnv('OPENAI_AGENTS_DISABLE_TRACING')?.toLowerCase();
  return value === '1' || value === 'true' || readEnv('NODE_ENV') === 'test';
}

/** What the process was started with must not be in a trace, whatever it looks like. */
function secretsOfEnvironment(): string[] {
  const { process } = globalThis as { readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> } }; // no types of Node here
  const named = Object.entries(process?.env ?? {}).filter(([name]) => SECRET_VARIABLE.test(name));
  return named.flatMap(([, value]) => (value !== undefined && value.length >= SHORTEST_SECRET ? [value] : []));
}

const SECRET_VARIABLE = /(?:API_?KEY|ACCESS_?KEY|TOKEN|SECRET|PASSWORD)$/i;
const SHORTEST_SECRET = 12;
