import { isObject, type JsonObject } from '../json.js';
import type { ReplyUsage } from '../reply/reply.js';
import { reasoningBlocks, sum, tokens } from '../reply/tokens.js';
import type { ConversationItem } from '../reply/reply-request.js';
import type { FinishedItem } from './output-items.js';
import type { ResponsesRequest } from './request.js';

/** What the token counts of one response are derived from. */
export interface UsageSource {
  readonly request: ResponsesRequest;
  /** The items the server already had before this request. */
  readonly known: readonly ConversationItem[];
  readonly input: readonly ConversationItem[];
  readonly output: readonly FinishedItem[];
}

const CACHE_BLOCK = 128;
const CACHE_MINIMUM = 1024;

/**
 * Token counts from text lengths: about right, and the same in every run. As at OpenAI, reasoning is counted in blocks
 * of 64, and a prefix is cached from 1,024 tokens on in steps of 128.
 */
export function usageOf(source: UsageSource, given: ReplyUsage | null = {}): JsonObject | null {
  if (given === null) return null;
  const { request } = source;
  const fixed = tokens(request.instructions) + tokens(request.tools);
  const known = fixed + tokens(source.known);
  const reasoning = sum(source.output, (item) =>
    item.type === 'reasoning' ? tokensOfReasoning(item) : 0,
  );
  const visible = sum(source.output, (item) =>
    item.type === 'reasoning' ? 0 : tokensOfOutput(item),
  );

  const input = given.inputTokens ?? known + tokens(source.input);
  const cached =
    given.cachedTokens ?? Math.min(input, source.known.length > 0 ? cachedPart(known) : 0);
  const reasoningTokens = given.reasoningTokens ?? reasoning;
  const output = given.outputTokens ?? visible + reasoningTokens;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached, cache_write_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoningTokens },
    total_tokens: input + output,
  };
}

function tokensOfReasoning(item: FinishedItem): number {
  return reasoningBlocks(tokens(item['summary']) + tokens(item['content']));
}

/** Counts what the model wrote, not the ids and the framing around it. */
function tokensOfOutput(item: FinishedItem): number {
  const { id: _id, type: _type, status: _status, call_id: _callId, role: _role, ...written } = item;
  return sum(Object.values(written), (value) =>
    tokens(Array.isArray(value) ? value.map(textOfPart) : value),
  );
}

function textOfPart(part: unknown): unknown {
  return isObject(part) ? (part['text'] ?? part['refusal'] ?? part) : part;
}

function cachedPart(prefix: number): number {
  return prefix < CACHE_MINIMUM ? 0 : prefix - (prefix % CACHE_BLOCK);
}
