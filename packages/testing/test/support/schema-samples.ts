import type { OpenAISchema, Schema } from './openai-schema.js';

/** A value changed in one place, and what was done to it. */
export interface Mutation {
  readonly what: string;
  readonly value: unknown;
}

type Json = Readonly<Record<string, unknown>>;

/** Values that together use every field and every branch of a schema, and one with only what is required. */
export function samples(openai: OpenAISchema, schema: Schema, field = ''): readonly unknown[] {
  const node = resolve(openai, schema);
  const branches = (node['anyOf'] ?? node['oneOf']) as Schema[] | undefined;
  if (branches !== undefined) return branches.flatMap((branch) => samples(openai, branch, field));
  if (node['$recursiveRef'] !== undefined) return [];
  if (node['enum'] !== undefined) return node['enum'] as unknown[];
  switch (node['type']) {
    case 'null':
      return [null];
    case 'boolean':
      return [true];
    case 'integer':
    case 'number':
      return [node['minimum'] ?? 1];
    case 'array':
      return arraySamples(openai, node, field);
    case 'object':
      return objectSamples(openai, node);
    default:
      return node['allOf'] === undefined
        ? [stringSample(node, field)]
        : objectSamples(openai, node);
  }
}

/** The value with one field gone, one unknown field added, or one scalar of another type, everywhere inside it. */
export function* mutations(value: unknown, path = ''): Iterable<Mutation> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const { what, value: changed } of mutations(item, `${path}[${index}]`))
        yield { what, value: value.with(index, changed) };
    }
  } else if (typeof value === 'object' && value !== null) {
    const object = value as Json;
    yield { what: `${path} with an unknown field`, value: { ...object, unknown_field: 1 } };
    for (const [name, field] of Object.entries(object)) {
      yield { what: `${path} without ${name}`, value: without(object, name) };
      for (const { what, value: changed } of mutations(field, `${path}.${name}`))
        yield { what, value: { ...object, [name]: changed } };
    }
  } else {
    yield { what: `${path} of another type`, value: typeof value === 'string' ? 1.5 : 'text' };
  }
}

function arraySamples(openai: OpenAISchema, node: Schema, field: string): readonly unknown[] {
  const items = samples(openai, (node['items'] ?? {}) as Schema, field);
  return items.length === 0 ? [[]] : items.map((item) => [item]);
}

function objectSamples(openai: OpenAISchema, node: Schema): readonly unknown[] {
  const shape = objectShape(openai, node);
  if (shape === undefined) return [{ any: 'thing' }];
  const options = Object.entries(shape.properties).map(
    ([name, property]) => [name, samples(openai, property, name)] as const,
  );
  const full = Object.fromEntries(
    options.filter(([, values]) => values.length > 0).map(([name, values]) => [name, values[0]]),
  );
  const least = Object.fromEntries(
    Object.entries(full).filter(([name]) => shape.required.includes(name)),
  );
  const others = options.flatMap(([name, values]) =>
    values.slice(1).map((value) => ({ ...least, [name]: value })),
  );
  return [full, least, ...others];
}

/** The fields of an object, with everything that `allOf` adds; nothing for one with free names. */
function objectShape(
  openai: OpenAISchema,
  node: Schema,
): { properties: Record<string, Schema>; required: string[] } | undefined {
  const parts = [node, ...((node['allOf'] ?? []) as Schema[]).map((part) => resolve(openai, part))];
  const inner = parts.slice(1).map((part) => objectShape(openai, part));
  const properties = Object.assign(
    {},
    ...inner.map((part) => part?.properties),
    node['properties'],
  ) as Record<string, Schema>;
  const required = [
    ...inner.flatMap((part) => part?.required ?? []),
    ...((node['required'] ?? []) as string[]),
  ];
  if (Object.keys(properties).length > 0) return { properties, required };
  return undefined;
}

function stringSample(node: Schema, field: string): string {
  if (node['format'] === 'uri' || field === 'url') return 'https://example.com/x';
  if (String(node['pattern']).startsWith('^tunnel')) return `tunnel_${'a'.repeat(32)}`;
  return 'x';
}

function resolve(openai: OpenAISchema, schema: Schema): Schema {
  const ref = schema['$ref'];
  return typeof ref === 'string'
    ? resolve(openai, openai.component(ref.split('/').at(-1) ?? ''))
    : schema;
}

function without(object: Json, name: string): Json {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}
