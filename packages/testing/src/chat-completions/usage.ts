import type { JsonObject } from '../json.js';
import type { ReplyUsage } from '../reply/reply.js';
import { reasoningBlocks, sum, tokens } from '../reply/tokens.js';
import type { ChoiceSource } from './finish-choices.js';
import type { ChatRequest } from './request.js';

/** Token counts as for responses (schema `CompletionUsage`); reasoning counts even where nobody sees it. */
export function usageOf(
  request: ChatRequest,
  choices: readonly ChoiceSource[],
  given: ReplyUsage = {},
): JsonObject {
  const prompt = given.inputTokens ?? tokens(request.messages) + tokens(request.tools);
  const reasoning = given.reasoningTokens ?? sum(choices, reasoningTokens);
  const completion = given.outputTokens ?? sum(choices, visibleTokens) + reasoning;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: given.cachedTokens ?? 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function reasoningTokens({ items }: ChoiceSource): number {
  return sum(items, (item) =>
    item.type === 'reasoning'
      ? reasoningBlocks(tokens(item['summary']) + tokens(item['content']))
      : 0,
  );
}

function visibleTokens({ message }: ChoiceSource): number {
  return tokens(message.content) + tokens(message.refusal) + tokens(message.tool_calls);
}
