import { isObject, type JsonObject } from '../json.js';
import {
  invalidType,
  invalidValue,
  missingParameter,
  outOfLimits,
  unknownParameter,
} from './shape-errors.js';

/** Checks a JSON value; throws what OpenAI answers when it is wrong. `path` is where the value sits in the body. */
export type Shape = (value: unknown, path: string) => void;

/** A shape per field. */
export type Fields = Readonly<Record<string, Shape>>;

interface StringLimits {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** Anything, `null` included. */
export const anything: Shape = () => {};

export const boolean: Shape = (value, path) => {
  if (typeof value !== 'boolean') throw invalidType(path, 'a boolean', value);
};

/** An object with any fields. */
export const anyObject: Shape = (value, path) => {
  if (!isObject(value)) throw invalidType(path, 'an object', value);
};

export function string(limits: StringLimits = {}): Shape {
  const { min = 0, max = Infinity, pattern } = limits;
  return (value, path) => {
    if (typeof value !== 'string') throw invalidType(path, 'a string', value);
    if (value.length < min) {
      const problem = `empty string. Expected a string with minimum length ${min}, but got an empty string instead.`;
      throw outOfLimits(path, problem, 'empty_string');
    }
    if (value.length > max) {
      const expected = `Expected a string with maximum length ${max}, but got a string with length ${value.length} instead.`;
      throw outOfLimits(path, `string too long. ${expected}`, 'string_above_max_length');
    }
    if (pattern !== undefined && !pattern.test(value)) {
      const expected = `Expected a string that matches the pattern '${pattern.source}'.`;
      throw outOfLimits(path, `string does not match pattern. ${expected}`, 'invalid_value');
    }
  };
}

export function number(range: Range = {}): Shape {
  return (value, path) => {
    if (typeof value !== 'number') throw invalidType(path, 'a number', value);
    checkRange({ value, kind: 'decimal', range }, path);
  };
}

export function integer(range: Range = {}): Shape {
  return (value, path) => {
    if (typeof value !== 'number' || !Number.isInteger(value))
      throw invalidType(path, 'an integer', value);
    checkRange({ value, kind: 'integer', range }, path);
  };
}

/** One of these strings. */
export function oneOf(...values: readonly string[]): Shape {
  return (value, path) => {
    if (typeof value !== 'string') throw invalidType(path, 'a string', value);
    if (!values.includes(value)) throw invalidValue(path, value, values);
  };
}

export function nullable(shape: Shape): Shape {
  return (value, path) => {
    if (value !== null) shape(value, path);
  };
}

/** An object with exactly these fields. */
export function object(required: Fields, optional: Fields = {}): Shape {
  const fields: Fields = { ...required, ...optional };
  return (value, path) => {
    if (!isObject(value)) throw invalidType(path, 'an object', value);
    for (const name of Object.keys(required)) {
      if (value[name] === undefined) throw missingParameter(at(path, name));
    }
    for (const [name, field] of Object.entries(value)) {
      if (!Object.hasOwn(fields, name)) throw unknownParameter(at(path, name));
      fields[name]?.(field, at(path, name));
    }
  };
}

/** An object with free names and one shape for all values. */
export function record(values: Shape, limits: { readonly max?: number } = {}): Shape {
  const { max = Infinity } = limits;
  return (value, path) => {
    if (!isObject(value)) throw invalidType(path, 'an object', value);
    const entries = Object.entries(value);
    if (entries.length > max) {
      const expected = `Expected an object with at most ${max} properties, but got ${entries.length} properties instead.`;
      throw outOfLimits(path, `too many properties. ${expected}`, 'object_above_max_properties');
    }
    for (const [name, entry] of entries) values(entry, at(path, name));
  };
}

export function list(items: Shape, limits: Range = {}): Shape {
  const { min = 0, max = Infinity } = limits;
  return (value, path) => {
    if (!Array.isArray(value)) throw invalidType(path, 'an array', value);
    if (value.length < min) {
      const problem = `empty array. Expected an array with minimum length ${min}, but got an empty array instead.`;
      throw outOfLimits(path, problem, 'empty_array');
    }
    if (value.length > max) {
      const expected = `Expected an array with maximum length ${max}, but got an array with length ${value.length} instead.`;
      throw outOfLimits(path, `array too long. ${expected}`, 'array_above_max_length');
    }
    for (const [index, item] of value.entries()) items(item, `${path}[${index}]`);
  };
}

/** Text, or a list of parts. */
export function textOr(items: Shape, limits: Range = {}): Shape {
  const parts = list(items, limits);
  return (value, path) => {
    if (typeof value === 'string') return;
    if (!Array.isArray(value))
      throw invalidType(path, 'one of an array of objects or string', value);
    parts(value, path);
  };
}

/** A string, or an object of this shape. */
export function nameOr(shape: Shape, name: Shape = string()): Shape {
  return (value, path) => (typeof value === 'string' ? name(value, path) : shape(value, path));
}

/** An object whose `type` says which of the shapes it has; `fallback` is for one without a `type`. */
export function tagged(
  variants: Fields,
  fallback?: (value: JsonObject) => Shape | undefined,
): Shape {
  return taggedBy('type', variants, fallback);
}

/** An object of which one field says which of the shapes it has. */
export function taggedBy(
  field: string,
  variants: Fields,
  fallback?: (value: JsonObject) => Shape | undefined,
): Shape {
  return (value, path) => {
    if (!isObject(value)) throw invalidType(path, 'an object', value);
    const tag = value[field];
    const shape = tag === undefined || tag === null ? fallback?.(value) : variants[String(tag)];
    if (shape !== undefined) return shape(value, path);
    if (tag === undefined || tag === null) throw missingParameter(at(path, field));
    if (typeof tag !== 'string') throw invalidType(at(path, field), 'a string', tag);
    throw invalidValue(path, tag, Object.keys(variants).toSorted());
  };
}

/** Says a second thing about a value that has its shape. */
export function both(first: Shape, second: Shape): Shape {
  return (value, path) => {
    first(value, path);
    second(value, path);
  };
}

/** The path of a field. */
export function at(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

function checkRange(
  { value, kind, range }: { value: number; kind: 'decimal' | 'integer'; range: Range },
  path: string,
): void {
  const { min = -Infinity, max = Infinity } = range;
  if (value < min) {
    const expected = `Expected a value >= ${min}, but got ${value} instead.`;
    throw outOfLimits(path, `${kind} below minimum value. ${expected}`, `${kind}_below_min_value`);
  }
  if (value > max) {
    const expected = `Expected a value <= ${max}, but got ${value} instead.`;
    throw outOfLimits(path, `${kind} above maximum value. ${expected}`, `${kind}_above_max_value`);
  }
}
