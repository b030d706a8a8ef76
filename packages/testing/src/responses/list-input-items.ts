import type { JsonObject } from '../json.js';
import type { ConversationItem } from '../reply/reply-request.js';
import { itemKind } from './item-kinds.js';
import { partsOf } from './output-items.js';
import type { StoredResponse } from './response-store.js';

/** `GET /v1/responses/{id}/input_items`: newest first unless asked otherwise (schema `ResponseItemList`). */
export function listInputItems(stored: StoredResponse, query: URLSearchParams): JsonObject {
  const limit = Number(query.get('limit') ?? 20);
  const after = query.get('after');
  const ordered = query.get('order') === 'asc' ? stored.input : stored.input.toReversed();
  const start = after === null ? 0 : ordered.findIndex((item) => item['id'] === after) + 1;
  const data = ordered.slice(start, start + limit).map(toResource);
  return {
    object: 'list',
    data,
    first_id: data[0]?.['id'] ?? '',
    last_id: data.at(-1)?.['id'] ?? '',
    has_more: start + limit < ordered.length,
  };
}

/** Writes an input item in the full form in which it is listed (schema `ItemResource`). */
function toResource(item: ConversationItem): JsonObject {
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
