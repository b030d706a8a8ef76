import {
  type AgentOutputItem,
  type AssistantMessageItem,
  isAssistantMessage,
  type ModelResponse,
  type ModelStreamEvent,
} from '@baton/core/model';
import { expectLaw, responseOf } from '@baton/openai-shared/test-support';
import { providerMark } from '../../src/provider-mark.js';
import { readCompletion } from '../../src/response/model-response.js';
import type { ReadContext } from '../../src/response/read-context.js';
import { ChatStreamReader } from '../../src/response/stream-reader.js';
import type { Wire } from '../fixtures/wire-shape.js';

/** What a completion is read with, changed where a test says so. */
export function aContext(changes: Partial<ReadContext> = {}): ReadContext {
  return {
    mark: providerMark('gpt-4.1'),
    requestId: 'req_1',
    preserveRawUsage: false,
    strictFeatureValidation: false,
    bufferStreamedToolCalls: false,
    warn: () => undefined,
    ...changes,
  };
}

/** A completion with this message. */
export function aCompletion(message: Wire, more: Wire = {}, choice: Wire = {}): Wire {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-4.1-2025-04-14',
    choices: [
      { index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop', ...choice },
    ],
    ...more,
  };
}

/** A chunk with this delta. */
export function aChunk(delta: Wire, finish: string | null = null, more: Wire = {}): Wire {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'gpt-4.1-2025-04-14',
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...more,
  };
}

/** A stream of these deltas, which ends with this reason. */
export function aStream(deltas: readonly Wire[], finish = 'stop'): readonly Wire[] {
  return [...deltas.map((delta) => aChunk(delta)), aChunk({}, finish)];
}

/** All events of a streamed completion; they keep the law of deltas. */
export function readChunks(
  chunks: readonly Wire[],
  changes: Partial<ReadContext> = {},
): ModelStreamEvent[] {
  const reader = new ChatStreamReader(aContext(changes));
  const events = [...chunks.flatMap((chunk) => [...reader.read(chunk)]), ...reader.end()];
  expectLaw(events);
  return events;
}

/** The response of a streamed completion. */
export function readStream(
  chunks: readonly Wire[],
  changes: Partial<ReadContext> = {},
): ModelResponse {
  return responseOf(readChunks(chunks, changes));
}

export function readWhole(completion: Wire, changes: Partial<ReadContext> = {}): ModelResponse {
  return readCompletion(completion, aContext(changes));
}

/** Everything but the raw events, as short as it can be told. */
export function told(events: readonly ModelStreamEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === 'model') return [];
    const place = 'itemIndex' in event ? ` ${event.itemIndex}` : '';
    const part = 'contentIndex' in event ? `.${event.contentIndex}` : '';
    const delta = 'delta' in event ? ` ${event.delta}` : '';
    return [`${event.type}${place}${part}${delta}`];
  });
}

/** The message of a response that has one. */
export function messageIn({
  output,
}: {
  readonly output: readonly AgentOutputItem[];
}): AssistantMessageItem {
  const message = output.find(isAssistantMessage);
  if (message === undefined) throw new Error('no message');
  return message;
}

/** What the calls of a response say. */
export function callsIn({
  output,
}: {
  readonly output: readonly AgentOutputItem[];
}): readonly string[] {
  return output.flatMap((item) =>
    item.type === 'function_call' ? [`${item.callId} ${item.name} ${item.arguments}`] : [],
  );
}

/** A call as an entry of `tool_calls`. */
export function aCall(id: string, name: string, args: string, more: Wire = {}): Wire {
  return { id, type: 'function', function: { name, arguments: args }, ...more };
}

/** A piece of a call's arguments. */
export function args(index: number, text: string): Wire {
  return { index, function: { arguments: text } };
}
