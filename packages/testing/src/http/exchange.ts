import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { isObject, type JsonObject, parseJson } from '../json.js';
import { ApiError, invalidRequest } from './api-error.js';

/** What was asked, however it came. */
export interface Incoming {
  readonly headers: IncomingHttpHeaders;
  /** The body as JSON; `undefined` when it is none. */
  readonly body: unknown;
  /** Aborted when the client went away, or the server was closed, before the answer was complete. */
  readonly signal: AbortSignal;
}

/** One request that was read to its end, and the response that waits for an answer. */
export interface Exchange extends Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly response: ServerResponse;
}

export async function receive(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Exchange> {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // a request without an encoding yields Buffers
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: parseJson(Buffer.concat(chunks).toString('utf8')),
    response,
    signal: gone.signal,
  };
}

/** The body of a request that must have one. */
export function jsonBody({ body }: Incoming): JsonObject {
  if (isObject(body)) return body;
  throw invalidRequest('We could not parse the JSON body of your request: expected a JSON object.');
}

export function sendJson(exchange: Exchange, body: unknown, status = 200): void {
  exchange.response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}

/** Answers with the error; once an answer has begun, the only honest thing left is to cut the connection. */
export function sendError(exchange: Exchange, error: unknown): void {
  const { response } = exchange;
  if (exchange.signal.aborted || response.headersSent) {
    response.destroy();
    return;
  }
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(500, `The test server failed: ${String(error)}`);
  response.writeHead(known.status, { ...known.headers, 'content-type': 'application/json' });
  response.end(JSON.stringify(known.toBody()));
}
