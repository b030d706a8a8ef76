import type { Model, ModelProvider, ModelProviderOptions } from '@baton/core';
import { UserError } from '@baton/core';
import { OpenAIChatCompletionsProvider } from '@baton/openai-chat';
import { OpenAIResponsesProvider } from '@baton/openai-responses';
import type {
  OpenAIClientLike,
  OpenAIClientOptions,
  OpenAIResponsesWebSocketOptions,
} from '@baton/openai-responses';
import { isClientOfOpenAI, isOpenAI } from './key-of-client.js';
import { openAIDefaults } from './openai-defaults.js';
import { readEnv } from './read-env.js';

/** Options of {@link OpenAIProvider}: a finished client, or what one is made of; and which API. */
export interface OpenAIProviderOptions extends OpenAIClientOptions {
  /** A client of the `openai` package, 6 or 7. Not together with options that only a new one could follow. */
  readonly openAIClient?: OpenAIClientLike | undefined;
  /** `false`: Chat Completions, for servers that have no Responses API. Default: what `setOpenAIAPI()` says, else `true`. */
  readonly useResponses?: boolean | undefined;
  /**
   * Whether each model speaks over one WebSocket that stays open until `close()`. Default: what
   * `setOpenAIResponsesTransport()` says, else `false`.
   */
  readonly useResponsesWebSocket?: boolean | undefined;
  /** Where sockets go. Default: `OPENAI_WEBSOCKET_BASE_URL`, else the base URL with `ws` for `http`. */
  readonly websocketBaseURL?: string | undefined;
  /** How sockets are kept alive. */
  readonly responsesWebSocketOptions?: OpenAIResponsesWebSocketOptions | undefined;
  /**
   * Whether Chat Completions models refuse what they cannot represent faithfully (`previousResponseId`,
   * `conversationId`, `prompt`, tool outputs that are not text), in place of a warning. Responses models can
   * represent everything. Default `false`.
   */
  readonly strictFeatureValidation?: boolean | undefined;
  /** Whether Chat Completions models send tool outputs with all the wire can carry. Default `false`. */
  readonly preserveToolOutputAllContent?: boolean | undefined;
  /** Whether Chat Completions models hold streamed function calls back until they are complete. Default `false`. */
  readonly bufferStreamedToolCalls?: boolean | undefined;
}

/**
 * Finds OpenAI's models by name, and those of any server with the same API. Use it to give a run its own key,
 * endpoint or client, e.g. one per tenant.
 *
 * What is not given comes from `setDefaultOpenAIClient()` and `setDefaultOpenAIKey()`, else from the
 * environment. Options win over the default client: with one of them set, the provider makes its own.
 *
 * @example
 * ```ts
 * import { Agent, OpenAIProvider, run } from '@baton/agents';
 *
 * export async function answer(tenantKey: string, question: string): Promise<string | undefined> {
 *   const modelProvider = new OpenAIProvider({ apiKey: tenantKey });
 *   return (await run(new Agent({ name: 'Assistant' }), question, { modelProvider })).finalOutput;
 * }
 * ```
 */
export class OpenAIProvider implements ModelProvider {
  readonly #options: OpenAIProviderOptions;
  readonly #made: OpenAIResponsesProvider[] = [];
  #current: Current | undefined;

