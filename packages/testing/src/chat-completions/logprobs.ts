import { setupError } from '../http/api-error.js';
import { isObject, type JsonObject } from '../json.js';
import type { OutputItem } from '../reply/outputs.js';
import type { Chunk } from '../reply/reply.js';
import type { FinishedMessage } from './finish-choices.js';
import type { ChatRequest } from './request.js';

/** How likely the tokens of a choice were (schema `ChatCompletionTokenLogprob`). */
export interface FinishedLogprobs extends JsonObject {
  readonly content: readonly JsonObject[] | null;
  readonly refusal: readonly JsonObject[] | null;
}

/** What {@link logprobsOf} needs to know. */
export interface LogprobSource {
  readonly request: ChatRequest;
  readonly items: readonly OutputItem[];
  readonly message: FinishedMessage;
}

const LIKELY = -0.25;

/** The log probabilities, where the request wants them: those of the reply, else made up, one per chunk. */
export function logprobsOf(
  { request, items, message }: LogprobSource,
  chunk: Chunk,
): FinishedLogprobs | null {
  if (request.logprobs !== true) return null;
  const alternatives = request.top_logprobs ?? 0;
  const given = items.flatMap((item) => {
    const content: readonly unknown[] = Array.isArray(item['content']) ? item['content'] : [];
    return content
      .filter(isObject)
      .flatMap(({ logprobs }) => (Array.isArray(logprobs) ? logprobs : []));
  });
  if (given.length > 0) requireSameText(given, message.content);
  const made = (text: string | null): readonly JsonObject[] =>
    chunk(text ?? '').map((token) => logprob(token, alternatives));
  const content = given.length > 0 ? given : made(message.content);
  const refusal = made(message.refusal);
  if (content.length === 0 && refusal.length === 0) return null;
  return { content: orNull(content), refusal: orNull(refusal) };
}

function orNull(logprobs: readonly JsonObject[]): readonly JsonObject[] | null {
  return logprobs.length === 0 ? null : logprobs;
}

function logprob(token: string, alternatives: number): JsonObject {
  const top = Array.from({ length: alternatives }, (_, index) =>
    tokenLogprob(index === 0 ? token : `${token}${index}`, LIKELY - index),
  );
  return { ...tokenLogprob(token, LIKELY), top_logprobs: top };
}

function tokenLogprob(token: string, value: number): JsonObject {
  return { token, logprob: value, bytes: [...new TextEncoder().encode(token)] };
}

function requireSameText(logprobs: readonly unknown[], text: string | null): void {
  const tokens = logprobs.map((entry) => (isObject(entry) ? String(entry['token']) : ''));
  if (tokens.join('') === (text ?? '')) return;
  throw setupError(
    `The logprobs of a message must be those of its tokens, which join to ${JSON.stringify(text)}; got ${JSON.stringify(tokens)}.`,
  );
}
