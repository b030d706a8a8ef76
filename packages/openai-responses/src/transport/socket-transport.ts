import {
  AgentsError,
  ModelRequestError,
  type ModelRequestErrorDetails,
  UserError,
} from '@baton/core/model';
import {
  type ClientSource,
  isRecord,
  type JsonRecord,
  originOf,
  parseObject,
  recordsOf,
  type TextSource,
  textOf,
} from '@baton/openai-shared';
import { errorOfEvent } from '../response/terminal-error.js';
import { httpTransport } from './http-transport.js';
import { lockQueue } from './lock-queue.js';
import { socketAddress } from './socket-address.js';
import { type OpenAIResponsesWebSocketOptions, SocketConnection } from './socket-connection.js';
import type { IncomingEvents, ResponsesTransport, TransportCall } from './transport.js';

/** How responses are carried over a socket. */
export interface SocketTransportOptions {
  readonly websocketBaseURL?: string | undefined;
  readonly reuseConnection?: boolean | undefined;
  readonly websocketOptions?: OpenAIResponsesWebSocketOptions | undefined;
}

/** A transport that holds a connection. */
export interface SocketTransport extends ResponsesTransport {
  /** Ends the connection, and with it a response that is on its way; the next request opens another one. */
  close(): void;
}

/**
 * Sends requests over one socket that stays open, one at a time; the others wait. A server that does not take the
 * socket is spoken to over HTTP, and asked again after a minute.
 */
export function socketTransport(
  source: ClientSource,
  options: SocketTransportOptions = {},
): SocketTransport {
  const http = httpTransport(source);
  const lock = lockQueue();
  let connection: SocketConnection | undefined;
  let httpUntil = 0;

  /** The open connection or a new one; `undefined` where the server takes none. */
  async function connect(signal: AbortSignal | undefined): Promise<SocketConnection | undefined> {
    if (connection?.alive === true) return connection;
    if (Date.now() < httpUntil) return undefined;
    const address = await socketAddress(await source(), options.websocketBaseURL);
    try {
      connection = await SocketConnection.open(address, signal, options.websocketOptions);
      return connection;
    } catch (error) {
      if (signal?.aborted === true || error instanceof UserError) throw error;
      httpUntil = Date.now() + HTTP_FOR_MS;
      return undefined;
    }
  }

  async function openStream(
    body: string,
    call: TransportCall,
    isSecond = false,
  ): Promise<IncomingEvents> {
    call.signal?.throwIfAborted();
    // A socket has said its headers and its query when it was opened.
    if (call.headers !== undefined || call.query !== undefined) return http.openStream(body, call);
    const release = await lock(call.signal);
    try {
      const open = await connect(call.signal);
      if (open !== undefined) {
        const origin = originOf((await source()).baseURL);
        open.send(`{"type":"response.create",${body.slice(1)}`);
        const reuse = options.reuseConnection ?? true;
        return await onceBegun(incomingOf(open, { origin, signal: call.signal, release, reuse }));
      }
    } catch (error) {
      release();
      // Nothing was stored: the server only wants another connection.
      if (!isSecond && isTooOld(error)) return openStream(body, call, true);
      throw error;
    }
    release();
    return http.openStream(body, call);
  }

  return {
    openStream: (body, call) => openStream(body, call),
    async fetchResponse(body, call) {
      const incoming = await openStream(body, call);
      let complete = false;
      try {
        const response = await lastOf(incoming);
        complete = true;
        return { response, requestId: incoming.source.requestId };
      } catch (error) {
        throw incoming.toError(error, false);
      } finally {
        incoming.close(complete);
      }
    },
    close() {
      connection?.close();
      connection = undefined;
    },
  };
}

interface Answering {
  readonly origin: string;
  readonly signal: AbortSignal | undefined;
  readonly release: () => void;
  readonly reuse: boolean;
}

