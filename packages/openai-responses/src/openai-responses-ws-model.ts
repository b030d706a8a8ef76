import type { ModelRetryAdvice, ModelRetryAdviceRequest } from '@baton/core/model';
import { ModelRequestError } from '@baton/core/model';
import { type ClientInput, clientSource, readEnv } from '@baton/openai-shared';
import {
  OpenAIResponsesModel,
  type OpenAIResponsesModelOptions,
} from './openai-responses-model.js';
import type { OpenAIResponsesWebSocketOptions } from './transport/socket-connection.js';
import {
  INTERRUPTED,
  type SocketTransport,
  socketTransport,
} from './transport/socket-transport.js';

/** Options of {@link OpenAIResponsesWSModel}. */
export interface OpenAIResponsesWSModelOptions extends OpenAIResponsesModelOptions {
  /** Where sockets go. Default: `OPENAI_WEBSOCKET_BASE_URL`, else the client's base URL with `ws` for `http`. */
  readonly websocketBaseURL?: string | undefined;
  /** Whether the next request uses the same socket. Default: true. */
  readonly reuseConnection?: boolean | undefined;
  /** How the socket is kept alive. */
  readonly websocketOptions?: OpenAIResponsesWebSocketOptions | undefined;
}

/**
 * A model behind the Responses API that speaks over one WebSocket. Use it where runs have many turns: each saves the
 * way to the server and back that a new request takes.
 *
 * Requests wait for each other. A server that takes no sockets is spoken to over HTTP. On Node 20 it needs the package
 * `ws`. An open socket keeps the process alive: `close()` it.
 *
 * @example
 * ```ts
 * import { OpenAIResponsesWSModel } from '@baton/openai-responses';
 *
 * const model = new OpenAIResponsesWSModel({ apiKey: 'sk-…' }, 'gpt-5.6-luna');
 * // … runs …
 * await model.close();
 * ```
 */
export class OpenAIResponsesWSModel extends OpenAIResponsesModel {
  readonly #socket: SocketTransport;
  readonly #websocketBaseURL: string | undefined;

  /**
   * @param client As for `OpenAIResponsesModel`; one that was made must be of the `openai` package.
   * @param model The model's name.
   * @param options None are needed.
   */
  constructor(client: ClientInput, model: string, options: OpenAIResponsesWSModelOptions = {}) {
    const source = clientSource(client);
    const websocketBaseURL = options.websocketBaseURL ?? readEnv('OPENAI_WEBSOCKET_BASE_URL');
    const transport = socketTransport(source, { ...options, websocketBaseURL });
    super(source, model, { ...options, transport });
    this.#socket = transport;
    this.#websocketBaseURL = websocketBaseURL;
  }

  override get baseURL(): string | undefined {
    return this.#websocketBaseURL ?? super.baseURL;
  }

  /** As over HTTP; but once an answer has begun in whatever way, the request is never safe to repeat [RSP-10]. */
  override getRetryAdvice(failed: ModelRetryAdviceRequest): ModelRetryAdvice | undefined {
    const { error } = failed;
    const advice = super.getRetryAdvice(failed);
    if (advice === undefined) return undefined;
    if (error instanceof ModelRequestError && error.errorCode !== INTERRUPTED) return advice;
    return { ...advice, suggested: false, replaySafety: 'unsafe', reason: 'the answer had begun' };
  }

  /** Ends the socket; a response that is on its way fails. Another request opens a new one. */
  close(): Promise<void> {
    this.#socket.close();
    return Promise.resolve();
  }
}
