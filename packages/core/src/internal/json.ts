/** The value as JSON text; what JSON cannot say becomes a string. Never throws. */
export function toJsonText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

/** The value as JSON text; big integers become text, and what refers to itself is left out. */
export function toStorableText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(value, withoutUnstorable());
  }
}

/** A replacer of JSON.stringify, which calls it with the object that holds the value as `this`. */
function withoutUnstorable(): (this: unknown, key: string, value: unknown) => unknown {
  const around: unknown[] = [];
  return function replace(this: unknown, _key, value): unknown {
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    while (around.length > 0 && around.at(-1) !== this) around.pop();
    if (around.includes(value)) return undefined;
    around.push(value);
    return value;
  };
}

/** Whether two values are the same as JSON; the order of keys does not count. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((each, index) => isSameJson(each, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return a === b;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSameJson(a[key], b[key]));
}

/** Whether a value is an object that is not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
