import { describe, expect, it } from 'vitest';
import { post } from './support/post.js';
import { itRefuses, model, type Refusal, row } from './support/refusals.js';
import { withServer } from './support/with-server.js';

const parameters = { type: 'object', properties: {}, additionalProperties: false, required: [] };
const tool = { type: 'function', name: 'f', parameters };

const TOOLS: readonly Refusal[] = [
  row(
    'a function tool without a name',
    { tools: [{ type: 'function', parameters }] },
    { message: "Missing required parameter: 'tools[0].name'.", code: 'missing_required_parameter' },
  ),
  row(
    'a function tool without parameters',
    { tools: [{ type: 'function', name: 'f' }] },
    {
      message: "Missing required parameter: 'tools[0].parameters'.",
      code: 'missing_required_parameter',
    },
  ),
  row(
    'a tool in the form of Chat Completions',
    { tools: [{ type: 'function', function: { name: 'f' } }] },
    { message: "Missing required parameter: 'tools[0].name'.", code: 'missing_required_parameter' },
  ),
  row(
    'an empty tool name',
    { tools: [{ ...tool, name: '' }] },
    { message: "Invalid 'tools[0].name': empty string.", code: 'empty_string' },
  ),
  row(
    'a tool name with a space',
    { tools: [{ ...tool, name: 'get weather' }] },
    {
      message:
        "Invalid 'tools[0].name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
      code: 'invalid_value',
    },
  ),
  row(
    'a tool name that is too long',
    { tools: [{ ...tool, name: 'x'.repeat(129) }] },
    { message: "Invalid 'tools[0].name': string too long.", code: 'string_above_max_length' },
  ),
  row(
    'two tools of one name',
    { tools: [tool, { type: 'custom', name: 'f' }] },
    { message: "Duplicate tool name 'f'.", param: 'tools[1].name' },
  ),
  row(
    'two MCP servers of one label',
    { tools: [1, 2].map(() => ({ type: 'mcp', server_label: 's', server_url: 'https://s' })) },
    { message: "Duplicate tool server_label 's'.", param: 'tools[1].server_label' },
  ),
  row(
    'a choice of a function that is not there',
    { tools: [tool], tool_choice: { type: 'function', name: 'g' } },
    { message: "Tool choice 'g' not found in 'tools' parameter.", param: 'tool_choice' },
  ),
  row(
    'a choice of a hosted tool that is not there',
    { tools: [tool], tool_choice: { type: 'file_search' } },
    { message: "Tool choice 'file_search' not found in 'tools' parameter.", param: 'tool_choice' },
  ),
  row(
    'a choice of an MCP server that is not there',
    { tools: [tool], tool_choice: { type: 'mcp', server_label: 's' } },
    { message: "Tool choice 's' not found in 'tools' parameter.", param: 'tool_choice' },
  ),
  row(
    'an allowed tool that is not there',
    {
      tools: [tool],
      tool_choice: {
        type: 'allowed_tools',
        mode: 'auto',
        tools: [{ type: 'function', name: 'g' }],
      },
    },
    { message: "Tool choice 'g' not found in 'tools' parameter.", param: 'tool_choice' },
  ),
  row(
    'a required choice without tools',
    { tool_choice: 'required' },
    {
      message: "Tool choice 'required' must be specified with 'tools' parameter.",
      param: 'tool_choice',
    },
  ),
  row(
    'a strict tool whose schema is open',
    { tools: [{ ...tool, strict: true, parameters: { type: 'object', properties: {} } }] },
    {
      message:
        "Invalid schema for function 'f': In context=(), 'additionalProperties' is required to be supplied and to be false.",
      param: 'tools[0].parameters',
      code: 'invalid_function_parameters',
    },
  ),
  row(
    'a strict tool in a namespace whose schema is open',
    {
      tools: [
        {
          type: 'namespace',
          name: 'n',
          description: 'd',
          tools: [{ ...tool, strict: true, parameters: { type: 'object', properties: {} } }],
        },
      ],
    },
    {
      message: "Invalid schema for function 'f': In context=()",
      param: 'tools[0].tools[0].parameters',
      code: 'invalid_function_parameters',
    },
  ),
  row(
    'a strict text format whose schema is open',
    {
      text: {
        format: {
          type: 'json_schema',
          name: 'final_output',
          strict: true,
          schema: {
            type: 'object',
            properties: { y: { type: 'string' } },
            additionalProperties: false,
          },
        },
      },
    },
    {
      message:
        "Invalid schema for response_format 'final_output': In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'y'.",
      param: 'text.format.schema',
      code: 'invalid_json_schema',
    },
  ),
];

itRefuses(TOOLS);

const text = { type: 'string' };
const strict = (properties: object, more: object = {}): object => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});

