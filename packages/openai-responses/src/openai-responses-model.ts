import type {
  Model,
  ModelCapabilities,
  ModelRequest,
  ModelResponse,
  ModelRetryAdvice,
  ModelRetryAdviceRequest,
  ModelSettings,
  ModelStreamEvent,
} from '@baton/core/model';
import {
  type ClientInput,
  type ClientSource,
  clientRetriesOff,
  clientSource,
  endedEarly,
  parseObject,
  retryAdvice,
} from '@baton/openai-shared';
import { providerMark, type ProviderMark } from './provider-mark.js';
import { requestBody } from './request/request-body.js';
import { memoryOf } from './request/run-memory.js';
import { withDefaultSettings } from './request/with-default-settings.js';
import { readOutput, toModelResponse } from './response/model-response.js';
import { ResponseStreamReader } from './response/stream-reader.js';
import { errorOfResponse } from './response/terminal-error.js';
import { httpTransport } from './transport/http-transport.js';
import type { IncomingEvents, ResponsesTransport, TransportCall } from './transport/transport.js';
import { countTurnedAway, waitForConversation } from './transport/wait-for-conversation.js';

/** Options of {@link OpenAIResponsesModel}. */
export interface OpenAIResponsesModelOptions {
  /** `reasoning` and `text` of requests that set none themselves. Default: nothing, so the server decides. */
  readonly defaultSettings?: Pick<ModelSettings, 'reasoning' | 'text'> | undefined;
  /** Carries the requests in place of HTTP, as `OpenAIResponsesWSModel` does. */
  readonly transport?: ResponsesTransport | undefined;
}

/**
 * A model behind the OpenAI Responses API. Use it where an agent shall have a client or an endpoint of its
 * own; otherwise a model's name and a provider do.
 *
 * @example
 * ```ts
 * import { OpenAIResponsesModel } from '@baton/openai-responses';
 *
 * export const model = new OpenAIResponsesModel({ apiKey: 'sk-…' }, 'gpt-5.6-luna');
 * ```
 */
export class OpenAIResponsesModel implements Model {
  readonly name: string;
  readonly capabilities: ModelCapabilities = {
    serverManagedConversation: true,
    prompt: true,
    hostedTools: true,
  };
  readonly #client: ClientSource;
  readonly #transport: ResponsesTransport;
  readonly #mark: ProviderMark;
  readonly #defaults: OpenAIResponsesModelOptions['defaultSettings'];

  /**
   * @param client An `openai` client (6 or 7), what one is made of, or a function that gives one. Nothing
   *   is loaded and no key is needed before the first call.
   * @param model The model's name, e.g. `gpt-5.6-luna`.
   * @param options None are needed.
   */
  constructor(client: ClientInput, model: string, options: OpenAIResponsesModelOptions = {}) {
    this.name = model;
    this.#client = clientSource(client);
    this.#mark = providerMark(model);
    this.#defaults = options.defaultSettings;
    this.#transport = waitForConversation(options.transport ?? httpTransport(this.#client));
  }

  /** Where its requests go, as far as that is known before the first. */
  get baseURL(): string | undefined {
    return this.#client.baseURL?.();
  }

  /**
   * @throws ModelRequestError where the call fails; ModelBehaviorError where the response did; UserError
   *   where the request can not be sent; the signal's reason where it was cancelled.
   */
  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    const { response, requestId, turnedAway } = await this.#transport.fetchResponse(
      this.#body(request, false),
      callOf(request),
    );
    const error = errorOfResponse(response, requestId);
    if (error !== undefined) throw error;
    const options = { ...this.#readOptions(request), requestId };
    const output = readOutput(response, this.#mark);
    return countTurnedAway(toModelResponse(response, output, options), turnedAway);
  }

  /** Fails as `getResponse` does. Ending the iteration early closes the connection. */
  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<ModelStreamEvent, void, void> {
    const incoming = await this.#transport.openStream(this.#body(request, true), callOf(request));
    const reader = new ResponseStreamReader({
      ...this.#readOptions(request),
      requestId: incoming.source.requestId,
    });
    try {
      for (let batch = await read(incoming, reader); batch; batch = await read(incoming, reader)) {
        for (const data of batch) {
          if (data === '[DONE]') continue;
          reader.read(
            typeof data === 'string'
              ? parseObject(data, incoming.source, reader.outputStarted)
              : data,
          );
          for (const event of reader.take()) {
            yield event.type === 'response_done'
              ? { ...event, response: countTurnedAway(event.response, incoming.turnedAway) }
              : event;
          }
          if (reader.done) return;
        }
      }
      throw endedEarly(incoming.source, '`response.completed` event', reader.outputStarted);
    } finally {
      incoming.close(reader.done);
    }
  }

  /** What OpenAI's own client would do about a failed call. */
  getRetryAdvice(failed: ModelRetryAdviceRequest): ModelRetryAdvice | undefined {
    return retryAdvice(failed);
  }

  #body(request: ModelRequest, stream: boolean): string {
    const asked =
      this.#defaults === undefined ? request : withDefaultSettings(request, this.#defaults);
    return requestBody(asked, { model: this.name, stream, memory: memoryOf(request, this) });
  }

  #readOptions(request: ModelRequest): { mark: ProviderMark; preserveRawUsage: boolean } {
    return {
      mark: this.#mark,
      preserveRawUsage: request.modelSettings.preserveRawUsage ?? false,
    };
  }
}

async function read(
  incoming: IncomingEvents,
  reader: ResponseStreamReader,
): Promise<Awaited<ReturnType<IncomingEvents['read']>>> {
  try {
    return await incoming.read();
  } catch (error) {
    throw incoming.toError(error, reader.outputStarted);
  }
}

function callOf({ signal, modelSettings, conversationId }: ModelRequest): TransportCall {
  const { retry, extraHeaders: headers, extraQuery: query } = modelSettings;
  return {
    signal,
    headers,
    query,
    clientRetriesOff: clientRetriesOff(modelSettings),
    // Two answers to one response are two branches; in a conversation the second comes after the first.
    mayArriveOnce: conversationId !== undefined,
    retriesOff: (retry?.maxRetries ?? 1) <= 0,
  };
}
