import type { ServerContext } from '../context.js';
import type { Exchange } from '../http/exchange.js';
import { requireModel } from '../models/routes.js';
import { checkedChunk } from '../reply/chunk.js';
import { replyView } from '../reply/reply-view.js';
import { sendStream, sendWhole } from '../reply/send.js';
import { takeReply } from '../reply/take-reply.js';
import type { CheckRequest } from './checks/check-request.js';
import { completionChunks, writeError } from './chunks.js';
import { completionOf, wholeCompletion } from './completion.js';
import { conversationOf } from './conversation.js';

/** `POST /v1/chat/completions`: check the request, ask the test what to reply, send that as OpenAI would. */
export async function createCompletion(
  context: ServerContext,
  checkRequest: CheckRequest,
  exchange: Exchange,
): Promise<void> {
  const request = checkRequest(exchange);
  requireModel(context, request.model);
  const view = replyView(exchange, request, conversationOf(request.messages));
  const reply = await takeReply(context.nextReply, exchange, view);
  const chunk = checkedChunk(reply.chunk ?? context.chunk);
  const completion = completionOf(context, { request, reply, chunk });
  if (request.stream !== true) {
    if (completion.failure !== undefined) throw completion.failure;
    return sendWhole(exchange, wholeCompletion(completion), reply.fault);
  }
  // All at once, so that a chunk function that throws still becomes a 500.
  const events = [...completionChunks(completion, request, chunk)];
  return sendStream(exchange, { events, errorEvent: writeError }, reply);
}
