import type { ModelProvider } from '@baton/core';
import type { OpenAIClientLike } from '@baton/openai-responses';
import { keyOfClient } from './key-of-client.js';

/** Which of OpenAI's APIs models found by name are asked through. */
export type OpenAIAPI = 'responses' | 'chat_completions';

/** How the Responses API is spoken: a request for each turn, or one WebSocket that stays open. */
export type OpenAIResponsesTransport = 'http' | 'websocket';

interface Defaults {
  client: OpenAIClientLike | undefined;
  key: string | undefined;
  tracingKey: string | undefined;
  /** Whether `tracingKey` was set for the traces of every model, or is that of OpenAI's models only. */
  tracingKeyIsFor: 'any_model' | 'openai';
  /** What `tracingKey` was before it came from the default client, if it did. */
  tracingBeforeClient: Pick<Defaults, 'tracingKey' | 'tracingKeyIsFor'> | undefined;
  api: OpenAIAPI;
  transport: OpenAIResponsesTransport;
  modelProvider: ModelProvider | undefined;
}

/**
 * The one place with state of the whole process: users of `@openai/agents` know these setters. Everything
 * here is read when a run looks for its model, so it does not matter what is imported or made first. Apps
 * with more than one key or endpoint pass an `OpenAIProvider` to each run instead.
 */
const defaults: Defaults = {
  client: undefined,
  key: undefined,
  tracingKey: undefined,
  tracingKeyIsFor: 'openai',
  tracingBeforeClient: undefined,
  api: 'responses',
  transport: 'http',
  modelProvider: undefined,
};

/** What the setters were given, as it is now. */
export function openAIDefaults(): Readonly<Defaults> {
  return defaults;
}

/**
 * Sets the API key of everything that is given none of its own.
 *
 * @param key Wins over the environment variable `OPENAI_API_KEY`.
 * @param options `useForTracing`: whether traces are sent with this key too, default `true`.
 *
 * @example
 * ```ts
 * import { setDefaultOpenAIKey } from '@baton/agents';
 *
 * setDefaultOpenAIKey('sk-…');
 * ```
 */
export function setDefaultOpenAIKey(
  key: string,
  { useForTracing = true }: { readonly useForTracing?: boolean } = {},
): void {
  defaults.key = key;
  if (!useForTracing) return;
  setTracingExportApiKey(key);
  defaults.tracingKeyIsFor = 'openai';
}

/**
 * Sets the client of everything that is given neither a client nor options of its own.
 *
 * @param client A client of the `openai` package, 6 or 7, an `AzureOpenAI`, or another with the same API;
 *   `undefined` takes it back.
 * @param options `useForTracing`: whether traces are sent with the client's key too, default `true`. A key for
 *   another server than OpenAI's, and one that is made anew for each request, is never sent with traces.
 *
 * @example
 * ```ts
 * import { setDefaultOpenAIClient, type OpenAIClientLike } from '@baton/agents';
 *
 * // e.g. `new OpenAI({ maxRetries: 5 })` or `new AzureOpenAI({ … })` of the package `openai`
 * export function startApp(client: OpenAIClientLike): void {
 *   setDefaultOpenAIClient(client);
 * }
 * ```
 */
export function setDefaultOpenAIClient(
  client: OpenAIClientLike | undefined,
  { useForTracing = true }: { readonly useForTracing?: boolean } = {},
): void {
  defaults.client = client;
  // The key of the client before is none of the default's any more.
  const { tracingKey, tracingKeyIsFor } = defaults.tracingBeforeClient ?? defaults;
  const key = client === undefined || !useForTracing ? undefined : keyOfClient(client);
  defaults.tracingBeforeClient = key === undefined ? undefined : { tracingKey, tracingKeyIsFor };
  defaults.tracingKey = key ?? tracingKey;
  defaults.tracingKeyIsFor = key === undefined ? tracingKeyIsFor : 'openai';
}

/** The client that was set with `setDefaultOpenAIClient()`. */
export function getDefaultOpenAIClient(): OpenAIClientLike | undefined {
  return defaults.client;
}

/** Sets the API of providers that are not told which; `responses` where nothing is set. */
export function setOpenAIAPI(api: OpenAIAPI): void {
  defaults.api = api;
}

/** Sets how providers speak that are not told how; `http` where nothing is set. */
export function setOpenAIResponsesTransport(transport: OpenAIResponsesTransport): void {
  defaults.transport = transport;
}

/**
 * Sets the key that traces are sent to OpenAI with, also those of runs whose models are not OpenAI's. Without it they are
 * sent with `OPENAI_API_KEY`, or the default key or client, and only those of runs that talk to OpenAI.
 */
export function setTracingExportApiKey(key: string): void {
  defaults.tracingKey = key;
  defaults.tracingKeyIsFor = 'any_model';
  defaults.tracingBeforeClient = undefined;
}

/**
 * Sets where runs find models by name that have no provider of their own; `undefined` takes it back.
 *
 * @example
 * ```ts
 * import { OpenAIProvider, setDefaultModelProvider } from '@baton/agents';
 *
 * setDefaultModelProvider(new OpenAIProvider({ baseURL: 'http://localhost:11434/v1' }));
 * ```
 */
export function setDefaultModelProvider(provider: ModelProvider | undefined): void {
  defaults.modelProvider = provider;
}
