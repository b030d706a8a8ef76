import { isRecord, toJsonText } from '../../internal/json.js';

/**
 * Fails at the first place where two values differ as data. A field that is `undefined` counts as left out.
 *
 * @param what What is compared, for the message.
 */
export function expectSame(came: unknown, expected: unknown, what: string): void {
  const found = findDifference(came, expected, '');
  if (found === undefined) return;
  const place = found.path === '' ? what : `${what}, at ${found.path}`;
  throw new Error(`${place}: expected ${found.expected}, came ${found.came}.`);
}

/** Fails where the condition does not hold. */
export function expectThat(holds: boolean, expected: string, came: unknown): asserts holds {
  if (!holds) throw new Error(`Expected ${expected}, came ${show(came)}.`);
}

/** A value in the message of an error. */
export function show(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  const text = typeof value === 'string' ? JSON.stringify(value) : toJsonText(value);
  return text.length > MOST ? `${text.slice(0, MOST)}… (${text.length} characters)` : text;
}

const MOST = 300;

interface Difference {
  readonly path: string;
  readonly expected: string;
  readonly came: string;
}

function findDifference(came: unknown, expected: unknown, path: string): Difference | undefined {
  if (Object.is(came, expected)) return undefined;
  if (isList(came) && isList(expected)) {
    if (came.length !== expected.length) {
      return {
        path,
        expected: `${expected.length} entries ${show(expected)}`,
        came: `${came.length} entries ${show(came)}`,
      };
    }
    return firstOf(came.keys(), (index) =>
      findDifference(came[index], expected[index], `${path}[${index}]`),
    );
  }
  if (isRecord(came) && isRecord(expected)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(came)]);
    return firstOf(keys, (key) =>
      findDifference(came[key], expected[key], path === '' ? key : `${path}.${key}`),
    );
  }
  const texts = { expected: show(expected), came: show(came) };
  if (texts.expected !== texts.came) return { path, ...texts };
  return {
    path,
    expected: `${kindOf(expected)} ${texts.expected}`,
    came: `${kindOf(came)} ${texts.came}`,
  };
}

/** What tells values apart that look the same as text. */
function kindOf(value: unknown): string {
  return Object.prototype.toString.call(value);
}

function firstOf<T, R>(values: Iterable<T>, find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
