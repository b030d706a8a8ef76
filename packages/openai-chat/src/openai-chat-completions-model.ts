import {
  consoleLogger,
  type Logger,
  type Model,
  type ModelCapabilities,
  type ModelRequest,
  ModelRequestError,
  type ModelResponse,
  type ModelRetryAdvice,
  type ModelRetryAdviceRequest,
  type ModelSettings,
  type ModelStreamEvent,
  type ModelWarning,
} from '@baton/core/model';
import {
  type ClientInput,
  type ClientSource,
  clientRetriesOff,
  clientSource,
  endedEarly,
  type HttpCall,
  httpTransport,
  type HttpTransport,
  type IncomingEvents,
  type JsonRecord,
  parseObject,
  retryAdvice,
} from '@baton/openai-shared';
import type { ChatDialect } from './chat-dialect.js';
import { providerMark, type ProviderMark } from './provider-mark.js';
import { checkRequest } from './request/check-request.js';
import type { ReplayReasoning } from './request/replay-reasoning.js';
import { requestBody } from './request/request-body.js';
import { nothingSaid, RequestWarnings, type Said } from './request/request-warnings.js';
import { memoryOf } from './request/run-memory.js';
import { withDefaultSettings } from './request/with-default-settings.js';
import { readCompletion } from './response/model-response.js';
import type { ReadContext } from './response/read-context.js';
import { ChatStreamReader } from './response/stream-reader.js';
import { CHAT_API } from './transport/chat-api.js';

/** Options of {@link OpenAIChatCompletionsModel}. */
export interface OpenAIChatCompletionsModelOptions {
  /**
   * Whether what Chat Completions cannot represent is a `UserError` before any request: `previousResponseId`,
   * `conversationId`, `prompt`, tool outputs that are empty or not text, hosted-tool items in the history. Default:
   * false, which goes on with the whole conversation and says what was left out.
   */
  readonly strictFeatureValidation?: boolean | undefined;
  /**
   * Whether tool outputs are sent with everything the wire can carry, e.g. pictures as `image_url`, for endpoints that
   * take it; OpenAI's own does not. Wins over `strictFeatureValidation`. Default: false.
   */
  readonly preserveToolOutputAllContent?: boolean | undefined;
  /** Whether a stream's function calls are held back until they are complete. Default: false. */
  readonly bufferStreamedToolCalls?: boolean | undefined;
  /** What the endpoint takes, where that is not what OpenAI's takes; `chatPresets` has those of known ones. */
  readonly dialect?: ChatDialect | undefined;
  /** Whether a model is given reasoning of an earlier answer. Default: where it came from a model of the same family. */
  readonly shouldReplayReasoning?: ReplayReasoning | undefined;
  /** `reasoning` and `text` of requests that set none themselves. Default: nothing, so the server decides. */
  readonly defaultSettings?: Pick<ModelSettings, 'reasoning' | 'text'> | undefined;
  /** Takes the warnings of calls outside of runs; a run has its own. Default: the console. */
  readonly logger?: Logger | undefined;
}

/**
 * A model behind Chat Completions, OpenAI's or any compatible endpoint's. Use it where an agent shall have a client or
 * an endpoint of its own; otherwise a model's name and a provider do.
 *
 * @example
 * ```ts
 * import { OpenAIChatCompletionsModel } from '@baton/openai-chat';
 *
 * export const model = new OpenAIChatCompletionsModel({ baseURL: 'http://localhost:11434/v1' }, 'qwen3');
 * ```
 */
export class OpenAIChatCompletionsModel implements Model {
  readonly name: string;
  readonly capabilities: ModelCapabilities = {
    serverManagedConversation: false,
    prompt: false,
    hostedTools: false,
    localTools: false,
    deferredTools: false,
  };
  readonly strictFeatureValidation: boolean;
  readonly #client: ClientSource;
  readonly #transport: HttpTransport;
  readonly #mark: ProviderMark;
  readonly #options: OpenAIChatCompletionsModelOptions;
  readonly #said: Said = nothingSaid();

  /**
   * @param client An `openai` client (6 or 7), what one is made of, or a function that gives one. Nothing
   *   is loaded and no key is needed before the first call.
   * @param model The model's name, e.g. `gpt-4.1`.
   * @param options None are needed.
   */
  constructor(client: ClientInput, model: string, options: OpenAIChatCompletionsModelOptions = {}) {
    this.name = model;
    this.strictFeatureValidation = options.strictFeatureValidation ?? false;
    this.#mark = providerMark(model);
    this.#options = options;
    this.#client = clientSource(client);
    this.#transport = httpTransport(this.#client, CHAT_API);
  }

