import { ApiError } from '../http/api-error.js';
import type { Incoming } from '../http/exchange.js';
import type { DetailedReply } from './reply.js';
import type { ReplyRequest } from './reply-request.js';
import type { ReplySource } from './reply-source.js';
import { pause } from './send.js';

/** Asks the test what to reply and waits as it says; throws when the reply is an HTTP error. */
export async function takeReply(
  source: ReplySource,
  incoming: Incoming,
  request: Omit<ReplyRequest, 'index'>,
): Promise<DetailedReply> {
  const reply = await source(request);
  await pause(incoming, reply.delayMs);
  if (reply.httpError === undefined) return reply;
  throw new ApiError(reply.httpError.status, reply.httpError.message, reply.httpError);
}
