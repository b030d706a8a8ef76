import { invalidRequest } from '../http/api-error.js';
import type { JsonObject } from '../json.js';
import type { ConversationItem } from '../reply/reply-request.js';
import { itemResource } from './item-resource.js';

/** One page of a list of items: newest first unless asked otherwise (schemas `ResponseItemList`, `ConversationItemList`). */
export function itemPage(items: readonly ConversationItem[], query: URLSearchParams): JsonObject {
  const limit = Number(query.get('limit') ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    const expected = `Expected a value between 1 and 100, but got ${query.get('limit')} instead.`;
    throw invalidRequest(`Invalid 'limit': ${expected}`, 'limit', 'invalid_value');
  }
  const after = query.get('after');
  const ordered = query.get('order') === 'asc' ? items : items.toReversed();
  const start = after === null ? 0 : ordered.findIndex((item) => item['id'] === after) + 1;
  return itemList(ordered.slice(start, start + limit), start + limit < ordered.length);
}

/** Items as a list of the API. */
export function itemList(items: readonly ConversationItem[], hasMore: boolean): JsonObject {
  const data = items.map(itemResource);
  return {
    object: 'list',
    data,
    first_id: data[0]?.['id'] ?? '',
    last_id: data.at(-1)?.['id'] ?? '',
    has_more: hasMore,
  };
}
