import type { ApiError } from '../http/api-error.js';
import type { JsonObject } from '../json.js';
import type { Chunk } from '../reply/reply.js';
import type { Completion } from './completion.js';
import { type ChoiceDelta, choiceDeltas } from './deltas.js';
import type { ChatRequest } from './request.js';

const DONE = 'data: [DONE]\n\n';

/** The completion in chunks (schema `CreateChatCompletionStreamResponse`), in the order in which OpenAI sends them. */
export function* completionChunks(
  completion: Completion,
  { stream_options: options }: ChatRequest,
  chunk: Chunk,
): Iterable<string> {
  const { metadata: _metadata, ...head } = completion.head;
  const wantsUsage = options?.['include_usage'] === true;
  const write = (choices: readonly ChoiceDelta[], usage: JsonObject | null): string =>
    writeData({
      ...head,
      object: 'chat.completion.chunk',
      choices,
      ...(wantsUsage ? { usage } : {}),
      ...(options?.['include_obfuscation'] === true ? { obfuscation: padding(choices) } : {}),
    });
  const deltas = completion.choices.map((choice) => [...choiceDeltas(choice, chunk)]);
  for (const delta of interleaved(deltas)) {
    if (completion.failure === undefined || delta.finish_reason === null)
      yield write([delta], null);
  }
  if (completion.failure !== undefined) return yield writeError(completion.failure);
  if (wantsUsage && completion.usage !== undefined) yield write([], completion.usage);
  yield DONE;
}

/** An error after the stream has begun. */
export function writeError(error: ApiError): string {
  return writeData(error.toBody());
}

function writeData(data: JsonObject): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** Choices are streamed at the same time. */
function* interleaved<T>(lists: readonly (readonly T[])[]): Iterable<T> {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  for (let index = 0; index < longest; index += 1) {
    for (const list of lists) yield* list.slice(index, index + 1);
  }
}

/** Makes all chunks equally long, so that their size tells nothing of what is in them. */
function padding(choices: readonly ChoiceDelta[]): string {
  return 'x'.repeat(Math.max(0, 64 - (JSON.stringify(choices).length % 64)));
}
