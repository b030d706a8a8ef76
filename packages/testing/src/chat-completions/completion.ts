import type { ServerContext } from '../context.js';
import { ApiError } from '../http/api-error.js';
import { isObject, type JsonObject } from '../json.js';
import type { Chunk, DetailedReply } from '../reply/reply.js';
import { choiceSources, type FinishedChoice } from './finish-choices.js';
import { logprobsOf } from './logprobs.js';
import type { ChatRequest } from './request.js';
import { usageOf } from './usage.js';

/** Everything there is to say, in whatever way it is sent. */
export interface Completion {
  /** The fields that the completion and all its chunks share, `object` aside. */
  readonly head: JsonObject;
  readonly choices: readonly FinishedChoice[];
  /** Not there when the reply reports none. */
  readonly usage: JsonObject | undefined;
  /** Why there is nothing whole to say. */
  readonly failure: ApiError | undefined;
}

export function completionOf(
  context: ServerContext,
  { request, reply, chunk }: { request: ChatRequest; reply: DetailedReply; chunk: Chunk },
): Completion {
  const sources = choiceSources(reply, request, context.nextId);
  const head = {
    id: context.nextId('chatcmpl'),
    created: Math.floor(Date.now() / 1000),
    model: request.model,
    service_tier: servedTier(request['service_tier']),
    system_fingerprint: 'fp_baton_testing',
    ...(isObject(request['metadata']) ? { metadata: request['metadata'] } : {}),
  };
  const choices = sources.map(({ items, message, finishReason }, index) => ({
    index,
    message,
    logprobs: logprobsOf({ request, items, message }, chunk),
    finish_reason: finishReason,
  }));
  const usage = reply.usage === null ? undefined : usageOf(request, sources, reply.usage);
  const { failed } = reply;
  const failure =
    failed && new ApiError(500, failed.message, { code: failed.code ?? 'server_error' });
  return { head, choices, usage, failure };
}

/** The completion in one piece (schema `CreateChatCompletionResponse`). */
export function wholeCompletion({ head, choices, usage }: Completion): JsonObject {
  return { ...head, object: 'chat.completion', choices, ...(usage === undefined ? {} : { usage }) };
}

/** `auto` is a wish; the completion names the tier that served it. */
function servedTier(wanted: unknown): unknown {
  return wanted === undefined || wanted === null || wanted === 'auto' ? 'default' : wanted;
}