/** Schemas of a strict tool, and what is wrong with them; the place is a path in the schema. */
const STRICT: readonly [what: string, schema: object, problem: string][] = [
  [
    'a root that is no object',
    text,
    `schema must be a JSON Schema of 'type: "object"', got 'type: "string"'.`,
  ],
  ['a root without a type', { anyOf: [strict({})] }, `got 'type: "None"'.`],
  [
    'a union at the root',
    strict({}, { anyOf: [strict({})] }),
    "schema must have type 'object' and not have 'oneOf'/",
  ],
  [
    'an open object inside',
    strict({ a: { type: 'object', properties: {} } }),
    "In context=('properties', 'a'), 'additionalProperties' is required",
  ],
  [
    'an open object in a list',
    strict({ a: { type: 'array', items: { type: 'object' } } }),
    "In context=('properties', 'a', 'items'), 'additionalProperties'",
  ],
  [
    'an open object in a union',
    strict({ a: { anyOf: [text, { type: 'object' }] } }),
    "In context=('properties', 'a', 'anyOf', '1'), 'additionalProperties'",
  ],
  [
    'an open object in a definition',
    strict({ a: { $ref: '#/$defs/x' } }, { $defs: { x: { type: 'object' } } }),
    "In context=('$defs', 'x'), 'additionalProperties'",
  ],
  [
    'an optional property',
    strict({ a: text, b: text }, { required: ['a'] }),
    "including every key in properties. Missing 'b'.",
  ],
  [
    'a required property that is not there',
    strict({ a: text }, { required: ['a', 'z'] }),
    "Extra required key 'z' supplied.",
  ],
  [
    'a property without a type',
    strict({ a: {} }),
    "In context=('properties', 'a'), schema must have a 'type' key.",
  ],
  ['a default', strict({ a: { type: 'string', default: 'x' } }), "'default' is not permitted."],
  [
    'oneOf',
    strict({ a: { oneOf: [text] } }),
    "In context=('properties', 'a'), 'oneOf' is not permitted.",
  ],
  [
    'free property names',
    strict({ a: strict({}, { propertyNames: text }) }),
    "'propertyNames' is not permitted.",
  ],
  [
    'an unknown format',
    strict({ a: { type: 'string', format: 'uri' } }),
    "'uri' is not a valid format.",
  ],
  [
    'a reference with company',
    strict({ a: { $ref: '#/$defs/x', description: 'd' } }, { $defs: { x: text } }),
    "$ref cannot have keywords {'description'}.",
  ],
  [
    'a list without items',
    strict({ a: { type: 'array' } }),
    "In context=('properties', 'a'), array schema missing items.",
  ],
];

describe('a strict schema', () => {
  itRefuses(
    STRICT.map(([rule, schema, problem]) =>
      row(
        `with ${rule}`,
        { tools: [{ ...tool, strict: true, parameters: schema }] },
        {
          message: problem,
          param: 'tools[0].parameters',
          code: 'invalid_function_parameters',
        },
      ),
    ),
  );

  it('with everything that is permitted is accepted', async () => {
    const node = strict({ next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } });
    const schema = strict(
      {
        text: { type: ['string', 'null'], description: 'd', pattern: '^a', format: 'date-time' },
        number: { type: 'integer', minimum: 1, maximum: 3, multipleOf: 1 },
        choice: { type: 'string', enum: ['a', 'b'] },
        only: { type: 'string', const: 'a' },
        list: { type: 'array', items: strict({ a: text }), minItems: 1, maxItems: 3 },
        node: { $ref: '#/$defs/node' },
        self: { anyOf: [{ $ref: '#' }, { type: 'null' }] },
      },
      { $defs: { node } },
    );
    const server = await withServer({ reply: () => 'Fine.' });
    const body = {
      model,
      input: 'Hi',
      tools: [{ ...tool, strict: true, parameters: schema }],
      text: { format: { type: 'json_schema', name: 'final_output', strict: true, schema } },
    };
    expect((await post(server.url, body)).status).toBe(200);
  });
});

describe('a schema that is not strict', () => {
  const loose = (schema: object): object => ({
    tools: [{ ...tool, strict: false, parameters: schema }],
  });
  const code = 'invalid_function_parameters';
  itRefuses([
    row('a root that is no object', loose(text), {
      message: "schema must be a JSON Schema of 'type:",
      code,
    }),
    row('an object without properties', loose({ type: 'object' }), {
      message: 'In context=(), object schema missing properties.',
      code,
    }),
    row('a list without items', loose({ type: 'object', properties: { a: { type: 'array' } } }), {
      message: "In context=('properties', 'a'), array schema missing items.",
      code,
    }),
  ]);

  it('may leave everything else open', async () => {
    const server = await withServer({ reply: () => 'Fine.' });
    const schema = {
      type: 'object',
      properties: { a: {}, b: { type: 'object' }, c: { oneOf: [text], default: 'x' } },
    };
    expect((await post(server.url, { model, input: 'Hi', ...loose(schema) })).status).toBe(200);
  });
});
