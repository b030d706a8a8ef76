import type { ModelStreamEvent } from './model-events.js';

/** What the deltas of one item add up to. */
export interface FoldedItem {
  /** Texts and refusals of a message by content index. */
  readonly content: Map<number, { type: 'output_text' | 'refusal' | 'audio'; text: string; audio: string }>;
  readonly summary: Map<number, string>;
  readonly reasoning: Map<number, string>;
  call: { callId: string; name: string; arguments: string } | undefined;
}

/**
 * Adds up the deltas of a streamed response, by item index. For consumers that show an answer while it
 * grows, and for the law that every model keeps: what is added up equals what `response_done` holds.
 *
 * @throws TypeError where a delta has no start, comes after its end, or a part starts twice.
 */
export function foldModelEvents(events: Iterable<ModelStreamEvent>): Map<number, FoldedItem> {
  const items = new Map<number, FoldedItem>();
  const open = new Set<string>();
  for (const event of events) foldEvent(items, open, event);
  if (open.size > 0) throw new TypeError(`Parts never ended: ${[...open].join(', ')}`);
  return items;
}

function foldEvent(items: Map<number, FoldedItem>, open: Set<string>, event: ModelStreamEvent): void {
  switch (event.type) {
    case 'response_started':
    case 'output_item_done':
    case 'response_done':
    case 'model':
      return;
    case 'output_text_start':
    case 'refusal_start':
    case 'audio_start': {
      start(open, partKey(event));
      const type =
        event.type === 'output_text_start'
          ? 'output_text'
          : event.type === 'refusal_start'
            ? 'refusal'
            : 'audio';
      itemAt(items, event.itemIndex).content.set(event.contentIndex, { type, text: '', audio: '' });
      return;
    }
    case 'output_text_delta':
    case 'refusal_delta': {
      requireOpen(open, partKey(event));
      const part = itemAt(items, event.itemIndex).content.get(event.contentIndex);
      if (part) part.text += event.delta;
      return;
    }
    case 'audio_delta': {
      requireOpen(open, partKey(event));
      const part = itemAt(items, event.itemIndex).content.get(event.contentIndex);
      if (part) {
        part.audio += event.delta ?? '';
        part.text += event.transcriptDelta ?? '';
      }
      return;
    }
    case 'output_text_end':
    case 'refusal_end':
    case 'audio_end':
      end(open, partKey(event));
      return;
    case 'reasoning_start':
      start(open, `${event.part} ${partKey(event)}`);
      reasoningOf(itemAt(items, event.itemIndex), event.part).set(event.contentIndex, '');
      return;
    case 'reasoning_delta': {
      requireOpen(open, `${event.part} ${partKey(event)}`);
      const parts = reasoningOf(itemAt(items, event.itemIndex), event.part);
      parts.set(event.contentIndex, (parts.get(event.contentIndex) ?? '') + event.delta);
      return;
    }
    case 'reasoning_end':
      end(open, `${event.part} ${partKey(event)}`);
      return;
    case 'tool_call_start':
      start(open, `call ${event.itemIndex}`);
      itemAt(items, event.itemIndex).call = {
        callId: event.callId,
        name: event.name,
        arguments: '',
      };
      return;
    case 'tool_call_arguments_delta': {
      requireOpen(open, `call ${event.itemIndex}`);
      const { call } = itemAt(items, event.itemIndex);
      if (call) call.arguments += event.delta;
      return;
    }
    case 'tool_call_end':
      end(open, `call ${event.itemIndex}`);
      return;
    default:
      event satisfies never;
  }
}

function itemAt(items: Map<number, FoldedItem>, index: number): FoldedItem {
  let item = items.get(index);
  if (item === undefined) {
    item = { content: new Map(), summary: new Map(), reasoning: new Map(), call: undefined };
    items.set(index, item);
  }
  return item;
}

function reasoningOf(item: FoldedItem, part: 'summary' | 'text'): Map<number, string> {
  return part === 'summary' ? item.summary : item.reasoning;
}

function partKey(event: { itemIndex: number; contentIndex: number }): string {
  return `part ${event.itemIndex}.${event.contentIndex}`;
}

function start(open: Set<string>, key: string): void {
  if (open.has(key)) throw new TypeError(`Started twice: ${key}`);
  open.add(key);
}

function requireOpen(open: Set<string>, key: string): void {
  if (!open.has(key)) throw new TypeError(`A delta outside its start and end: ${key}`);
}

function end(open: Set<string>, key: string): void {
  if (!open.delete(key)) throw new TypeError(`Ended without a start: ${key}`);
}
