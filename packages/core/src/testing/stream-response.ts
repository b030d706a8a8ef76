import type { AgentOutputItem, AssistantContent } from '../item/index.js';
import type { ModelResponse, ModelStreamEvent } from '../model/index.js';

/** The events of a response, as a model that streams word by word would send them. */
export function* streamResponse(response: ModelResponse): Generator<ModelStreamEvent> {
  yield { type: 'response_started', responseId: response.responseId };
  for (const [itemIndex, item] of response.output.entries()) {
    yield* streamItem(itemIndex, item);
    yield { type: 'output_item_done', itemIndex, item };
  }
  yield { type: 'response_done', response };
}

function* streamItem(itemIndex: number, item: AgentOutputItem): Generator<ModelStreamEvent> {
  if ('role' in item) {
    for (const [contentIndex, part] of item.content.entries()) {
      yield* streamPart({ itemIndex, contentIndex }, part);
    }
  } else if (item.type === 'function_call') {
    yield { type: 'tool_call_start', itemIndex, callId: item.callId, name: item.name };
    for (const delta of pieces(item.arguments)) {
      yield { type: 'tool_call_arguments_delta', itemIndex, delta };
    }
    yield { type: 'tool_call_end', itemIndex };
  } else if (item.type === 'reasoning') {
    yield* streamReasoning(itemIndex, 'summary', item.content);
    yield* streamReasoning(itemIndex, 'text', item.rawContent ?? []);
  }
}

function* streamPart(
  at: { readonly itemIndex: number; readonly contentIndex: number },
  part: AssistantContent,
): Generator<ModelStreamEvent> {
  switch (part.type) {
    case 'output_text':
      yield { type: 'output_text_start', ...at };
      for (const delta of pieces(part.text)) yield { type: 'output_text_delta', ...at, delta };
      yield { type: 'output_text_end', ...at };
      return;
    case 'refusal':
      yield { type: 'refusal_start', ...at };
      for (const delta of pieces(part.refusal)) yield { type: 'refusal_delta', ...at, delta };
      yield { type: 'refusal_end', ...at };
      return;
    case 'audio':
      yield { type: 'audio_start', ...at };
      if (typeof part.audio === 'string') yield { type: 'audio_delta', ...at, delta: part.audio };
      if (typeof part.transcript === 'string') {
        yield { type: 'audio_delta', ...at, transcriptDelta: part.transcript };
      }
      yield { type: 'audio_end', ...at };
      return;
    case 'image':
      return; // comes whole, with its item
    default:
      part satisfies never;
  }
}

function* streamReasoning(
  itemIndex: number,
  part: 'summary' | 'text',
  texts: readonly { readonly text: string }[],
): Generator<ModelStreamEvent> {
  for (const [contentIndex, { text }] of texts.entries()) {
    yield { type: 'reasoning_start', itemIndex, contentIndex, part };
    for (const delta of pieces(text)) {
      yield { type: 'reasoning_delta', itemIndex, contentIndex, part, delta };
    }
    yield { type: 'reasoning_end', itemIndex, contentIndex, part };
  }
}

function pieces(text: string): readonly string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}
