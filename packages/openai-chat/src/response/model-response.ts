import type { ModelResponse } from '@baton/core/model';
import { type JsonRecord, toUsage } from '@baton/openai-shared';
import type { ReadContext } from './read-context.js';

/** A whole `chat.completion` as a response. */
export function readCompletion(completion: JsonRecord, context: ReadContext): ModelResponse {
  return {
    output: [],
    usage: toUsage(completion['usage'], 'chat.completions.create'),
    requestId: context.requestId,
  };
}
