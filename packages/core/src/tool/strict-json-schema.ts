import { UserError } from '../error/index.js';
import { isRecord } from '../internal/json.js';
import type { JsonSchema } from '../model/index.js';

/** A schema in OpenAI's strict form, and whether nulls were allowed that the original does not know. */
export interface StrictJsonSchema {
  readonly schema: JsonSchema;
  readonly addsNulls: boolean;
}

interface Work {
  /** What the schema is for, e.g. `tool "get_weather"`; begins every message. */
  readonly what: string;
  readonly root: JsonSchema;
  addsNulls: boolean;
  /** Schemas looked at so far: references that are written out can multiply. */
  size: number;
}

const MAX_DEPTH = 64;
const MAX_SIZE = 10_000;

/**
 * Rewrites a JSON Schema into OpenAI's strict form: every object closed, every property required, an
 * optional one nullable instead, `oneOf` as `anyOf`, references that are narrowed written out. The original
 * is not changed. Source of the rules: OpenAI's guide "Structured model outputs", "Supported schemas".
 *
 * @throws UserError naming the place, where strictness would lose something: open objects, records,
 * tuples, values of any type, conditions.
 */
export function toStrictJsonSchema(schema: JsonSchema, what: string): StrictJsonSchema {
  const work: Work = { what, root: schema, addsNulls: false, size: 0 };
  return { schema: strictNode(work, schema, []), addsNulls: work.addsNulls };
}

type Path = readonly string[];

function strictNode(work: Work, input: unknown, path: Path): JsonSchema {
  if (path.length > MAX_DEPTH) throw refuse(work, path, 'is nested too deeply');
  if (++work.size > MAX_SIZE) throw refuse(work, path, 'is too large with its references written out');
  if (!isRecord(input)) throw refuse(work, path, 'accepts anything');
  const node = inlineReference(work, input, path);
  const refused = REFUSED.find((keyword) => keyword in node);
  if (refused !== undefined) throw refuse(work, path, `uses "${refused}", which strict schemas do not know`);
  const output: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(node)) {
    if (!DROPPED.has(keyword)) output[keyword] = value;
  }
  // Regular expressions of format checks are dialect-bound; the format says the same.
  if (output['format'] !== undefined) delete output['pattern'];
  if (!FORMATS.has(output['format'])) delete output['format'];
  const type = output['type'] ?? typeOfValues(output);
  if (type !== undefined) output['type'] = type;

  const branches = [...listOf(node['anyOf']), ...listOf(node['oneOf'])];
  delete output['oneOf'];
  if (branches.length > 0) {
    output['anyOf'] = branches.map((branch, i) =>
      strictNode(work, branch, [...path, 'anyOf', String(i)]),
    );
  }
  for (const keyword of ['$defs', 'definitions']) {
    const definitions = node[keyword];
    if (isRecord(definitions)) {
      output[keyword] = mapValues(definitions, (definition, name) =>
        strictNode(work, definition, [...path, keyword, name]),
      );
    }
  }
  if (hasType(node, 'object') || isRecord(node['properties'])) strictObject(work, output, { node, path });
  if (hasType(node, 'array')) strictArray(work, output, { node, path });
  if (!KNOWN_BY.some((keyword) => keyword in output)) throw refuse(work, path, 'accepts anything');
  return output;
}

interface Place {
  readonly node: JsonSchema;
  readonly path: Path;
}

function strictObject(work: Work, output: Record<string, unknown>, { node, path }: Place): void {
  const open = node['additionalProperties'];
  if (open !== undefined && open !== false) {
    throw refuse(work, path, 'has properties with names that are not known beforehand (a record or an open object)');
  }
  if (node['patternProperties'] !== undefined || node['propertyNames'] !== undefined) {
    throw refuse(work, path, 'has properties with names that are not known beforehand');
  }
  const properties = isRecord(node['properties']) ? node['properties'] : {};
  const required = new Set(listOf(node['required']));
  output['type'] ??= 'object';
  output['properties'] = mapValues(properties, (property, name) => {
    const strict = strictNode(work, property, [...path, 'properties', name]);
    const optional = !required.has(name) || (isRecord(property) && 'default' in property);
    if (!optional || acceptsNull(strict)) return strict;
    work.addsNulls = true;
    return nullable(strict);
  });
  output['required'] = Object.keys(properties);
  output['additionalProperties'] = false;
}

function strictArray(work: Work, output: Record<string, unknown>, { node, path }: Place): void {
  if (node['prefixItems'] !== undefined || Array.isArray(node['items'])) {
    throw refuse(work, path, 'is a tuple');
  }
  output['items'] = strictNode(work, node['items'], [...path, 'items']);
}

