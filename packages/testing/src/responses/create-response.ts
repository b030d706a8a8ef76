import type { Exchange } from '../http/exchange.js';
import type { ServerContext } from '../context.js';
import { checkedChunk } from '../reply/chunk.js';
import { sendStream, sendWhole } from '../reply/send.js';
import type { ServerStores } from '../stores.js';
import { type PreparedResponse, prepareResponse } from './prepare-response.js';
import { responseEvents, writeErrorEvent, writeEvent } from './response-events.js';

/** `POST /v1/responses`: check the request, ask the test what to reply, send that as OpenAI would. */
export function createResponse(
  context: ServerContext,
  stores: ServerStores,
  exchange: Exchange,
): Promise<void> {
  const send = (prepared: PreparedResponse): Promise<void> | void =>
    sendResponse(context, exchange, prepared);
  return prepareResponse(context, stores, { incoming: exchange, send });
}

function sendResponse(
  context: ServerContext,
  exchange: Exchange,
  { request, reply, started, finished, keep }: PreparedResponse,
): Promise<void> | void {
  if (request.stream !== true) {
    if (reply.fault === undefined) keep();
    return sendWhole(exchange, finished, reply.fault);
  }
  // All at once, so that a chunk function that throws still becomes a 500.
  const chunk = checkedChunk(reply.chunk ?? context.chunk);
  const texts = [...responseEvents(started, finished, chunk)].map(writeEvent);
  const events = keepBeforeLast(texts, keep);
  return sendStream(exchange, { events, errorEvent: writeErrorEvent }, reply);
}

/** A client that saw the last event may build on the response at once, so it is kept just before that. */
export function* keepBeforeLast<T>(events: readonly T[], keep: () => void): Iterable<T> {
  yield* events.slice(0, -1);
  keep();
  yield* events.slice(-1);
}
