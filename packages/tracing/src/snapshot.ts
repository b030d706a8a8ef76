import type { SpanData } from '@baton/core';

/**
 * What the app has told of its own span as it is now, whatever becomes of its lists and objects until the span is sent. Texts
 * are shared, so that it takes little time; redaction comes later.
 */
export function snapshot<TData extends SpanData>(data: TData): TData {
  // Objects stay what they are.
  return copyOf(data, { left: MAX_VALUES, depth: 0, copies: new Map() }) as TData;
}

/** As much as could be shown at most, by the default limits. */
const MAX_VALUES = 20_000;
const MAX_DEPTH = 20;

interface Walk {
  left: number;
  depth: number;
  /** What has been copied: an object may be in several places, or in itself. */
  readonly copies: Map<object, unknown>;
}

function copyOf(value: unknown, walk: Walk): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = walk.copies.get(value);
  if (known !== undefined) return known;
  if (walk.depth > MAX_DEPTH || --walk.left < 0) return value;
  walk.depth++;
  try {
    if (Array.isArray(value)) return copyList(value, walk);
    return isPlain(value) ? copyEntries(value, walk) : value;
  } catch {
    walk.copies.set(value, value);
    return value; // it is said to be unreadable when it is finished
  } finally {
    walk.depth--;
  }
}

function copyList(list: readonly unknown[], walk: Walk): unknown[] {
  const copied: unknown[] = [];
  walk.copies.set(list, copied);
  for (const each of list) copied.push(copyOf(each, walk));
  return copied;
}

function copyEntries(value: object, walk: Walk): object {
  const copied: Record<string, unknown> = {};
  walk.copies.set(value, copied);
  for (const [key, field] of Object.entries(value)) copied[key] = copyOf(field, walk);
  return copied;
}

/** Objects of classes may do more than hold data. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return !('toJSON' in value);
}
