/** A value as a person would jot it down: `seat 14C, free 5A 7D`. */
export function compact(value: unknown): string {
  if (Array.isArray(value)) return value.map(compact).join(value.some(isObject) ? '; ' : ' ');
  if (!isObject(value)) return String(value);
  return Object.entries(value)
    .map(
      ([key, inner]) => `${words(key)} ${isObject(inner) ? `(${compact(inner)})` : compact(inner)}`,
    )
    .join(', ');
}

/** A tool call as code would make it: `change_seat(LL0EG6, 14C)`. */
export function compactCall(name: string, json: string): string {
  return `${name}(${argumentsOf(json).map(compact).join(', ')})`;
}

/** `currentSeat` as `current seat`. */
function words(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function argumentsOf(json: string): unknown[] {
  try {
    return Object.values(JSON.parse(json) as object); // what is not an object has no values
  } catch {
    return [json];
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