function incomingOf(
  connection: SocketConnection,
  { origin, signal, release, reuse }: Answering,
): IncomingEvents {
  const source: TextSource = { origin, contentType: 'a WebSocket message', requestId: undefined };
  let begun = false;
  /** Whether the server has said its last word on this request. */
  let answered = false;
  // There is no other way to tell the server that nobody wants the rest.
  const abort = (): void => connection.close();
  signal?.addEventListener('abort', abort, { once: true });
  return {
    source,
    async read() {
      signal?.throwIfAborted();
      const texts = await connection.read();
      signal?.throwIfAborted();
      if (texts === undefined) throw new Error('closed');
      const events = texts.map((text) => parseObject(text, source, begun));
      const [first] = events;
      if (!begun && first?.['type'] === 'error') {
        const refusal = refused(first, origin);
        answered = !isTooOld(refusal);
        throw refusal;
      }
      begun = true;
      return events;
    },
    toError(error, outputStarted) {
      if (signal?.aborted === true) return signal.reason;
      if (error instanceof AgentsError) return error;
      const errorCode = begun ? INTERRUPTED : 'connection_lost';
      return lost(origin, { errorCode, responseStarted: outputStarted, cause: error });
    },
    close(complete) {
      signal?.removeEventListener('abort', abort);
      if (!reuse || !(complete || answered)) connection.close();
      release();
    },
  };
}

/** The answer once it has begun: what is refused is refused at once, as over HTTP. */
async function onceBegun(incoming: IncomingEvents): Promise<IncomingEvents> {
  try {
    let first = await incoming.read();
    return {
      ...incoming,
      read() {
        const batch = first;
        first = undefined;
        return batch === undefined ? incoming.read() : Promise.resolve(batch);
      },
    };
  } catch (error) {
    const failure = incoming.toError(error, false);
    incoming.close(false);
    throw failure;
  }
}

/** The response of the terminal event; what streamed by is put in where that event leaves it out [R7]. */
async function lastOf(incoming: IncomingEvents): Promise<JsonRecord> {
  const items: unknown[] = [];
  for (let batch = await incoming.read(); batch !== undefined; batch = await incoming.read()) {
    for (const data of batch) {
      const event = typeof data === 'string' ? parseObject(data, incoming.source) : data;
      const type = textOf(event, 'type') ?? '';
      if (type === 'response.output_item.done') items.push(event['item']);
      if (type === 'error') throw errorOfEvent(event, undefined);
      if (!TERMINAL.test(type) || !isRecord(event['response'])) continue;
      const { response } = event;
      return recordsOf(response, 'output').length > 0 ? response : { ...response, output: items };
    }
  }
  throw new Error('ended without a terminal event');
}

/** An error in the place of an answer; its status says whether it is worth another try [RSP-10]. */
function refused(event: JsonRecord, origin: string): ModelRequestError {
  const error = isRecord(event['error']) ? event['error'] : event;
  const code = textOf(error, 'code');
  const errorCode = code ?? textOf(error, 'type');
  const status = event['status'];
  const isServers = errorCode === 'server_error' || errorCode === 'server_is_overloaded';
  const statusCode = typeof status === 'number' ? status : isServers ? 503 : undefined;
  const said = textOf(error, 'message') ?? 'no message given';
  return new ModelRequestError(
    `${origin} answered${statusCode === undefined ? '' : ` ${statusCode}`} over its WebSocket: ${said}`,
    { statusCode, errorCode, cause: error },
  );
}

/** Whether the server takes no more requests over a connection: OpenAI's live for an hour. */
function isTooOld(error: unknown): boolean {
  return error instanceof ModelRequestError && error.errorCode === TOO_OLD;
}

/** The server may have the request, and may have answered it: nobody can tell. */
function lost(
  origin: string,
  details: Pick<ModelRequestErrorDetails, 'errorCode' | 'responseStarted' | 'cause'>,
): ModelRequestError {
  return new ModelRequestError(
    `The WebSocket to ${origin} was closed before the response was complete. Whether the server has stored the ` +
      'request is not known; the next one opens another connection.',
    { isNetworkError: true, ...details },
  );
}

/** The code of an answer that broke off after it had begun, whether or not any of it was handed out. */
export const INTERRUPTED = 'response_interrupted';
/** What OpenAI's guide to its WebSocket mode calls it. */
const TOO_OLD = 'websocket_connection_limit_reached';
const TERMINAL = /^response\.(completed|incomplete|failed|cancelled)$/;
const HTTP_FOR_MS = 60_000;