  /** @throws UserError where a client comes together with options that only a new one could follow. */
  constructor(options: OpenAIProviderOptions = {}) {
    const conflicts = clientOptionsIn(options);
    if (options.openAIClient !== undefined && conflicts.length > 0) {
      throw new UserError(
        `OpenAIProvider got \`openAIClient\` together with ${conflicts.map((name) => `\`${name}\``).join(', ')}. ` +
          'A client has its own settings: pass either the client or the options.',
      );
    }
    this.#options = options;
  }

  /**
   * Nothing is loaded and no key is needed before the model is called.
   *
   * @param modelName Default: the environment variable `OPENAI_DEFAULT_MODEL`, else `gpt-5.6-luna`.
   * @param options Whether a Chat Completions model is strict; default: as the provider's option says.
   * @returns The same model for the same name, as long as the defaults stay the same.
   */
  getModel(modelName?: string, options?: ModelProviderOptions): Model {
    const { chat, responses } = this.#providers();
    const useResponses = this.#options.useResponses ?? openAIDefaults().api === 'responses';
    return useResponses ? responses.getModel(modelName) : chat.getModel(modelName, options);
  }

  /** Whether its models are OpenAI's own: a trace of theirs may be sent there. */
  talksToOpenAI(): boolean {
    const own = clientOptionsIn(this.#options).length > 0;
    const client = this.#options.openAIClient ?? (own ? undefined : openAIDefaults().client);
    if (client !== undefined) return isClientOfOpenAI(client);
    const baseURL = this.#options.baseURL ?? readEnv('OPENAI_BASE_URL') ?? '';
    return baseURL === '' || isOpenAI(baseURL);
  }

  /**
   * Ends the sockets of all its models; over HTTP there is nothing to end.
   *
   * @throws The first failure, after everything else is closed too [RSP-06].
   */
  async close(): Promise<void> {
    const closed = await Promise.allSettled(this.#made.map((provider) => provider.close()));
    for (const outcome of closed) if (outcome.status === 'rejected') throw outcome.reason;
  }

  #providers(): Current {
    const defaults = openAIDefaults();
    const own = clientOptionsIn(this.#options).length > 0;
    const sockets = this.#options.useResponsesWebSocket ?? defaults.transport === 'websocket';
    const client = this.#options.openAIClient ?? (own ? undefined : defaults.client);
    const apiKey = this.#options.apiKey ?? defaults.key;
    const current = this.#current;
    if (
      current?.client === client &&
      current?.apiKey === apiKey &&
      current?.sockets === sockets
    ) {
      return current;
    }
    return this.#make({ client, apiKey, sockets });
  }

  #make(given: Given): Current {
    const { client, apiKey, sockets } = given;
    const { useResponses: _api, useResponsesWebSocket: _socket, openAIClient: _client, ...options } =
      this.#options;
    const { strictFeatureValidation, preserveToolOutputAllContent, ...rest } = options;
    const { bufferStreamedToolCalls, websocketBaseURL, responsesWebSocketOptions, ...address } = rest;
    const talk = client === undefined ? { ...address, apiKey } : { openAIClient: client };
    const current = {
      ...given,
      responses: new OpenAIResponsesProvider({
        ...talk,
        useResponsesWebSocket: sockets,
        websocketBaseURL,
        responsesWebSocketOptions,
      }),
      chat: new OpenAIChatCompletionsProvider({
        ...talk,
        strictFeatureValidation,
        preserveToolOutputAllContent,
        bufferStreamedToolCalls,
      }),
    };
    this.#made.push(current.responses);
    this.#current = current;
    return current;
  }
}

/** What models are made with, as it was given or set. */
interface Given {
  readonly client: OpenAIClientLike | undefined;
  readonly apiKey: OpenAIClientOptions['apiKey'];
  readonly sockets: boolean;
}

/** The providers that fit the defaults as they were. */
interface Current extends Given {
  readonly responses: OpenAIResponsesProvider;
  readonly chat: OpenAIChatCompletionsProvider;
}

/** The names of the options that only a new client could follow; `''` counts as set. */
function clientOptionsIn(options: OpenAIProviderOptions): readonly string[] {
  return CLIENT_OPTIONS.filter((name) => options[name] !== undefined);
}

const CLIENT_OPTIONS = [
  'apiKey',
  'baseURL',
  'organization',
  'project',
  'defaultHeaders',
  'fetch',
  'websocketBaseURL',
] as const satisfies readonly (keyof OpenAIProviderOptions)[];
