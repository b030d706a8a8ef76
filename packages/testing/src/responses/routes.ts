import type { ServerContext } from '../context.js';
import { sendJson } from '../http/exchange.js';
import type { Route } from '../http/route.js';
import { createResponse } from './create-response.js';
import { listInputItems } from './list-input-items.js';
import { storedOrNotFound } from './not-found.js';
import { responseStore } from './response-store.js';

/** The Responses API, with its own store. */
export function responsesRoutes(context: ServerContext): readonly Route[] {
  const store = responseStore();
  return [
    {
      method: 'POST',
      path: '/responses',
      handle: (exchange) => createResponse(context, store, exchange),
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
        sendJson(exchange, listInputItems(storedOrNotFound(store, id), exchange.query)),
    },
  ];
}
