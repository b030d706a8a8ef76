import { existsSync, readFileSync } from 'node:fs';
import { type ErrorObject, Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { withChatExtensions } from './chat-extensions.js';

/** OpenAI's own description of its API, made strict enough to catch a typo in what we send. */
export interface OpenAISchema {
  /** What is wrong with a value that a client sends, such as `CreateResponse`; empty when nothing is. */
  requestProblems(schema: string, value: unknown): readonly string[];
  /** What is wrong with a value that the server sends, such as `Response` or `ResponseStreamEvent`. */
  answerProblems(schema: string, value: unknown): readonly string[];
  /** A component schema as it stands in the file. */
  component(name: string): Schema;
}

export interface Schema {
  readonly [keyword: string]: unknown;
}

const FILE = new URL('../../../../../shared/data/openai-openapi.subset.json', import.meta.url);

/** Loads the schema that lies beside the checkout; without it, says so and returns `undefined` so that tests can skip. */
export function loadOpenAISchema(): OpenAISchema | undefined {
  if (!existsSync(FILE)) {
    console.warn(
      "Skipping the checks against OpenAI's schema: ../shared/data/openai-openapi.subset.json is not there.",
    );
    return undefined;
  }
  const file = JSON.parse(readFileSync(FILE, 'utf8')) as { components: { schemas: Components } };
  const components = withoutUndescribedRequired(file.components.schemas);
  // Clients may leave out what the schema over-strictly requires; our server may not.
  const requests = lazyValidator(() => withLocalShellCallId(withoutOverStrictRequired(components)));
  const answers = lazyValidator(() => withChatExtensions(withNullableResponseFields(components)));
  return {
    requestProblems: (schema, value) => requests()(schema, value),
    answerProblems: (schema, value) => answers()(schema, value),
    component: (name) => components[name] ?? {},
  };
}

type Components = Readonly<Record<string, Schema>>;
type Validator = (schema: string, value: unknown) => readonly string[];

function lazyValidator(components: () => Components): () => Validator {
  let validator: Validator | undefined;
  return () => (validator ??= compile(components()));
}

function compile(components: Components): Validator {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    code: { optimize: false }, // compiling costs more here than validating
    formats: { unixtime: true, binary: true, float: true },
  });
  formats.default(ajv);
  const normal = Object.fromEntries(
    Object.entries(components).map(([name, schema]) => [name, normalize(schema, components, name)]),
  );
  ajv.addSchema({ $id: 'openai', components: { schemas: normal } });
  const compiled = new Map<string, ValidateFunction>();
  return (name, value) => {
    if (components[name] === undefined)
      throw new Error(`OpenAI's schema has no component ${name}.`);
    const validate =
      compiled.get(name) ?? ajv.compile(closed({ $ref: `openai#/components/schemas/${name}` }));
    compiled.set(name, validate);
    return validate(value) ? [] : describeAll(validate.errors ?? []);
  };
}

/** Closes a schema to fields it does not know; it works through `$ref`, `allOf` and `anyOf`. */
function closed(schema: Schema): Schema {
  return { allOf: [schema], unevaluatedProperties: false };
}

function normalize(schema: unknown, components: Components, self: string): unknown {
  if (Array.isArray(schema)) return schema.map((entry) => normalize(entry, components, self));
  if (!isSchema(schema)) return schema;
  if (schema['$recursiveRef'] === '#') return { $ref: `#/components/schemas/${self}` };
  if (self === 'EmptyModelParam') return { type: 'object', additionalProperties: true }; // stands for a free JSON object
  const inner = (value: unknown): unknown => normalize(value, components, self);
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (
      keyword === 'discriminator' ||
      keyword === 'nullable' ||
      keyword.startsWith('x-') ||
      keyword === '$recursiveAnchor'
    )
      continue;
    if (keyword === 'oneOf' || keyword === 'anyOf')
      Object.assign(result, union(value as Schema[], components, inner));
    else if (keyword === 'properties')
      result[keyword] = mapValues(value as Components, (property) =>
        closeProperty(inner(property)),
      );
    else if (keyword === 'items') result[keyword] = closeProperty(inner(value));
    else if (keyword === 'enum' || keyword === 'default' || keyword === 'required')
      result[keyword] = value;
    else result[keyword] = inner(value);
  }
  if (isFreeObject(result)) result['additionalProperties'] = true;
  return schema['nullable'] === true ? { anyOf: [result, { type: 'null' }] } : result;
}

