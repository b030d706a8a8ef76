/** The value of an attribute, of those that OpenTelemetry has. */
export type AttributeValue = string | number | boolean | readonly string[];

/** What a span tells, by the names of the conventions. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** The attributes that have a value. */
export function withoutUndefined(
  attributes: Readonly<Record<string, AttributeValue | undefined>>,
): Record<string, AttributeValue> {
  const defined: Record<string, AttributeValue> = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) defined[key] = value;
  }
  return defined;
}

/** Any value as an attribute: what OpenTelemetry has as it is, everything else as JSON; nothing for nothing. */
export function toAttributeValue(value: unknown): AttributeValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return isStrings(value) ? value : toJson(value);
}

/** JSON text of a value that may be anything; what JSON cannot say is told as text. */
export function toJson(value: unknown): string {
  try {
    // `stringify` gives undefined for functions and symbols, which its type does not say.
    const json: string | undefined = JSON.stringify(value);
    return json ?? String(value);
  } catch {
    return '[not serializable]';
  }
}

/** What JSON text says; text that is no JSON says itself. */
export function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The value as a record, where it is one. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  // An object that is no array has string keys.
  return value as Readonly<Record<string, unknown>>;
}

/** The first value that is a string. */
export function firstString(...values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === 'string');
}

/** The first value that is a finite number. */
export function firstNumber(...values: readonly unknown[]): number | undefined {
  return values.find(
    (value): value is number => typeof value === 'number' && Number.isFinite(value),
  );
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}
