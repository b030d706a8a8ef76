/** A JSON object whose fields are not known in advance. */
export interface JsonObject {
  readonly [field: string]: unknown;
}

/** Narrows a parsed JSON value to an object (arrays are not objects here). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a field that should be a string; anything else is `undefined`. */
export function stringField(object: JsonObject, field: string): string | undefined {
  const value = object[field];
  return typeof value === 'string' ? value : undefined;
}

/** Parses JSON; `undefined` for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
