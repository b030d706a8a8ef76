import type { ServerContext } from '../context.js';
import type { Route } from '../http/route.js';
import { checkRequest } from './checks/check-request.js';
import { createCompletion } from './create-completion.js';

/** The Chat Completions API. */
export function chatCompletionsRoutes(context: ServerContext): readonly Route[] {
  const check = checkRequest(context.compatible);
  return [
    {
      method: 'POST',
      path: '/chat/completions',
      handle: (exchange) => createCompletion(context, check, exchange),
    },
  ];
}
