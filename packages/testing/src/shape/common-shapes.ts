import { invalidRequest } from '../http/api-error.js';
import {
  anything,
  boolean,
  both,
  type Fields,
  integer,
  nullable,
  number,
  object,
  oneOf,
  record,
  type Shape,
  string,
} from './shape.js';

/** The longest text OpenAI takes in one field. */
const LONGEST_TEXT = 10_485_760;

export const longText: Shape = string({ max: LONGEST_TEXT });
export const effort: Shape = oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max');
export const verbosity: Shape = nullable(oneOf('low', 'medium', 'high'));
export const cacheBreakpoint: Shape = object({ mode: oneOf('explicit') });

const moderationConfig = nullable(object({ mode: oneOf('score', 'block') }));

/** The parameters that every API of a model takes (schema `CreateModelResponseProperties`, and `moderation`). */
export const modelParameters: Fields = {
  stream: nullable(boolean),
  store: nullable(boolean),
  temperature: nullable(number({ min: 0, max: 2 })),
  top_p: nullable(number({ min: 0, max: 1 })),
  top_logprobs: nullable(integer({ min: 0, max: 20 })),
  metadata: nullable(record(string({ max: 512 }), { max: 16 })),
  moderation: nullable(
    object(
      { model: string() },
      { policy: nullable(object({}, { input: moderationConfig, output: moderationConfig })) },
    ),
  ),
  prompt_cache_key: nullable(string()),
  prompt_cache_options: object({}, { ttl: oneOf('30m'), mode: oneOf('implicit', 'explicit') }),
  prompt_cache_retention: nullable(oneOf('in_memory', '24h')),
  safety_identifier: nullable(string({ max: 64 })),
  user: string(),
};

/** A shape for {@link tagged}, which has already looked at `type`. */
export function variant(required: Fields, optional: Fields = {}): Shape {
  return object(required, { ...optional, type: anything });
}

/** A web address or a data URL. */
export const url: Shape = both(string(), (value, path) => {
  if (/^(https?:\/\/|data:)/i.test(String(value))) return;
  throw invalidRequest(
    `Invalid '${path}'. Expected a valid URL, but got a value with an invalid format.`,
    path,
    'invalid_value',
  );
});
