import { type HttpApi, isRecord, type JsonRecord, recordsOf } from '@baton/openai-shared';

/** Chat Completions as far as a transport has to know it. */
export const CHAT_API: HttpApi = {
  path: '/chat/completions',
  name: 'Chat Completions',
  list: 'choices',
  asEvent: asChunk,
};

/** The answer of a server that does not stream, as the only chunk of a stream. */
function asChunk(completion: JsonRecord): JsonRecord {
  const choices = recordsOf(completion, 'choices').map((choice) => {
    const { message, ...rest } = choice;
    if (!isRecord(message)) return choice;
    const calls = recordsOf(message, 'tool_calls').map((call, index) => ({ index, ...call }));
    return { ...rest, delta: { ...message, ...(calls.length > 0 && { tool_calls: calls }) } };
  });
  return { ...completion, object: 'chat.completion.chunk', choices };
}
