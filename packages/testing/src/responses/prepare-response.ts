import type { Incoming } from '../http/exchange.js';
import { requireModel } from '../models/routes.js';
import type { ServerContext } from '../context.js';
import type { DetailedReply } from '../reply/reply.js';
import { takeReply } from '../reply/take-reply.js';
import type { ServerStores } from '../stores.js';
import { checkAgainstStores, checkBody, type CheckedRequest } from './checks/check-request.js';
import { finishOutput } from './output-items.js';
import { replyView } from '../reply/reply-view.js';
import type { ResponsesRequest } from './request.js';
import { finishResponse, type ResponseObject, startResponse } from './response-object.js';
import { usageOf } from './usage.js';

/** A response that is ready to be sent, in whatever way. */
export interface PreparedResponse {
  readonly request: ResponsesRequest;
  readonly reply: DetailedReply;
  readonly started: ResponseObject;
  readonly finished: ResponseObject;
  /** Stores it; to be called before the client can know that it is complete. */
  readonly keep: () => void;
}

/** Checks the request, asks the test what to reply, and makes that a response; hands it to `send`. */
export async function prepareResponse(
  context: ServerContext,
  stores: ServerStores,
  { incoming, send }: PreparedSend,
): Promise<void> {
  const body = checkBody(incoming);
  requireModel(context, body.model);
  const checked = checkAgainstStores(body, stores);
  const { request, conversation } = checked;
  if (conversation !== undefined) conversation.locked = true;
  const unlock = (): void => {
    if (conversation !== undefined) conversation.locked = false;
  };
  try {
    const conversationSoFar = [...checked.known, ...checked.input];
    const view = replyView(incoming, request, conversationSoFar);
    const reply = await takeReply(context.nextReply, incoming, view);
    const started = startResponse(context.nextId('resp'), request, seconds());
    const output = finishOutput(reply, request, context.nextId);
    const usage = usageOf({ ...checked, output }, reply.usage);
    const finished = finishResponse(started, reply, { output, usage, completedAt: seconds() });
    const keep = (): void => {
      keepResponse(stores, checked, finished);
      unlock();
    };
    await send({ request, reply, started, finished, keep });
  } finally {
    unlock();
  }
}

interface PreparedSend {
  readonly incoming: Incoming;
  readonly send: (prepared: PreparedResponse) => Promise<void> | void;
}

function keepResponse(
  { responses, conversations }: ServerStores,
  { request, conversation, input }: CheckedRequest,
  finished: ResponseObject,
): void {
  // What a conversation has of a failed response is not published; here it keeps nothing of it.
  const added =
    conversation === undefined || finished.status === 'failed'
      ? input
      : conversations.append(conversation, [...input, ...finished.output]).slice(0, input.length);
  if (request.store !== false) responses.save(finished, added);
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
