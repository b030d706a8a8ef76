import type { ServerContext } from '../context.js';
import { ApiError } from '../http/api-error.js';
import { sendJson } from '../http/exchange.js';
import type { Route } from '../http/route.js';
import type { JsonObject } from '../json.js';

/** `GET /v1/models` and `GET /v1/models/{model}`. */
export function modelsRoutes(context: ServerContext): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/models',
      handle: (exchange) =>
        sendJson(exchange, { object: 'list', data: (context.models ?? []).map(modelResource) }),
    },
    {
      method: 'GET',
      path: '/models/:model',
      handle: (exchange, { model = '' }) => {
        requireModel(context, model);
        sendJson(exchange, modelResource(model));
      },
    },
  ];
}

/** Throws OpenAI's 404 when the server has a list of models and this is not one of them. */
export function requireModel(context: ServerContext, model: string): void {
  if (context.models === undefined || context.models.includes(model)) return;
  throw new ApiError(
    404,
    `The model \`${model}\` does not exist or you do not have access to it.`,
    {
      param: 'model',
      code: 'model_not_found',
    },
  );
}

function modelResource(id: string): JsonObject {
  return { id, object: 'model', created: 1_700_000_000, owned_by: 'baton-testing' };
}