  /** Where its requests go, as far as that is known before the first. */
  get baseURL(): string | undefined {
    return this.#client.baseURL?.();
  }

  /**
   * @throws ModelRequestError where the call fails; ModelBehaviorError where the answer is none; UserError
   *   where the request can not be sent; the signal's reason where it was cancelled.
   */
  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    const { body, warnings, toContext } = this.#prepare(request, false);
    const { whole, requestId } = await this.#transport.fetchWhole(body, callOf(request));
    return withWarnings(readCompletion(whole, toContext(requestId)), warnings.list);
  }

  /** Fails as `getResponse` does. Ending the iteration early closes the connection. */
  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<ModelStreamEvent, void, void> {
    const { body, warnings, toContext } = this.#prepare(request, true);
    const incoming = await this.#transport.openStream(body, callOf(request));
    const reader = new ChatStreamReader(toContext(incoming.source.requestId));
    let ended = false;
    try {
      for (let batch = await read(incoming, reader); batch; batch = await read(incoming, reader)) {
        for (const data of batch) {
          if (data === '[DONE]') ended = true;
          else for (const event of reader.read(toChunk(data, incoming, reader))) yield event;
        }
        if (ended) break;
      }
      if (!ended && !reader.complete) {
        throw endedEarly(incoming.source, '`finish_reason`', reader.outputStarted);
      }
      ended = true;
      for (const event of reader.end()) {
        yield event.type === 'response_done'
          ? { ...event, response: withWarnings(event.response, warnings.list) }
          : event;
      }
    } finally {
      incoming.close(ended);
    }
  }

  /** What OpenAI's own client would do about a failed call. */
  getRetryAdvice(failed: ModelRetryAdviceRequest): ModelRetryAdvice | undefined {
    return retryAdvice(failed);
  }

  #prepare(request: ModelRequest, stream: boolean): PreparedCall {
    const { dialect = {}, defaultSettings, shouldReplayReasoning, ...options } = this.#options;
    const strict = this.strictFeatureValidation;
    const warnings = new RequestWarnings(request, {
      said: this.#said,
      logger: options.logger ?? consoleLogger,
    });
    checkRequest(request, { strict, warnings });
    const memory = memoryOf(request, this);
    const asked =
      defaultSettings === undefined
        ? request
        : withDefaultSettings(request, defaultSettings, this.name);
    const context = {
      model: this.name,
      dialect,
      strict,
      preserveToolOutputAllContent: options.preserveToolOutputAllContent ?? false,
      replayReasoning: shouldReplayReasoning,
      warnings,
    };
    return {
      body: requestBody(asked, { stream, memory, context }),
      warnings,
      toContext: (requestId) => ({
        mark: this.#mark,
        requestId,
        preserveRawUsage: request.modelSettings.preserveRawUsage ?? false,
        strictFeatureValidation: strict,
        bufferStreamedToolCalls: options.bufferStreamedToolCalls ?? false,
        warn: (code, message) => warnings.once(code, message),
        offers: (name) => memory.tools.get(request.tools)?.names.has(name) ?? false,
      }),
    };
  }
}

/** A call that is ready to be sent. */
interface PreparedCall {
  readonly body: string;
  readonly warnings: RequestWarnings;
  readonly toContext: (requestId: string | undefined) => ReadContext;
}

async function read(
  incoming: IncomingEvents,
  reader: ChatStreamReader,
): Promise<Awaited<ReturnType<IncomingEvents['read']>>> {
  try {
    return await incoming.read();
  } catch (error) {
    const failure = incoming.toError(error, reader.outputStarted);
    // All was said, and only the connection did not end well.
    const isTail = failure instanceof ModelRequestError && failure.isNetworkError;
    if (isTail && reader.complete) return undefined;
    throw failure;
  }
}

function toChunk(
  data: string | JsonRecord,
  { source }: IncomingEvents,
  { outputStarted }: ChatStreamReader,
): JsonRecord {
  return typeof data === 'string' ? parseObject(data, source, outputStarted) : data;
}

function withWarnings(response: ModelResponse, said: readonly ModelWarning[]): ModelResponse {
  if (said.length === 0) return response;
  return { ...response, warnings: [...(response.warnings ?? []), ...said] };
}

function callOf({ signal, modelSettings }: ModelRequest): HttpCall {
  const { extraHeaders: headers, extraQuery: query } = modelSettings;
  return { signal, headers, query, clientRetriesOff: clientRetriesOff(modelSettings) };
}
