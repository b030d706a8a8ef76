import { invalidRequest } from '../../http/api-error.js';
import { outOfLimits } from '../../shape/shape-errors.js';
import {
  anything,
  both,
  type Fields,
  nullable,
  object,
  oneOf,
  type Shape,
  string,
} from '../../shape/shape.js';

/** The longest text OpenAI takes in one field. */
const LONGEST_TEXT = 10_485_760;

export const longText: Shape = string({ max: LONGEST_TEXT });
export const callId: Shape = string({ min: 1, max: 64 });
export const optionalId: Shape = nullable(string({ max: 64 }));
export const itemStatus: Shape = oneOf('in_progress', 'completed', 'incomplete');
export const localSkill: Shape = object({ name: string(), description: string(), path: string() });
export const namespaceName: Shape = string({ min: 1, max: 64, pattern: /^[a-zA-Z0-9_-]+$/ });

/** A shape for {@link tagged}, which has already looked at `type`. */
export function variant(required: Fields, optional: Fields = {}): Shape {
  return object(required, { ...optional, type: anything });
}

/** The id of an item; OpenAI refuses one that begins like that of another type. */
export function itemId(prefix: string): Shape {
  return both(string({ max: 64 }), (value, path) => {
    if (String(value).startsWith(prefix)) return;
    throw outOfLimits(
      path,
      `'${String(value)}'. Expected an ID that begins with '${prefix}'.`,
      'invalid_value',
    );
  });
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