/** An object that says nothing about its fields takes any. */
function isFreeObject(schema: Schema): boolean {
  const says = ['properties', 'additionalProperties', 'allOf', 'anyOf', 'if', '$ref'];
  return schema['type'] === 'object' && !says.some((keyword) => keyword in schema);
}

/** A schema that says nothing at all takes anything. */
function closeProperty(schema: unknown): unknown {
  return isSchema(schema) && Object.keys(schema).length > 0 ? closed(schema) : schema;
}

/** Branches on `type` where all objects of a union have one, so that errors speak of the branch that was meant. */
function union(
  branches: readonly Schema[],
  components: Components,
  inner: (schema: unknown) => unknown,
): Schema {
  const flat = flatten(branches, components);
  const typed = flat.filter((branch) => typesOf(branch, components) !== undefined);
  const others = flat.filter((branch) => !typed.includes(branch));
  if (typed.length < 2 || others.some((branch) => isObjectSchema(branch, components))) {
    return { anyOf: flat.map(inner) };
  }
  const byType = new Map<string, Schema[]>();
  for (const branch of typed) {
    for (const type of typesOf(branch, components) ?? [])
      byType.set(type, [...(byType.get(type) ?? []), branch]);
  }
  const untyped = typed.filter((branch) => !requires(branch, 'type', components));
  const hasType = { required: ['type'], properties: { type: { not: { type: 'null' } } } };
  const cases = [...byType].map(([type, group]) => ({
    if: { required: ['type'], properties: { type: { const: type } } },
    then: { anyOf: group.map(inner) },
  }));
  const oneOfThem = { properties: { type: { enum: [...byType.keys()] } } };
  const known = { if: hasType, then: oneOfThem, else: anyOfOrNever(untyped.map(inner)) };
  return {
    if: { type: 'object' },
    then: { allOf: [...cases, known] },
    else: anyOfOrNever(others.map(inner)),
  };
}

function anyOfOrNever(schemas: readonly unknown[]): unknown {
  return schemas.length === 0 ? false : { anyOf: schemas };
}

function flatten(branches: readonly Schema[], components: Components): Schema[] {
  return branches.flatMap((branch) => {
    const inner = unionOf(resolve(branch, components));
    return inner === undefined ? [branch] : flatten(inner, components);
  });
}

/** The branches of a schema that is nothing but a union. */
function unionOf(schema: Schema): Schema[] | undefined {
  const keywords = Object.keys(schema).filter(
    (keyword) => !['discriminator', 'type', 'description'].includes(keyword),
  );
  const [only] = keywords;
  return keywords.length === 1 && (only === 'anyOf' || only === 'oneOf')
    ? (schema[only] as Schema[])
    : undefined;
}

function resolve(schema: Schema, components: Components): Schema {
  const ref = schema['$ref'];
  return typeof ref === 'string'
    ? resolve(components[ref.split('/').at(-1) ?? ''] ?? {}, components)
    : schema;
}

/** A schema and everything it is put together from. */
function layers(schema: Schema, components: Components): readonly Schema[] {
  const resolved = resolve(schema, components);
  const parts = (resolved['allOf'] ?? []) as Schema[];
  return [resolved, ...parts.flatMap((part) => layers(part, components))];
}

function typesOf(schema: Schema, components: Components): readonly string[] | undefined {
  for (const layer of layers(schema, components)) {
    const properties = (layer['properties'] ?? {}) as Components;
    const types = findEnum(properties['type'], components);
    if (types !== undefined) return types;
  }
  return undefined;
}

