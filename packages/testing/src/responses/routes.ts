import type { ServerContext } from '../context.js';
import { sendJson } from '../http/exchange.js';
import type { Route } from '../http/route.js';
import { compactConversation } from './compact-conversation.js';
import { createResponse } from './create-response.js';
import { itemPage } from './item-page.js';
import { storedOrNotFound } from './not-found.js';
import type { ServerStores } from '../stores.js';

/** The Responses API. */
export function responsesRoutes(context: ServerContext, stores: ServerStores): readonly Route[] {
  const store = stores.responses;
  return [
    {
      method: 'POST',
      path: '/responses',
      handle: (exchange) => createResponse(context, stores, exchange),
    },
    {
      method: 'POST',
      path: '/responses/compact',
      handle: (exchange) => compactConversation(context, stores, exchange),
    },
    {
      method: 'GET',
      path: '/responses/:id',
      handle: (exchange, { id = '' }) => sendJson(exchange, storedOrNotFound(store, id).response),
    },
    {
      method: 'DELETE',
      path: '/responses/:id',
      handle: (exchange, { id = '' }) => {
        storedOrNotFound(store, id);
        store.delete(id);
        sendJson(exchange, { id, object: 'response', deleted: true });
      },
    },
    {
      method: 'GET',
      path: '/responses/:id/input_items',
      handle: (exchange, { id = '' }) =>
        sendJson(exchange, itemPage(storedOrNotFound(store, id).input, exchange.query)),
    },
  ];
}
