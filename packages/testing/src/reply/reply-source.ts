import { setupError } from '../http/api-error.js';
import { type DetailedReply, type Reply, type ReplyFunction, toDetailedReply } from './reply.js';
import type { ReplyRequest } from './reply-request.js';

/** Answers requests in the order in which they come, whichever API they speak. */
export type ReplySource = (request: Omit<ReplyRequest, 'index'>) => Promise<DetailedReply>;

/** The script first, one step per request; then the reply function; then an error that says what is missing. */
export function replySource(
  script: readonly (Reply | ReplyFunction)[] | undefined,
  reply: ReplyFunction | undefined,
): ReplySource {
  let count = 0;
  return async (request) => {
    const index = count;
    count += 1;
    const step = script?.[index] ?? reply ?? outOfReplies(script?.length, index);
    return toDetailedReply(
      typeof step === 'function' ? await callReply(step, { ...request, index }) : step,
    );
  };
}

async function callReply(reply: ReplyFunction, request: ReplyRequest): Promise<Reply> {
  try {
    return await reply(request);
  } catch (error) {
    throw setupError(`The reply function threw on request ${request.index + 1}: ${String(error)}`);
  }
}

function outOfReplies(scripted: number | undefined, index: number): never {
  if (scripted === undefined) {
    throw setupError('The test server has nothing to reply: start it with `script` or `reply`.');
  }
  throw setupError(
    `The test server's script is exhausted: ${scripted} ${scripted === 1 ? 'request was' : 'requests were'} scripted ` +
      `and this is request ${index + 1}. Add a step to \`script\`, or a \`reply\` function for the rest.`,
  );
}
