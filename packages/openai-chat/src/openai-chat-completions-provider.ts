import { type ModelProvider, type ModelProviderOptions, UserError } from '@baton/core/model';
import {
  type ClientInput,
  type ClientSource,
  clientSource,
  getDefaultModel,
  getDefaultModelSettings,
  type OpenAIClientOptions,
  requireClientAlone,
} from '@baton/openai-shared';
import {
  OpenAIChatCompletionsModel,
  type OpenAIChatCompletionsModelOptions,
} from './openai-chat-completions-model.js';

/** Options of {@link OpenAIChatCompletionsProvider}: a client or what one is made of, and what its models have. */
export interface OpenAIChatCompletionsProviderOptions
  extends OpenAIClientOptions, Omit<OpenAIChatCompletionsModelOptions, 'defaultSettings'> {
  /** A client of the `openai` package, 6 or 7, or a function that gives one. Not together with what one is made of. */
  readonly openAIClient?: ClientInput | undefined;
  /** The same as `openAIClient`. */
  readonly client?: ClientInput | undefined;
  /**
   * The model where none is named. Default: the environment variable `OPENAI_DEFAULT_MODEL`, else `gpt-5.6-luna`;
   * `null` for none, as such names mean nothing to other endpoints.
   */
  readonly defaultModel?: string | null | undefined;
}

/**
 * Finds models behind Chat Completions by name. Use it to give a run its own key, endpoint or client; for known
 * endpoints `openAICompatible()` has what they need.
 *
 * @example
 * ```ts
 * import { OpenAIChatCompletionsProvider } from '@baton/openai-chat';
 *
 * const provider = new OpenAIChatCompletionsProvider({ baseURL: 'http://localhost:8000/v1' });
 * export const model = provider.getModel('qwen3');
 * ```
 */
export class OpenAIChatCompletionsProvider implements ModelProvider {
  readonly #client: ClientSource;
  readonly #options: OpenAIChatCompletionsModelOptions;
  readonly #defaultModel: string | null | undefined;
  readonly #models = new Map<string, OpenAIChatCompletionsModel>();

  /** @throws UserError where a client comes together with options that only a new one could follow. */
  constructor(options: OpenAIChatCompletionsProviderOptions = {}) {
    const { client, openAIClient, defaultModel, ...others } = options;
    const { apiKey, baseURL, organization, project, defaultHeaders, fetch, ...modelOptions } =
      others;
    const clientOptions = { apiKey, baseURL, organization, project, defaultHeaders, fetch };
    const given = openAIClient ?? client;
    if (given !== undefined) {
      const name = openAIClient === undefined ? 'client' : 'openAIClient';
      requireClientAlone('OpenAIChatCompletionsProvider', name, clientOptions);
    }
    this.#client = clientSource(given ?? clientOptions);
    this.#options = modelOptions;
    this.#defaultModel = defaultModel;
  }

  /**
   * A model of the GPT-5 family is asked with its `getDefaultModelSettings()` where the agent and the run set
   * nothing, however it was found: by its name, or as the default.
   *
   * @param modelName Default: the option `defaultModel`.
   * @param options Whether the model is strict; default: as the provider's option says.
   * @returns The same model for the same name, so that what it remembers and has said is found again.
   * @throws UserError where no name is given and there is no default.
   */
  getModel(
    modelName?: string,
    { strictFeatureValidation: strict }: ModelProviderOptions = {},
  ): OpenAIChatCompletionsModel {
    const name = modelName ?? this.#defaultName();
    const key = JSON.stringify([name, strict]);
    let model = this.#models.get(key);
    if (model === undefined) {
      model = new OpenAIChatCompletionsModel(this.#client, name, {
        ...this.#options,
        ...(strict !== undefined && { strictFeatureValidation: strict }),
        defaultSettings: getDefaultModelSettings(name),
      });
      this.#models.set(key, model);
    }
    return model;
  }

  #defaultName(): string {
    if (this.#defaultModel !== null) return this.#defaultModel ?? getDefaultModel();
    throw new UserError(
      'No model is named, and this endpoint has no default. Give the agent or the run a `model`, or the provider a `defaultModel`.',
    );
  }
}
