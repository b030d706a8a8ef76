import { ApiError } from '../http/api-error.js';
import { type Exchange, jsonBody, sendJson } from '../http/exchange.js';
import type { Route } from '../http/route.js';
import { isObject, type JsonObject } from '../json.js';
import type { ConversationItem } from '../reply/reply-request.js';
import { checkDuplicates } from '../responses/checks/check-conversation.js';
import { checkReadable, itemNotFound } from '../responses/checks/check-reasoning.js';
import { itemList, itemPage } from '../responses/item-page.js';
import { itemResource } from '../responses/item-resource.js';
import { typedItems } from '../responses/request.js';
import type { ServerStores } from '../stores.js';
import type { Conversation } from './conversation-store.js';
import { conversationOrNotFound } from './not-found.js';
import { createItemsShape, createShape, updateShape } from './shapes.js';

/** The Conversations API. */
export function conversationsRoutes(stores: ServerStores): readonly Route[] {
  const { conversations } = stores;
  const find = (id = ''): Conversation => conversationOrNotFound(conversations, id);
  return [
    {
      method: 'POST',
      path: '/conversations',
      handle: (exchange) => {
        const body = bodyOf(exchange);
        createShape(body, '');
        const items = newItems(stores, [], body['items']);
        const conversation = conversations.create(
          isObject(body['metadata']) ? body['metadata'] : {},
        );
        conversations.append(conversation, items);
        sendJson(exchange, resource(conversation));
      },
    },
    {
      method: 'GET',
      path: '/conversations/:id',
      handle: (exchange, { id }) => sendJson(exchange, resource(find(id))),
    },
    {
      method: 'POST',
      path: '/conversations/:id',
      handle: (exchange, { id }) => {
        const conversation = find(id);
        const body = jsonBody(exchange);
        updateShape(body, '');
        conversation.metadata = isObject(body['metadata']) ? body['metadata'] : {};
        sendJson(exchange, resource(conversation));
      },
    },
    {
      method: 'DELETE',
      path: '/conversations/:id',
      handle: (exchange, { id }) => {
        const conversation = find(id);
        conversations.delete(conversation.id);
        sendJson(exchange, { id, object: 'conversation.deleted', deleted: true });
      },
    },
    ...itemRoutes(stores, find),
  ];
}

function itemRoutes(stores: ServerStores, find: (id?: string) => Conversation): readonly Route[] {
  const { conversations } = stores;
  return [
    {
      method: 'GET',
      path: '/conversations/:id/items',
      handle: (exchange, { id }) => sendJson(exchange, itemPage(find(id).items, exchange.query)),
    },
    {
      method: 'POST',
      path: '/conversations/:id/items',
      handle: (exchange, { id }) => {
        const conversation = find(id);
        const body = jsonBody(exchange);
        createItemsShape(body, '');
        const items = newItems(stores, conversation.items, body['items']);
        sendJson(exchange, itemList(conversations.append(conversation, items), false));
      },
    },
    {
      method: 'GET',
      path: '/conversations/:id/items/:item',
      handle: (exchange, { id, item }) =>
        sendJson(exchange, itemResource(itemOrNotFound(find(id), item))),
    },
    {
      method: 'DELETE',
      path: '/conversations/:id/items/:item',
      handle: (exchange, { id, item }) => {
        const conversation = find(id);
        itemOrNotFound(conversation, item);
        conversations.removeItem(conversation, item ?? '');
        sendJson(exchange, resource(conversation));
      },
    },
  ];
}

/** The items of a checked body, with references replaced by what they refer to, and none that is there already. */
function newItems(
  stores: ServerStores,
  known: readonly ConversationItem[],
  given: unknown,
): readonly ConversationItem[] {
  const items = typedItems(Array.isArray(given) ? given.filter(isObject) : []).map((item) => {
    checkReadable(item, stores);
    if (item.type !== 'item_reference') return item;
    const found = stores.findItem(String(item['id']));
    if (found === undefined) throw itemNotFound(String(item['id']));
    return found;
  });
  checkDuplicates([...known, ...items], 'items');
  return items;
}

function itemOrNotFound(conversation: Conversation, itemId = ''): ConversationItem {
  const item = conversation.items.find(({ id }) => id === itemId);
  if (item !== undefined) return item;
  throw new ApiError(
    404,
    `Item with id '${itemId}' not found in conversation '${conversation.id}'.`,
  );
}

function resource({ id, metadata, createdAt }: Conversation): JsonObject {
  return { id, object: 'conversation', created_at: createdAt, metadata };
}

/** A conversation can be created without saying anything of it. */
function bodyOf(exchange: Exchange): JsonObject {
  return exchange.body === undefined ? {} : jsonBody(exchange);
}
