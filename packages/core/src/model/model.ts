import type { Logger } from '../internal/logger.js';
import type { AgentInputItem } from '../item/index.js';
import type { ModelStreamEvent } from './model-events.js';
import type { ModelResponse } from './model-response.js';
import type { ModelRetryAdvice, ModelSettings } from './model-settings.js';
import type { Prompt, SerializedHandoff, SerializedOutputType, SerializedTool } from './tool-spec.js';

/** What a model may put into its traces: everything, no data, or nothing at all. */
export type ModelTracing = boolean | 'enabled_without_data';

/** What a model can do beyond answering a conversation; a run checks it before the first call. */
export interface ModelCapabilities {
  /** Continues a conversation kept by the provider (`previousResponseId`, `conversationId`). */
  readonly serverManagedConversation: boolean;
  /** Takes a stored prompt template. */
  readonly prompt: boolean;
  /** Runs hosted tools. */
  readonly hostedTools: boolean;
  /** Knows computers, shells and apply_patch as what they are. Default: true. */
  readonly localTools?: boolean;
  /** Takes tools with `deferLoading` and tools in namespaces. Default: true. */
  readonly deferredTools?: boolean;
}

/** One call of a model: everything it needs, as plain data. */
export interface ModelRequest {
  readonly systemInstructions?: string | undefined;
  /** The conversation, or what is new of it where the provider keeps the rest. */
  readonly input: string | readonly AgentInputItem[];
  readonly previousResponseId?: string | undefined;
  readonly conversationId?: string | undefined;
  readonly modelSettings: ModelSettings;
  readonly tools: readonly SerializedTool[];
  readonly handoffs: readonly SerializedHandoff[];
  readonly outputType: SerializedOutputType;
  readonly prompt?: Prompt | undefined;
  /** Whether the app chose this model by name although a prompt template could choose one. */
  readonly overridePromptModel?: boolean | undefined;
  readonly tracing?: ModelTracing | undefined;
  /** Cancels the call; absent where nobody can. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Room where a model may remember work between the calls of one run, e.g. items it has already
   * converted. Never stored, empty again after a resume; key it by the model itself.
   */
  readonly runMemory?: RunMemory | undefined;
  /** Where the run wants to hear what a model does differently than asked. */
  readonly logger?: Logger | undefined;
}

/** What models remember between the calls of a run, each under an owner of its own; a `Map` is one. */
export interface RunMemory {
  get(owner: unknown): unknown;
  set(owner: unknown, value: unknown): unknown;
}

/** A failed call, for `getRetryAdvice`. */
export interface ModelRetryAdviceRequest {
  readonly request: ModelRequest;
  readonly error: unknown;
  readonly stream: boolean;
  readonly attempt: number;
}

/**
 * A language model. Write one to add a provider; `testModel` of `@baton/core/testing` proves it, and
 * `docs/providers.md` shows a whole one.
 *
 * @example
 * ```ts
 * import { Usage, type Model, type ModelResponse } from '@baton/core/model';
 *
 * function answer(text: string): ModelResponse {
 *   return {
 *     output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }],
 *     usage: new Usage({ requests: 1 }),
 *   };
 * }
 *
 * export const parrot: Model = {
 *   name: 'parrot',
 *   getResponse: ({ input }) => Promise.resolve(answer(JSON.stringify(input))),
 *   async *getStreamedResponse({ input }) {
 *     const at = { itemIndex: 0, contentIndex: 0 };
 *     const response = answer(JSON.stringify(input));
 *     yield { type: 'output_text_start', ...at };
 *     yield { type: 'output_text_delta', ...at, delta: JSON.stringify(input) };
 *     yield { type: 'output_text_end', ...at };
 *     for (const item of response.output) yield { type: 'output_item_done', itemIndex: 0, item };
 *     yield { type: 'response_done', response };
 *   },
 * };
 * ```
 */
export interface Model {
  /** The model's name, for traces and messages. */
  readonly name?: string;
  /**
   * Where its requests go, as far as it knows before the first: traces tell whose model was asked, and a trace goes
   * to OpenAI only where the model is OpenAI's.
   */
  readonly baseURL?: string | undefined;
  /** What is left out counts as `true`: an unknown model is trusted. */
  readonly capabilities?: Partial<ModelCapabilities>;
  /**
   * Whether a run that asks for what this model cannot do is refused before its first call, instead of going on
   * without, with a warning. Default: false.
   */
  readonly strictFeatureValidation?: boolean;
  /** Answers in one piece. Rejects with an `AgentsError`, or with the signal's reason when cancelled. */
  getResponse(request: ModelRequest): Promise<ModelResponse>;
  /** Answers piece by piece; the last event is `response_done`. Fails as `getResponse` does. */
  getStreamedResponse(request: ModelRequest): AsyncIterable<ModelStreamEvent>;
  /** What the provider knows of whether a failed call should be sent again. */
  getRetryAdvice?(
    failed: ModelRetryAdviceRequest,
  ): ModelRetryAdvice | undefined | Promise<ModelRetryAdvice | undefined>;
}

/** How a model is wanted, where whoever asks does not leave that to the provider. */
export interface ModelProviderOptions {
  /** `true`: it refuses what it cannot do, as far as the provider has such models. Default: as the provider says. */
  readonly strictFeatureValidation?: boolean | undefined;
}

/** Finds models by name. */
export interface ModelProvider {
  /** The model of that name; without a name the provider's default. */
  getModel(modelName?: string, options?: ModelProviderOptions): Model | Promise<Model>;
}
