import type { CompatibleEndpoint } from '../../context.js';
import { type Incoming, jsonBody } from '../../http/exchange.js';
import { isObject } from '../../json.js';
import type { Shape } from '../../shape/shape.js';
import type { ChatRequest } from '../request.js';
import { requestShape } from '../shapes/request.js';
import { checkMessages } from './check-messages.js';
import { checkParameters } from './check-parameters.js';
import { checkSchemas, checkTools } from './check-tools.js';

/** Everything that can be wrong with a request; what an endpoint knows beyond OpenAI does not count. */
export function checkRequest({
  fields = [],
  anyContent = false,
}: CompatibleEndpoint): CheckRequest {
  const shape: Shape = requestShape({ anyContent });
  return (incoming) => {
    const body = jsonBody(incoming);
    shape(fields.length === 0 ? body : without(body, new Set(fields)), '');
    const request = body as ChatRequest; // the shape has just proved it
    checkParameters(request);
    checkTools(request);
    checkSchemas(request);
    checkMessages(request.messages);
    return request;
  };
}

/** Returns the body of a request that OpenAI, or the endpoint, would accept; throws for any other. */
export type CheckRequest = (incoming: Incoming) => ChatRequest;

function without(value: unknown, fields: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, fields));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => !fields.has(name));
  return Object.fromEntries(kept.map(([name, field]) => [name, without(field, fields)]));
}
