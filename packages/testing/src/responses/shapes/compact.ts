import { nullable, object, oneOf, type Shape, string, textOr } from '../../shape/shape.js';
import { inputItem } from './input-item.js';

/** The body of `POST /v1/responses/compact` (schema `CompactResponseMethodPublicBody`). */
export const compactShape: Shape = object(
  { model: nullable(string()) },
  {
    input: nullable(textOr(inputItem)),
    previous_response_id: nullable(string()),
    instructions: nullable(string()),
    prompt_cache_key: nullable(string({ max: 64 })),
    prompt_cache_options: nullable(
      object({}, { ttl: oneOf('30m'), mode: oneOf('implicit', 'explicit') }),
    ),
    prompt_cache_retention: nullable(oneOf('in_memory', '24h')),
    service_tier: nullable(
      oneOf('auto', 'default', 'flex', 'scale', 'priority', 'fast', 'ultrafast'),
    ),
  },
);
