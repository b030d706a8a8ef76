import { ApiError } from '../http/api-error.js';
import type { Exchange } from '../http/exchange.js';
import { requireModel } from '../models/routes.js';
import type { ServerContext } from '../context.js';
import { checkedChunk } from '../reply/chunk.js';
import type { DetailedReply } from '../reply/reply.js';
import { pause, sendStream, sendWhole } from '../reply/send.js';
import { checkAgainstStore, checkBody } from './checks/check-request.js';
import { finishOutput } from './output-items.js';
import { replyView } from './reply-view.js';
import { responseEvents, writeErrorEvent, writeEvent } from './response-events.js';
import { finishResponse, startResponse } from './response-object.js';
import type { ResponseStore } from './response-store.js';
import { usageOf } from './usage.js';

/** `POST /v1/responses`: check the request, ask the test what to reply, send that as OpenAI would. */
export async function createResponse(
  context: ServerContext,
  store: ResponseStore,
  exchange: Exchange,
): Promise<void> {
  const request = checkBody(exchange);
  requireModel(context, request.model);
  const { known, input } = checkAgainstStore(request, store);

  const reply = await context.nextReply(replyView(exchange, request, [...known, ...input]));
  await pause(exchange, reply.delayMs);
  if (reply.httpError !== undefined) throw toApiError(reply.httpError);

  const started = startResponse(context.nextId('resp'), request, seconds());
  const output = finishOutput(reply, request, context.nextId);
  const usage = usageOf({ request, known, input, output }, reply.usage);
  const finished = finishResponse(started, reply, { output, usage, completedAt: seconds() });

  const keep = (): void => {
    if (request.store !== false) store.save(finished, input);
  };
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
function* keepBeforeLast(events: readonly string[], keep: () => void): Iterable<string> {
  yield* events.slice(0, -1);
  keep();
  yield* events.slice(-1);
}

function toApiError(error: NonNullable<DetailedReply['httpError']>): ApiError {
  return new ApiError(error.status, error.message, error);
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
