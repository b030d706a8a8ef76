/** The value as JSON text, without what JSON cannot say; where nothing is left, as a string. Never throws. */
export function toJsonText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? toText(value);
  } catch {
    const plain = toPlain(value);
    return typeof plain === 'string' ? plain : (JSON.stringify(plain) ?? toText(value));
  }
}

/** The value as a string, also where it has none. Never throws. */
export function toText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '(a value without a text)';
  }
}

/** The value as JSON text; big integers become text, and what refers to itself or throws is left out. */
export function toStorableText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(toPlain(value));
  }
}

/** What JSON can say of a value; `around` are the objects it stands in. */
function toPlain(value: unknown, around: readonly object[] = []): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (around.includes(value)) return undefined;
  const inside = [...around, value];
  try {
    if ('toJSON' in value && typeof value.toJSON === 'function') return toPlain(value.toJSON(), inside);
    if (Array.isArray(value)) return value.map((each) => toPlain(each, inside));
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toPlain(each, inside)]));
  } catch {
    return undefined;
  }
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
