import type { ModelResponse } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import { CompletionReader } from './completion-reader.js';
import type { ReadContext } from './read-context.js';

/**
 * A whole `chat.completion` as a response.
 *
 * @throws ModelBehaviorError where it holds no answer; UserError for what is refused in strict mode.
 */
export function readCompletion(completion: JsonRecord, context: ReadContext): ModelResponse {
  const reader = new CompletionReader(context);
  reader.add(completion);
  return reader.finish();
}
