import type { JsonObject } from '../json.js';
import type { ConversationItem } from '../reply/reply-request.js';
import { itemKind } from './item-kinds.js';
import { partsOf } from './output-items.js';

/** Writes an input item in the full form in which it is listed (schemas `ItemResource`, `ConversationItem`). */
export function itemResource(item: ConversationItem): JsonObject {
  const { type } = item;
  if (type === 'message')
    return { ...item, status: item['status'] ?? 'completed', content: contentParts(item) };
  return { ...itemKind(type).defaults, ...withoutNulls(item) };
}

function contentParts(message: ConversationItem): readonly JsonObject[] {
  const { content, role } = message;
  const fromAssistant = role === 'assistant';
  const parts =
    typeof content === 'string'
      ? [{ type: fromAssistant ? 'output_text' : 'input_text', text: content }]
      : partsOf(message, 'content');
  return parts.map((part) => ({
    ...(part['type'] === 'output_text' ? { annotations: [], logprobs: [] } : {}),
    ...(part['type'] === 'input_image' ? { detail: 'auto' } : {}),
    ...part,
  }));
}

function withoutNulls(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
}
