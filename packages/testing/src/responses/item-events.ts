import { type JsonObject, stringField } from '../json.js';
import type { Chunk } from '../reply/reply.js';
import { type FinishedItem, partsOf } from './output-items.js';
import type { ResponseEvent } from './response-events.js';

/** How one type of item is streamed between `response.output_item.added` and `.done`. */
interface ItemStreaming {
  /** What the item looks like when it is added; fields with `undefined` are not there yet. */
  readonly blank?: (item: FinishedItem) => JsonObject;
  readonly events?: (item: FinishedItem, place: Place, chunk: Chunk) => Iterable<ResponseEvent>;
}

interface Place extends JsonObject {
  readonly item_id: string;
  readonly output_index: number;
}

const STREAMING: Readonly<Record<string, ItemStreaming>> = {
  message: { blank: () => ({ content: [] }), events: messageEvents },
  reasoning: {
    blank: (item) => ({
      summary: [],
      encrypted_content: undefined,
      ...('content' in item ? { content: [] } : {}),
    }),
    events: reasoningEvents,
  },
  function_call: {
    blank: () => ({ arguments: '' }),
    events: (item, place, chunk) =>
      textEvents(
        {
          name: 'response.function_call_arguments',
          place,
          text: stringField(item, 'arguments'),
          done: { name: item['name'], arguments: item['arguments'] },
        },
        chunk,
      ),
  },
  custom_tool_call: {
    blank: () => ({ input: '' }),
    events: (item, place, chunk) =>
      textEvents(
        {
          name: 'response.custom_tool_call_input',
          place,
          text: stringField(item, 'input'),
          done: { input: item['input'] },
        },
        chunk,
      ),
  },
  mcp_call: { blank: () => ({ arguments: '', output: null, error: null }), events: mcpCallEvents },
  mcp_list_tools: { events: progress('mcp_list_tools', 'in_progress', 'completed') },
  web_search_call: { events: progress('web_search_call', 'in_progress', 'searching', 'completed') },
  file_search_call: {
    blank: () => ({ results: null }),
    events: progress('file_search_call', 'in_progress', 'searching', 'completed'),
  },
  code_interpreter_call: { blank: () => ({ code: '', outputs: null }), events: codeEvents },
  image_generation_call: {
    blank: () => ({ result: null }),
    events: progress('image_generation_call', 'in_progress', 'generating', 'completed'),
  },
};

/** The events of one item, from `response.output_item.added` to `response.output_item.done`. */
export function* itemEvents(
  item: FinishedItem,
  outputIndex: number,
  chunk: Chunk,
): Iterable<ResponseEvent> {
  const streaming = STREAMING[item.type] ?? {};
  const open = {
    ...item,
    ...('status' in item ? { status: 'in_progress' } : {}),
    ...streaming.blank?.(item),
  };
  yield { type: 'response.output_item.added', output_index: outputIndex, item: open };
  yield* streaming.events?.(item, { item_id: item.id, output_index: outputIndex }, chunk) ?? [];
  yield { type: 'response.output_item.done', output_index: outputIndex, item };
}

function* messageEvents(item: FinishedItem, place: Place, chunk: Chunk): Iterable<ResponseEvent> {
  for (const [index, part] of partsOf(item, 'content').entries()) {
    const at = { ...place, content_index: index };
    if (part['type'] === 'refusal') {
      yield { type: 'response.content_part.added', ...at, part: { ...part, refusal: '' } };
      yield* textEvents(
        {
          name: 'response.refusal',
          place: at,
          text: stringField(part, 'refusal'),
          done: { refusal: part['refusal'] },
        },
        chunk,
      );
    } else {
      yield {
        type: 'response.content_part.added',
        ...at,
        part: { ...part, text: '', annotations: [], logprobs: [] },
      };
      yield* textEvents(
        {
          name: 'response.output_text',
          place: at,
          text: stringField(part, 'text'),
          delta: { logprobs: [] },
          done: { text: part['text'], logprobs: part['logprobs'] },
        },
        chunk,
      );
      for (const [annotation_index, annotation] of partsOf(part, 'annotations').entries()) {
        yield {
          type: 'response.output_text.annotation.added',
          ...at,
          annotation_index,
          annotation,
        };
      }
    }
    yield { type: 'response.content_part.done', ...at, part };
  }
}

function* reasoningEvents(item: FinishedItem, place: Place, chunk: Chunk): Iterable<ResponseEvent> {
  for (const [index, part] of partsOf(item, 'content').entries()) {
    const at = { ...place, content_index: index };
    yield { type: 'response.content_part.added', ...at, part: { ...part, text: '' } };
    yield* textEvents(
      {
        name: 'response.reasoning_text',
        place: at,
        text: stringField(part, 'text'),
        done: { text: part['text'] },
      },
      chunk,
    );
    yield { type: 'response.content_part.done', ...at, part };
  }
  for (const [index, part] of partsOf(item, 'summary').entries()) {
    const at = { ...place, summary_index: index };
    yield { type: 'response.reasoning_summary_part.added', ...at, part: { ...part, text: '' } };
    yield* textEvents(
      {
        name: 'response.reasoning_summary_text',
        place: at,
        text: stringField(part, 'text'),
        done: { text: part['text'] },
      },
      chunk,
    );
    yield { type: 'response.reasoning_summary_part.done', ...at, part };
  }
}

function* mcpCallEvents(item: FinishedItem, place: Place, chunk: Chunk): Iterable<ResponseEvent> {
  yield { type: 'response.mcp_call.in_progress', ...place };
  yield* textEvents(
    {
      name: 'response.mcp_call_arguments',
      place,
      text: stringField(item, 'arguments'),
      done: { arguments: item['arguments'] },
    },
    chunk,
  );
  yield {
    type: `response.mcp_call.${item['status'] === 'failed' ? 'failed' : 'completed'}`,
    ...place,
  };
}

function* codeEvents(item: FinishedItem, place: Place, chunk: Chunk): Iterable<ResponseEvent> {
  yield { type: 'response.code_interpreter_call.in_progress', ...place };
  yield* textEvents(
    {
      name: 'response.code_interpreter_call_code',
      place,
      text: stringField(item, 'code'),
      done: { code: item['code'] ?? '' },
    },
    chunk,
  );
  yield { type: 'response.code_interpreter_call.interpreting', ...place };
  yield { type: 'response.code_interpreter_call.completed', ...place };
}

interface StreamedText {
  readonly name: string;
  /** Fields of all its events. */
  readonly place: JsonObject;
  readonly text: string | undefined;
  /** More fields of each delta. */
  readonly delta?: JsonObject;
  /** More fields of the last event, which has all of the text. */
  readonly done: JsonObject;
}

/** `….delta` for every piece of the text, then `….done` with all of it. */
function* textEvents(streamed: StreamedText, chunk: Chunk): Iterable<ResponseEvent> {
  const { name, place, text = '' } = streamed;
  for (const delta of chunk(text)) {
    yield { type: `${name}.delta`, ...place, delta, ...streamed.delta };
  }
  yield { type: `${name}.done`, ...place, ...streamed.done };
}

function progress(
  name: string,
  ...steps: readonly string[]
): (item: FinishedItem, place: Place) => Iterable<ResponseEvent> {
  return (_item, place) => steps.map((step) => ({ type: `response.${name}.${step}`, ...place }));
}
