import type { ModelProvider } from '@baton/core/model';
import {
  type ClientSource,
  clientSource,
  getDefaultModel,
  getDefaultModelSettings,
  type OpenAIClientLike,
  type OpenAIClientOptions,
  requireClientAlone,
} from '@baton/openai-shared';
import { OpenAIResponsesModel } from './openai-responses-model.js';
import {
  OpenAIResponsesWSModel,
  type OpenAIResponsesWSModelOptions,
} from './openai-responses-ws-model.js';
import type { OpenAIResponsesWebSocketOptions } from './transport/socket-connection.js';

/** Options of {@link OpenAIResponsesProvider}: a finished client, or what one is made of. */
export interface OpenAIResponsesProviderOptions extends OpenAIClientOptions {
  /** A client of the `openai` package, 6 or 7. Not together with options that only a new one could follow. */
  readonly openAIClient?: OpenAIClientLike | undefined;
  /** The same as `openAIClient`. */
  readonly client?: OpenAIClientLike | undefined;
  /** Whether each model speaks over one WebSocket that stays open; see `OpenAIResponsesWSModel`. Default: false. */
  readonly useResponsesWebSocket?: boolean | undefined;
  /** Where sockets go. Default: `OPENAI_WEBSOCKET_BASE_URL`, else the base URL with `ws` for `http`. */
  readonly websocketBaseURL?: string | undefined;
  /** How sockets are kept alive. */
  readonly responsesWebSocketOptions?: OpenAIResponsesWebSocketOptions | undefined;
}

/**
 * Finds models of the OpenAI Responses API by name. Use it to give a run its own key, endpoint or client,
 * e.g. one per tenant.
 *
 * @example
 * ```ts
 * import { OpenAIResponsesProvider } from '@baton/openai-responses';
 *
 * const provider = new OpenAIResponsesProvider({ baseURL: 'http://localhost:11434/v1' });
 * export const model = provider.getModel('qwen3');
 * ```
 */
export class OpenAIResponsesProvider implements ModelProvider {
  readonly #client: ClientSource;
  readonly #sockets: OpenAIResponsesWSModelOptions | undefined;
  readonly #models = new Map<string, OpenAIResponsesModel>();

  /** @throws UserError where a client comes together with options that only a new one could follow. */
  constructor(options: OpenAIResponsesProviderOptions = {}) {
    const { client, openAIClient, ...others } = options;
    const { useResponsesWebSocket, websocketBaseURL, responsesWebSocketOptions, ...rest } = others;
    const given = openAIClient ?? client;
    if (given !== undefined) {
      const name = openAIClient === undefined ? 'client' : 'openAIClient';
      const second = client === given ? undefined : client;
      requireClientAlone('OpenAIResponsesProvider', name, { ...rest, websocketBaseURL, client: second });
    }
    this.#client = clientSource(given ?? rest);
    this.#sockets =
      useResponsesWebSocket === true
        ? { websocketBaseURL, websocketOptions: responsesWebSocketOptions }
        : undefined;
  }

  /**
   * A model of the GPT-5 family is asked with its `getDefaultModelSettings()` where the agent and the run set
   * nothing, however it was found: by its name, or as the default.
   *
   * @param modelName Default: the environment variable `OPENAI_DEFAULT_MODEL`, else `gpt-5.6-luna`.
   * @returns The same model for the same name, so that what it remembers in a run is found again.
   */
  getModel(modelName?: string): OpenAIResponsesModel {
    const name = modelName ?? getDefaultModel();
    let model = this.#models.get(name);
    if (model === undefined) {
      const defaults = getDefaultModelSettings(name);
      model =
        this.#sockets === undefined
          ? new OpenAIResponsesModel(this.#client, name, { defaultSettings: defaults })
          : new OpenAIResponsesWSModel(this.#client, name, {
              ...this.#sockets,
              defaultSettings: defaults,
            });
      this.#models.set(name, model);
    }
    return model;
  }

  /** Ends the sockets of all models; their next request opens new ones. Over HTTP there is nothing to end. */
  async close(): Promise<void> {
    for (const model of this.#models.values()) {
      if (model instanceof OpenAIResponsesWSModel) await model.close();
    }
  }
}
