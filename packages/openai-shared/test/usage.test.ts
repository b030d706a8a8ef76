import { expect, it } from 'vitest';
import { toUsage } from '../src/index.js';

it('usage of the Responses API keeps its details [RSP-2]', () => {
  const usage = toUsage(
    {
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens: 6,
      output_tokens_details: { reasoning_tokens: 5 },
      total_tokens: 16,
    },
    'responses.create',
  );
  expect(usage.toJSON()).toEqual({
    requests: 1,
    inputTokens: 10,
    outputTokens: 6,
    totalTokens: 16,
    inputTokensDetails: [{ cached_tokens: 4 }],
    outputTokensDetails: [{ reasoning_tokens: 5 }],
    requestUsageEntries: [
      {
        inputTokens: 10,
        outputTokens: 6,
        totalTokens: 16,
        inputTokensDetails: { cached_tokens: 4 },
        outputTokensDetails: { reasoning_tokens: 5 },
        endpoint: 'responses.create',
      },
    ],
  });
});

it('usage of Chat Completions says the same in other words', () => {
  const usage = toUsage(
    {
      prompt_tokens: 10,
      prompt_tokens_details: { cached_tokens: 4 },
      completion_tokens: 6,
      completion_tokens_details: { reasoning_tokens: 5 },
      total_tokens: 16,
    },
    'chat.completions.create',
  );
  expect([usage.inputTokens, usage.outputTokens, usage.totalTokens]).toEqual([10, 6, 16]);
  expect([usage.cachedInputTokens, usage.reasoningTokens]).toEqual([4, 5]);
});

it('a response without usage is one request without tokens [RUN-35]', () => {
  for (const nothing of [undefined, null, 'many']) {
    const usage = toUsage(nothing, 'responses.create');
    expect([usage.requests, usage.totalTokens]).toEqual([1, 0]);
  }
});

it('details that were not counted are zero [RUN-37]', () => {
  const usage = toUsage({ input_tokens: 1, input_tokens_details: { cached_tokens: null } }, 'x');
  expect(usage.inputTokensDetails).toEqual([{ cached_tokens: 0 }]);
});
