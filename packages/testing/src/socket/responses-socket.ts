import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ServerContext } from '../context.js';
import { ApiError, invalidRequest } from '../http/api-error.js';
import { isAuthorized } from '../http/authorize.js';
import type { Incoming } from '../http/exchange.js';
import { type RecordedRequest, redactedHeaders } from '../http/record.js';
import { isObject, type JsonObject, parseJson } from '../json.js';
import type { ServerStores } from '../stores.js';
import { sendOverSocket } from './send-over-socket.js';

/** What a socket is served with. */
export interface SocketOptions {
  readonly context: ServerContext;
  readonly stores: ServerStores;
  readonly requests: RecordedRequest[];
  /** Whether sockets are refused, as by a server or a proxy that speaks HTTP only. */
  readonly refused: boolean;
}

/**
 * Responses over a WebSocket at `/v1/responses`: each `response.create` is a request, its events come back as messages,
 * one request at a time. Returns a function that cuts all sockets.
 */
export function serveResponsesSocket(http: Server, options: SocketOptions): () => void {
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
    if (options.refused || path !== '/v1/responses') return refuse(stream, '404 Not Found');
    if (!isAuthorized(request.headers)) return refuse(stream, '401 Unauthorized');
    sockets.handleUpgrade(request, stream, head, (socket) => serve(socket, request, options));
  });
  return () => {
    for (const socket of sockets.clients) socket.terminate();
  };
}

function refuse(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function serve(socket: WebSocket, upgrade: IncomingMessage, options: SocketOptions): void {
  const gone = new AbortController();
  socket.on('close', () => gone.abort());
  socket.on('error', () => socket.terminate());
  let busy = false;
  socket.on('message', (data: Buffer) => {
    const message = parseJson(data.toString('utf8'));
    if (busy) {
      return sendError(
        socket,
        invalidRequest('This connection already makes a response.', null, 'response_in_progress'),
      );
    }
    busy = true;
    const done = (): void => {
      busy = false;
    };
    const incoming = { headers: upgrade.headers, body: bodyOf(message), signal: gone.signal };
    options.requests.push(recorded(incoming));
    void answer(socket, { message, incoming, done }, options);
  });
}

interface SocketRequest {
  readonly message: unknown;
  readonly incoming: Incoming;
  /** The next request may come; called just before the client can know. */
  readonly done: () => void;
}

async function answer(
  socket: WebSocket,
  { message, incoming, done }: SocketRequest,
  { context, stores }: SocketOptions,
): Promise<void> {
  try {
    checkType(message);
    await sendOverSocket(socket, { context, stores, incoming, done });
  } catch (error) {
    done();
    sendError(socket, error);
  }
}

function checkType(message: unknown): void {
  const type = isObject(message) ? message['type'] : undefined;
  if (type === 'response.create') return;
  throw invalidRequest(
    `Invalid value: '${String(type)}'. Supported values are: 'response.create'.`,
    'type',
    'invalid_value',
  );
}

/** The message without what makes it a message. */
function bodyOf(message: unknown): unknown {
  if (!isObject(message)) return message;
  const { type: _type, stream_id: _streamId, ...body } = message;
  return body;
}

function recorded(incoming: Incoming): RecordedRequest {
  return {
    method: 'WEBSOCKET',
    path: '/v1/responses',
    headers: redactedHeaders(incoming),
    body: isObject(incoming.body) ? incoming.body : {},
    at: Date.now(),
  };
}

/** Errors are events, with the status they would have had (schema `ResponseWsError`). */
function sendError(socket: WebSocket, error: unknown): void {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(500, `The test server failed: ${String(error)}`);
  const event: JsonObject = { type: 'error', status: known.status, ...known.toBody() };
  socket.send(JSON.stringify(event), () => undefined); // it may be gone
}
