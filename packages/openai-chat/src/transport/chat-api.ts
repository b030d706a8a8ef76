import type { HttpApi, JsonRecord } from '@baton/openai-shared';
import { errorIn } from '../response/terminal-error.js';

/** Chat Completions as far as a transport has to know it. */
export const CHAT_API: HttpApi = {
  path: '/chat/completions',
  name: 'Chat Completions',
  list: 'choices',
  // Some servers report an error with the status 200, or have null for choices; the reader says what is wrong.
  isFailure: (body) =>
    'choices' in body || 'error' in body || errorIn(body, undefined) !== undefined,
  asEvent: asChunk,
};

/** The answer of a server that does not stream. A whole message is read wherever it stands; without one it is over. */
function asChunk(completion: JsonRecord): JsonRecord {
  const { choices } = completion;
  if (Array.isArray(choices) && choices.length > 0) return completion;
  if (errorIn(completion, undefined) !== undefined) return completion;
  return { ...completion, error: { message: 'it has no choices, so it holds no answer' } };
}
