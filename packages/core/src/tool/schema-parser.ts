import { messageOf, UserError } from '../error/index.js';
import { isPromise } from '../internal/is-promise.js';
import { isRecord } from '../internal/json.js';
import { describeIssues, isStandardSchema } from '../internal/standard-schema.js';
import type { InferSchemaOutput, StandardSchema } from '../internal/standard-schema.js';
import type { JsonSchema } from '../model/index.js';
import { removeAddedNulls } from './remove-added-nulls.js';
import { toStrictJsonSchema } from './strict-json-schema.js';

/** A schema as users write it: zod 4.2 or newer, another Standard Schema with JSON Schema, or JSON Schema. */
export type AnySchema = StandardSchema | JsonSchema;

/** What a value of the schema looks like after validation; plain JSON Schema promises nothing. */
export type SchemaOutput<TSchema> = TSchema extends StandardSchema
  ? InferSchemaOutput<TSchema>
  : unknown;

/** A schema made ready: what goes to the model, and how what comes back is read. */
export interface SchemaParser {
  readonly jsonSchema: JsonSchema;
  readonly strict: boolean;
  /** Checks a JSON value; the failure is one line of text. */
  parse(value: unknown): ParseResult | Promise<ParseResult>;
}

/** A checked value, or why it was refused. */
export type ParseResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string };

/** How `createSchemaParser` reads a schema. */
export interface SchemaParserOptions {
  /** What the schema is for, e.g. `tool "get_weather"`; begins every message. */
  readonly what: string;
  readonly strict: boolean;
  /** Wrap a schema whose root is no object under this key, as models only write objects. */
  readonly wrapUnder?: string;
}

/**
 * Makes a user's schema ready, once.
 *
 * @throws UserError where the schema gives no JSON Schema, is no object, or cannot be strict.
 */
export function createSchemaParser(schema: AnySchema, options: SchemaParserOptions): SchemaParser {
  const original = toJsonSchema(schema, options.what);
  const wrap = isObjectSchema(original) ? undefined : options.wrapUnder;
  if (wrap === undefined && !isObjectSchema(original)) {
    throw new UserError(
      `The schema of ${options.what} must be an object, but its root is ${describeRoot(original)}. ` +
        'Put it under a property of an object.',
    );
  }
  const whole = wrap === undefined ? original : wrapSchema(original, wrap);
  const strict = options.strict ? toStrictJsonSchema(whole, options.what) : undefined;
  return {
    jsonSchema: strict?.schema ?? withoutMarks(whole),
    strict: options.strict,
    parse: (value) => {
      const cleaned = strict?.addsNulls === true ? removeAddedNulls(value, whole) : value;
      if (wrap === undefined) return validate(schema, cleaned);
      if (!isRecord(cleaned)) {
        return { ok: false, problem: `expected an object with the key "${wrap}"` };
      }
      if (!(wrap in cleaned)) return { ok: false, problem: `the key "${wrap}" is missing` };
      return validate(schema, cleaned[wrap]);
    },
  };
}

/** Reads JSON text as models write it: empty text is an empty object. */
export function parseJson(text: string): ParseResult {
  if (text.trim() === '') return { ok: true, value: {} };
  try {
    return { ok: true, value: JSON.parse(text) as unknown }; // JSON.parse returns any
  } catch (error) {
    return { ok: false, problem: jsonProblem(messageOf(error)) };
  }
}

/** Where the text stops being JSON; some engines quote it, and it may hold what must not be told [JS-35]. */
function jsonProblem(message: string): string {
  return /^[^"]* in JSON at position \d+[^"]*$|^Unexpected end of JSON input$/.test(message)
    ? message
    : 'the text is not JSON';
}

function validate(schema: AnySchema, value: unknown): ParseResult | Promise<ParseResult> {
  if (!isStandardSchema(schema)) return { ok: true, value };
  const result = schema['~standard'].validate(value);
  return isPromise(result) ? Promise.resolve(result).then(toParseResult) : toParseResult(result);
}

function toParseResult(
  result: Awaited<ReturnType<StandardSchema['~standard']['validate']>>,
): ParseResult {
  return result.issues === undefined
    ? { ok: true, value: result.value }
    : { ok: false, problem: describeIssues(result.issues) };
}

function toJsonSchema(schema: AnySchema, what: string): JsonSchema {
  if (!isStandardSchema(schema)) {
    if (isRecord(schema)) return schema;
    throw new UserError(
      `The schema of ${what} is ${schema === null ? 'null' : typeof schema}. ` +
        'Pass a zod schema, another Standard Schema, or a JSON Schema object.',
    );
  }
  const { vendor } = schema['~standard'];
  // Standard JSON Schema is an extension that the base specification's type does not have.
  const extension = (schema['~standard'] as { readonly jsonSchema?: unknown }).jsonSchema;
  if (!isRecord(extension) || typeof extension['input'] !== 'function') {
    throw new UserError(
      `The schema of ${what} (${vendor}) cannot say what it looks like as JSON Schema. ` +
        'Use zod 4.2 or newer, a library with Standard JSON Schema, or pass a JSON Schema object.',
    );
  }
  try {
    const convert = extension['input'] as (options: { target: string }) => unknown; // checked above
    const converted = convert({ target: 'draft-2020-12' });
    if (isRecord(converted)) return converted;
    throw new TypeError('the conversion gave no object');
  } catch (error) {
    throw new UserError(
      `The schema of ${what} (${vendor}) has no JSON Schema: ${messageOf(error)}. ` +
        'Replace what JSON cannot say (dates, big integers, functions) by strings or numbers.',
      { cause: error },
    );
  }
}

function isObjectSchema(schema: JsonSchema): boolean {
  return schema['type'] === 'object' || ('properties' in schema && schema['type'] === undefined);
}

function wrapSchema(schema: JsonSchema, key: string): JsonSchema {
  const { $defs, definitions, $schema: _dialect, ...rest } = schema;
  const wrapped = {
    type: 'object',
    properties: { [key]: rest },
    required: [key],
    additionalProperties: false,
    // Definitions are referred to from the root.
    ...($defs !== undefined && { $defs }),
    ...(definitions !== undefined && { definitions }),
  };
  if (!refersToRoot(wrapped)) return wrapped;
  // "#" means the wrapper now: what was the root gets a name of its own.
  const named = isRecord($defs) ? $defs : {};
  let name = 'root';
  while (name in named) name += '_';
  const reference = `#/$defs/${name}`;
  return {
    ...wrapped,
    properties: { [key]: { $ref: reference } },
    ...(definitions !== undefined && { definitions: withRootAt(definitions, reference) }),
    $defs: {
      ...Object.fromEntries(Object.entries(named).map(([each, definition]) => [each, withRootAt(definition, reference)])),
      [name]: withRootAt(rest, reference),
    },
  };
}

function refersToRoot(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(refersToRoot);
  return isRecord(value) && (value['$ref'] === '#' || Object.values(value).some(refersToRoot));
}

function withRootAt(value: unknown, reference: string): unknown {
  if (Array.isArray(value)) return value.map((each) => withRootAt(each, reference));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      key === '$ref' && each === '#' ? reference : withRootAt(each, reference),
    ]),
  );
}

function withoutMarks(schema: JsonSchema): JsonSchema {
  const { $schema: _dialect, '~standard': _standard, ...rest } = schema;
  return rest;
}

function describeRoot(schema: JsonSchema): string {
  if (Array.isArray(schema['anyOf']) || Array.isArray(schema['oneOf'])) return 'a union';
  return typeof schema['type'] === 'string' ? `of type "${schema['type']}"` : 'of no single type';
}
