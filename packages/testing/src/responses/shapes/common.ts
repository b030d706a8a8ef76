import { outOfLimits } from '../../shape/shape-errors.js';
import { both, nullable, object, oneOf, type Shape, string } from '../../shape/shape.js';

export const callId: Shape = string({ min: 1, max: 64 });
export const optionalId: Shape = nullable(string({ max: 64 }));
export const itemStatus: Shape = oneOf('in_progress', 'completed', 'incomplete');
export const localSkill: Shape = object({ name: string(), description: string(), path: string() });
export const namespaceName: Shape = string({ min: 1, max: 64, pattern: /^[a-zA-Z0-9_-]+$/ });

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
