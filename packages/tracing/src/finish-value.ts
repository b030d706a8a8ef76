import { REDACTED } from './redaction.js';
import type { Redactor } from './redaction.js';

/** How much of what a run works with goes into a trace. */
export interface TracingLimits {
  /**
   * Most characters of one field of a span, such as its input, all texts in it together. Default 100,000; what is
   * beyond is left out and said to be.
   */
  readonly fieldLength?: number | undefined;
  /** Most entries of one list. Default 1,000. */
  readonly listLength?: number | undefined;
  /** Most objects inside each other. Default 20. */
  readonly depth?: number | undefined;
}

/** What is allowed in one field. */
export interface FinishOptions {
  readonly redactor: Redactor;
  readonly limits?: TracingLimits | undefined;
}

export const DEFAULT_LIMITS: Required<{ [Key in keyof TracingLimits]-?: number }> = {
  fieldLength: 100_000,
  listLength: 1_000,
  depth: 20,
};

/**
 * A copy of the value that may leave: plain JSON data, without keys and credentials, cut where it is too long. Never
 * throws, whatever the value does.
 */
export function finishValue(value: unknown, { redactor, limits = {} }: FinishOptions): unknown {
  const walk: Walk = {
    redactor,
    left: limits.fieldLength ?? DEFAULT_LIMITS.fieldLength,
    listLength: limits.listLength ?? DEFAULT_LIMITS.listLength,
    depth: limits.depth ?? DEFAULT_LIMITS.depth,
    around: [],
  };
  return copy(value, walk, false);
}

interface Walk {
  readonly redactor: Redactor;
  /** Characters that still fit. */
  left: number;
  readonly listLength: number;
  readonly depth: number;
  readonly around: object[];
}

function copy(value: unknown, walk: Walk, secret: boolean): unknown {
  switch (typeof value) {
    case 'string':
      return secret && value !== '' ? REDACTED : cleanText(value, walk);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return String(value);
    case 'object':
      return value === null ? null : copyObject(value, walk, secret);
    default:
      return undefined; // functions, symbols and undefined have no place in JSON
  }
}

/** Redacted, and cut in the middle where it is too long, as its end says as much as its beginning. */
function cleanText(text: string, walk: Walk): string {
  const { redactor } = walk;
  const room = walk.left;
  if (text.length <= room + 2 * MARGIN) {
    const clean = redactor.text(text);
    walk.left = Math.max(0, room - clean.length);
    return clean.length <= room ? clean : cut(clean, clean, { room, length: text.length });
  }
  walk.left = 0;
  // What is left out need not be searched, beside what a key at the cut might reach into.
  const head = redactor.text(text.slice(0, room + MARGIN));
  return cut(head, redactor.text(text.slice(-room - MARGIN)), { room, length: text.length });
}

/** More than any key is long. */
const MARGIN = 4_096;

function cut(start: string, end: string, { room, length }: { readonly room: number; readonly length: number }): string {
  const head = Math.ceil(room * 0.75);
  const mark = `[… ${length - room} of ${length} characters left out …]`;
  return `${whole(start.slice(0, head), 'end')}${mark}${room > head ? whole(end.slice(head - room), 'start') : ''}`;
}

/** No half of a pair of surrogates is left at the cut. */
function whole(text: string, cutAt: 'start' | 'end'): string {
  const code = text.charCodeAt(cutAt === 'end' ? text.length - 1 : 0);
  if (cutAt === 'end') return code >= 0xd800 && code < 0xdc00 ? text.slice(0, -1) : text;
  return code >= 0xdc00 && code < 0xe000 ? text.slice(1) : text;
}

function copyObject(value: object, walk: Walk, secret: boolean): unknown {
  if (walk.around.includes(value)) return '[circular]';
  if (walk.around.length >= walk.depth) return '[too deep]';
  if (walk.left <= 0) return '[left out]';
  walk.around.push(value);
  try {
    return copyInside(value, walk, secret);
  } catch {
    return '[unreadable]';
  } finally {
    walk.around.pop();
  }
}

function copyInside(value: object, walk: Walk, secret: boolean): unknown {
  if (Array.isArray(value)) return copyList(value, walk, secret);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return copyEntries(Object.fromEntries(value), walk, secret);
  if (value instanceof Set) return copyList([...value], walk, secret);
  if (value instanceof Error) return copyEntries({ name: value.name, message: value.message }, walk, secret);
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    const plain: unknown = value.toJSON();
    // Whatever gives itself is read as it is.
    return plain === value ? copyEntries(value, walk, secret) : copy(plain, walk, secret);
  }
  return copyEntries(value, walk, secret);
}

function copyList(list: readonly unknown[], walk: Walk, secret: boolean): unknown[] {
  const copied: unknown[] = [];
  for (const each of list) {
    if (copied.length >= walk.listLength || walk.left <= 0) {
      copied.push(`[… ${list.length - copied.length} more of ${list.length} left out]`);
      break;
    }
    copied.push(copy(each, walk, secret) ?? null);
  }
  return copied;
}

function copyEntries(value: object, walk: Walk, secret: boolean): Record<string, unknown> {
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    walk.left -= key.length;
    if (walk.left <= 0) {
      copied['[…]'] = 'more fields left out';
      break;
    }
    const field = readField(value, key);
    const inside = secret || walk.redactor.isSecretName(key) || (HEADERS.test(key) && !Array.isArray(field));
    const copiedValue = copy(field, walk, inside);
    if (copiedValue !== undefined) copied[walk.redactor.text(key)] = copiedValue;
  }
  return copied;
}

/** What headers hold is nobody's business. */
const HEADERS = /headers?$/i;

function readField(value: object, key: string): unknown {
  try {
    // A getter of the app may throw.
    return Reflect.get(value, key);
  } catch {
    return '[unreadable]';
  }
}
