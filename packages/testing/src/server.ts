import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chatCompletionsRoutes } from './chat-completions/routes.js';
import type { CompatibleEndpoint, ServerContext } from './context.js';
import { conversationsRoutes } from './conversations/routes.js';
import { authorize } from './http/authorize.js';
import { receive, sendError } from './http/exchange.js';
import { type RecordedRequest, recordRequest } from './http/record.js';
import { dispatch } from './http/route.js';
import { idCounters } from './ids.js';
import { modelsRoutes } from './models/routes.js';
import { chunkWords } from './reply/chunk.js';
import type { Chunk, Reply, ReplyFunction } from './reply/reply.js';
import { replySource } from './reply/reply-source.js';
import { responsesRoutes } from './responses/routes.js';
import { serveResponsesSocket } from './socket/responses-socket.js';
import { type ServerStores, serverStores } from './stores.js';

/** Options of {@link startOpenAIServer}. */
export interface OpenAIServerOptions {
  /** Replies in order, one per request that is not refused; a step may be a function of the request. */
  readonly script?: readonly (Reply | ReplyFunction)[];
  /** Makes the reply to every request, or to those after the script. Default: a 500 saying that nothing is left. */
  readonly reply?: ReplyFunction;
  /** The only models there are; others are answered 404. Default: every name is a model. */
  readonly models?: readonly string[];
  /** Splits texts and arguments into the deltas of a stream, unless the reply has its own. Default: at words. */
  readonly chunk?: Chunk;
  /**
   * Makes the reply to `POST /v1/responses/compact`, such as an error; its output is the whole compacted conversation.
   * Default: what users said, then one compaction item.
   */
  readonly compact?: ReplyFunction;
  /** `false` refuses WebSockets, as what stands between may. Default: true. */
  readonly webSocket?: boolean;
  /** What Chat Completions take here beyond OpenAI's own, as endpoints that are compatible do. Default: nothing. */
  readonly compatible?: CompatibleEndpoint;
}

/** A running server; see {@link startOpenAIServer}. */
export interface OpenAITestServer {
  /** The base URL for clients, such as `http://127.0.0.1:41234/v1`; fits `OPENAI_BASE_URL`. */
  readonly url: string;
  /** Every request that arrived, in order, also those that were refused. Grows while the server runs. */
  readonly requests: readonly RecordedRequest[];
  /** Stops at once: open connections are cut, so streams that still run end with an error at the client. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a local server that speaks OpenAI's API over real HTTP, and refuses what OpenAI refuses. Use it in tests in
 * place of the network: your code, the client and the wire stay real, only what the model says is yours to write.
 *
 * Listens on a free port of 127.0.0.1. Any non-empty API key is accepted. Responses are stored in memory, so
 * `previous_response_id` works; ids are counters (`resp_1`, `msg_1`, …), the same in every run.
 *
 * @param options - What to reply; see {@link OpenAIServerOptions}. Without any, every request is answered with a 500.
 * @returns The running server. Close it when the test ends, or bind it with `await using`.
 * @example
 * ```ts
 * import { functionCall, message, startOpenAIServer } from '@baton/testing';
 *
 * const server = await startOpenAIServer({
 *   script: [functionCall('get_weather', { city: 'Rome' }), message('Sunny.')],
 * });
 * process.env['OPENAI_BASE_URL'] = server.url;
 * // … run the code under test …
 * console.log(server.requests.map((request) => request.body['input']));
 * await server.close();
 * ```
 */
export async function startOpenAIServer(
  options: OpenAIServerOptions = {},
): Promise<OpenAITestServer> {
  const context: ServerContext = {
    nextId: idCounters(),
    nextReply: replySource(options.script, options.reply),
    chunk: options.chunk ?? chunkWords,
    models: options.models,
    compatible: options.compatible ?? {},
    compact: options.compact && replySource(undefined, options.compact),
  };
  const requests: RecordedRequest[] = [];
  const stores = serverStores(context.nextId);
  const http = createHttpServer(context, stores, requests);
  const refused = options.webSocket === false;
  const cutSockets = serveResponsesSocket(http, { context, stores, requests, refused });
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject).listen(0, '127.0.0.1', resolve);
    // A server that nobody closed must not keep a program from ending; open requests do, on their own.
    http.unref();
  });
  const { port } = http.address() as AddressInfo; // a server that listens on TCP has an AddressInfo
  const close = (): Promise<void> => {
    cutSockets();
    return closeHttpServer(http);
  };
  return { url: `http://127.0.0.1:${port}/v1`, requests, close, [Symbol.asyncDispose]: close };
}

/** Every API is a list of routes; a new one is a new folder and one more line here. */
function createHttpServer(
  context: ServerContext,
  stores: ServerStores,
  requests: RecordedRequest[],
): Server {
  const routes = [
    ...responsesRoutes(context, stores),
    ...conversationsRoutes(stores),
    ...chatCompletionsRoutes(context),
    ...modelsRoutes(context),
  ];
  return createServer((request, response) => {
    response.setHeader('x-request-id', context.nextId('req'));
    void receive(request, response).then(
      async (exchange) => {
        requests.push(recordRequest(exchange));
        try {
          authorize(exchange);
          await dispatch(routes, exchange);
        } catch (error) {
          sendError(exchange, error);
        }
      },
      () => response.destroy(), // the client went away while it was sending
    );
  });
}

function closeHttpServer(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve()); // the callback also comes, with an error, for a server that is closed already
    http.closeAllConnections();
  });
}