function findEnum(
  schema: Schema | undefined,
  components: Components,
): readonly string[] | undefined {
  if (schema === undefined) return undefined;
  if (schema['enum'] !== undefined) return schema['enum'] as string[];
  const branches = (schema['anyOf'] ?? schema['oneOf'] ?? []) as Schema[];
  return branches
    .map((branch) => findEnum(resolve(branch, components), components))
    .find((found) => found !== undefined);
}

function requires(schema: Schema, field: string, components: Components): boolean {
  return layers(schema, components).some((layer) =>
    ((layer['required'] ?? []) as string[]).includes(field),
  );
}

function isObjectSchema(schema: Schema, components: Components): boolean {
  return layers(schema, components).some(
    (layer) => layer['type'] === 'object' || layer['properties'] !== undefined,
  );
}

/** Fields the API takes without, whatever the schema says. */
const OVER_STRICT: Readonly<Record<string, readonly string[]>> = {
  FunctionTool: ['strict'],
  InputImageContent: ['detail'],
  OutputTextContent: ['logprobs'],
  ResponseTextDeltaEvent: ['logprobs'],
  ResponseTextDoneEvent: ['logprobs'],
  ResponseUsage: ['input_tokens_details', 'output_tokens_details'],
  ResponseFunctionCallArgumentsDoneEvent: ['name'],
  ChatCompletionResponseMessage: ['refusal'],
};

function withoutOverStrictRequired(components: Components): Components {
  return mapValues(components, (schema, name) => {
    const fields = OVER_STRICT[name];
    if (fields === undefined) return schema;
    return {
      ...schema,
      required: ((schema['required'] ?? []) as string[]).filter((field) => !fields.includes(field)),
    };
  });
}

/** Some schemas require a field that they do not describe, and that the API does not have. */
function withoutUndescribedRequired(components: Components): Components {
  return mapValues(components, (schema) => {
    const { properties, required } = schema;
    if (!isSchema(properties) || !Array.isArray(required)) return schema;
    return { ...schema, required: required.filter((name: string) => name in properties) };
  });
}

/** It is required but not described; the API takes it in place of the id. */
function withLocalShellCallId(components: Components): Components {
  const schema = components['LocalShellToolCallOutput'] ?? {};
  const properties = { ...(schema['properties'] as Components), call_id: { type: 'string' } };
  const required = ((schema['required'] ?? []) as string[]).filter(
    (name) => name !== 'id' && name !== 'call_id',
  );
  return { ...components, LocalShellToolCallOutput: { ...schema, properties, required } };
}

/** The API sends these as `null` too. */
function withNullableResponseFields(components: Components): Components {
  const nullable = ['user', 'usage', 'reasoning'];
  const relax = (properties: Components): Components =>
    mapValues(properties, (property, name) =>
      nullable.includes(name) ? { anyOf: [property, { type: 'null' }] } : property,
    );
  return mapValues(components, (schema, name) => {
    if (name === 'ModelResponseProperties')
      return { ...schema, properties: relax(schema['properties'] as Components) };
    if (name !== 'Response') return schema;
    const parts = (schema['allOf'] as Schema[]).map((part) =>
      part['properties'] === undefined
        ? part
        : { ...part, properties: relax(part['properties'] as Components) },
    );
    return { ...schema, allOf: parts };
  });
}

function mapValues<T, R>(
  record: Readonly<Record<string, T>>,
  change: (value: T, key: string) => R,
): Record<string, R> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, change(value, key)]),
  );
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One line per problem; the deepest place first, because that is where the mistake is. */
function describeAll(errors: readonly ErrorObject[]): readonly string[] {
  const depth = (error: ErrorObject): number => error.instancePath.split('/').length;
  const lines = errors.toSorted((a, b) => depth(b) - depth(a)).map(describe);
  return [...new Set(lines)];
}

function describe(error: ErrorObject): string {
  const extra =
    error.params['unevaluatedProperty'] ??
    error.params['additionalProperty'] ??
    error.params['allowedValues'] ??
    '';
  return `${error.instancePath || '/'} ${error.message ?? error.keyword}${extra === '' ? '' : ` (${JSON.stringify(extra)})`}`;
}