/** A reference beside other keywords, and an `allOf`, are replaced by what they say together. */
function inlineReference(work: Work, input: JsonSchema, path: Path): JsonSchema {
  let node = input;
  for (let steps = 0; steps < MAX_DEPTH; steps++) {
    const { $ref: reference, allOf, ...siblings } = node;
    const parts = listOf(allOf);
    const described = Object.keys(siblings).every((key) => DESCRIBES.has(key) || DROPPED.has(key));
    if (typeof reference === 'string' && parts.length === 0 && described) {
      resolveReference(work, reference, path); // refuses one that leads nowhere
      // A reference stands alone; what describes it goes around it.
      return Object.keys(siblings).some((key) => DESCRIBES.has(key))
        ? { ...siblings, anyOf: [{ $ref: reference }] }
        : node;
    }
    if (typeof reference === 'string' && Object.keys(siblings).some((key) => !DROPPED.has(key))) {
      node = { ...resolveReference(work, reference, path), ...siblings };
    } else if (parts.length > 0) {
      node = mergeAll(work, [...parts, siblings], path);
    } else {
      return node;
    }
  }
  throw refuse(work, path, 'refers to itself without end');
}

function resolveReference(work: Work, reference: string, path: Path): JsonSchema {
  if (!reference.startsWith('#')) throw refuse(work, path, `has a reference outside itself (${reference})`);
  let target: unknown = work.root;
  for (const step of reference.slice(1).split('/').filter((each) => each !== '')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    target = isRecord(target) ? target[key] : undefined;
  }
  if (!isRecord(target)) throw refuse(work, path, `has a reference to nothing (${reference})`);
  return target;
}

function mergeAll(work: Work, parts: readonly unknown[], path: Path): JsonSchema {
  const merged: Record<string, unknown> = {};
  for (const part of parts) {
    if (!isRecord(part)) throw refuse(work, path, 'accepts anything');
    const whole =
      typeof part['$ref'] === 'string' ? resolveReference(work, part['$ref'], path) : part;
    for (const [keyword, value] of Object.entries(whole)) {
      const own = merged[keyword];
      if (keyword === '$ref') continue;
      if (keyword === 'properties' && isRecord(own) && isRecord(value)) {
        merged[keyword] = { ...own, ...value };
      } else if (keyword === 'required') {
        merged[keyword] = [...new Set([...listOf(own), ...listOf(value)])];
      } else {
        merged[keyword] = value;
      }
    }
  }
  return merged;
}

function nullable(schema: JsonSchema): JsonSchema {
  const branches = schema['anyOf'];
  if (Array.isArray(branches)) return { ...schema, anyOf: [...branches, { type: 'null' }] };
  const { type } = schema;
  const plain = !('const' in schema) && !('enum' in schema) && !('$ref' in schema);
  if (plain && typeof type === 'string') return { ...schema, type: [type, 'null'] };
  const { description, ...rest } = schema;
  return {
    ...(description !== undefined && { description }),
    anyOf: [rest, { type: 'null' }],
  };
}

/** Whether a schema lets null through as far as one can see without following references. */
export function acceptsNull(schema: unknown): boolean {
  if (!isRecord(schema)) return schema === true;
  if (hasType(schema, 'null')) return true;
  if ('const' in schema) return schema['const'] === null;
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(null);
  return [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].some(acceptsNull);
}

/** Strict schemas name a type also where the values do. */
function typeOfValues(schema: JsonSchema): string | readonly string[] | undefined {
  const values = 'const' in schema ? [schema['const']] : listOf(schema['enum']);
  const types = new Set(values.map((value) => (value === null ? 'null' : typeof value)));
  if (types.size === 0 || types.has('object')) return undefined;
  const [only] = types;
  return types.size === 1 ? only : [...types];
}

function hasType(schema: JsonSchema, type: string): boolean {
  const own = schema['type'];
  return own === type || (Array.isArray(own) && own.includes(type));
}

const DROPPED: ReadonlySet<string> = new Set(['$schema', '$id', 'default', '~standard']);

/** Keywords that say something to the reader, not about the value. */
const DESCRIBES: ReadonlySet<string> = new Set(['title', 'description', 'examples', 'deprecated', '$comment']);

const REFUSED: readonly string[] = [
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'minProperties',
  'maxProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'contains',
  'minContains',
  'maxContains',
  'uniqueItems',
];

/** The formats that strict schemas know; others are left to the check of what comes back. */
const FORMATS: ReadonlySet<unknown> = new Set([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uuid',
]);

const KNOWN_BY: readonly string[] = ['type', 'anyOf', '$ref', 'enum', 'const'];

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function mapValues(
  record: Readonly<Record<string, unknown>>,
  map: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}

function refuse(work: Work, path: Path, problem: string): UserError {
  const place = path.length > 0 ? path.join('.') : 'its root';
  return new UserError(
    `The schema of ${work.what} cannot be strict: ${place} ${problem}. ` +
      'Describe it with named properties (a list of key and value pairs instead of a record), or set strict: false.',
  );
}
