import { Usage } from '@baton/core/model';
import { isRecord, type JsonRecord } from './json.js';

/**
 * Usage as both OpenAI APIs send it: `input_tokens`, … (Responses) or `prompt_tokens`, … (Chat
 * Completions). A response without usage still is one request [RUN-35].
 *
 * @param usage The wire's usage object, or whatever came in its place.
 * @param endpoint Which API was called, e.g. `responses.create`.
 */
export function toUsage(usage: unknown, endpoint: string): Usage {
  if (!isRecord(usage)) return new Usage({ requests: 1, endpoint });
  const inputDetails = usage['input_tokens_details'] ?? usage['prompt_tokens_details'];
  const outputDetails = usage['output_tokens_details'] ?? usage['completion_tokens_details'];
  return new Usage({
    requests: 1,
    inputTokens: count(usage['input_tokens'] ?? usage['prompt_tokens']),
    outputTokens: count(usage['output_tokens'] ?? usage['completion_tokens']),
    totalTokens: typeof usage['total_tokens'] === 'number' ? usage['total_tokens'] : undefined,
    inputTokensDetails: isRecord(inputDetails) ? counts(inputDetails) : undefined,
    outputTokensDetails: isRecord(outputDetails) ? counts(outputDetails) : undefined,
    endpoint,
  });
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function counts(details: JsonRecord): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const key in details) {
    const value = details[key];
    if (typeof value === 'number') numbers[key] = value;
    else if (value === null) numbers[key] = 0; // not counted [RUN-37]
  }
  return numbers;
}
