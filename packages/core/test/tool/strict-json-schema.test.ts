import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { UserError } from '../../src/index.js';
import type { AnySchema, JsonSchema } from '../../src/index.js';
import { createSchemaParser, toStrictJsonSchema } from '../../src/tool/index.js';

/** What a model is told of the schema, as the parameters of a tool. */
const strict = (schema: AnySchema): JsonSchema =>
  createSchemaParser(schema, { what: 'tool "t"', strict: true }).jsonSchema;

const closed = (properties: Record<string, unknown>): object => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const text = { type: 'string' };

/** One construct, as zod writes it and by hand, and what the model is told. */
interface Row {
  readonly what: string;
  readonly zod: AnySchema;
  readonly json: JsonSchema;
  readonly told: object;
}

const rows: readonly Row[] = [
  {
    what: 'an object is closed, at every depth, and its dialect left out',
    zod: z.object({ a: z.string(), b: z.object({ c: z.string() }) }),
    json: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { a: text, b: { type: 'object', properties: { c: text }, required: ['c'] } },
      required: ['a', 'b'],
    },
    told: closed({ a: text, b: closed({ c: text }) }),
  },
  {
    what: 'an object that is closed already stays as it is',
    zod: z.strictObject({ a: z.string() }),
    json: closed({ a: text }) as JsonSchema,
    told: closed({ a: text }),
  },
  {
    what: 'an object without properties has none',
    zod: z.object({}),
    json: { type: 'object' },
    told: closed({}),
  },
  {
    what: 'an optional property is required and may be null',
    zod: z.object({ a: z.string().optional(), b: z.string() }),
    json: { type: 'object', properties: { a: text, b: text }, required: ['b'] },
    told: closed({ a: { type: ['string', 'null'] }, b: text }),
  },
  {
    what: 'a nullable property is no more nullable than it was',
    zod: z.object({ a: z.string().nullable(), b: z.string().nullish() }),
    json: {
      type: 'object',
      properties: { a: { type: ['string', 'null'] }, b: { type: ['string', 'null'] } },
      required: ['a'],
    },
    told: closed({ a: { type: ['string', 'null'] }, b: { type: ['string', 'null'] } }),
  },
  {
    what: 'a property with a default is optional; the default is left out',
    zod: z.object({ a: z.string().default('x') }),
    json: { type: 'object', properties: { a: { type: 'string', default: 'x' } }, required: ['a'] },
    told: closed({ a: { type: ['string', 'null'] } }),
  },
  {
    what: 'an optional enum may be null beside its values',
    zod: z.object({ a: z.enum(['x', 'y']).optional() }),
    json: { type: 'object', properties: { a: { type: 'string', enum: ['x', 'y'] } } },
    told: closed({ a: { anyOf: [{ type: 'string', enum: ['x', 'y'] }, { type: 'null' }] } }),
  },
  {
    what: 'an optional literal may be null beside its value',
    zod: z.object({ a: z.literal('x').optional() }),
    json: { type: 'object', properties: { a: { type: 'string', const: 'x' } } },
    told: closed({ a: { anyOf: [{ type: 'string', const: 'x' }, { type: 'null' }] } }),
  },
  {
    what: 'an optional object may be null, and keeps its description',
    zod: z.object({ a: z.object({ b: z.string() }).describe('The a').optional() }),
    json: {
      type: 'object',
      properties: {
        a: { type: 'object', properties: { b: text }, required: ['b'], description: 'The a' },
      },
    },
    told: closed({ a: { ...closed({ b: text }), type: ['object', 'null'], description: 'The a' } }),
  },
  {
    what: 'a discriminated union is anyOf, not oneOf [TOL-12, JS-99]',
    zod: z.object({
      u: z.discriminatedUnion('k', [
        z.object({ k: z.literal('a') }),
        z.object({ k: z.literal('b'), n: z.number() }),
      ]),
    }),
    json: {
      type: 'object',
      required: ['u'],
      properties: {
        u: {
          oneOf: [
            { type: 'object', properties: { k: { type: 'string', const: 'a' } }, required: ['k'] },
            {
              type: 'object',
              properties: { k: { type: 'string', const: 'b' }, n: { type: 'number' } },
              required: ['k', 'n'],
            },
          ],
        },
      },
    },
    told: closed({
      u: {
        anyOf: [
          closed({ k: { type: 'string', const: 'a' } }),
          closed({ k: { type: 'string', const: 'b' }, n: { type: 'number' } }),
        ],
      },
    }),
  },
  {
    what: 'an optional union has null as one more branch [JS-98]',
    zod: z.object({ u: z.union([z.object({ a: z.string() }), z.array(z.string())]).optional() }),
    json: {
      type: 'object',
      properties: {
        u: {
          anyOf: [
            { type: 'object', properties: { a: text }, required: ['a'] },
            { type: 'array', items: text },
          ],
        },
      },
    },
    told: closed({ u: { anyOf: [closed({ a: text }), { type: 'array', items: text }, { type: 'null' }] } }),
  },
  {
    what: 'a list of objects has closed objects',
    zod: z.object({ l: z.array(z.object({ a: z.string().optional() })) }),
    json: {
      type: 'object',
      properties: { l: { type: 'array', items: { type: 'object', properties: { a: text } } } },
      required: ['l'],
    },
    told: closed({ l: { type: 'array', items: closed({ a: { type: ['string', 'null'] } }) } }),
  },
  {
    what: 'an intersection is one object',
    zod: z.object({ a: z.string() }).and(z.object({ b: z.string() })),
    json: {
      type: 'object',
      allOf: [
        { properties: { a: text }, required: ['a'] },
        { type: 'object', properties: { b: text }, required: ['b'] },
      ],
    },
    told: closed({ a: text, b: text }),
  },
  {
    what: 'a format stands without the pattern that says the same',
    zod: z.object({ a: z.email() }),
    json: {
      type: 'object',
      properties: { a: { type: 'string', format: 'email', pattern: '^.+@.+$' } },
      required: ['a'],
    },
    told: closed({ a: { type: 'string', format: 'email' } }),
  },
  {
    what: 'a pattern without a format stays',
    zod: z.object({ a: z.string().regex(/^a+$/) }),
    json: { type: 'object', properties: { a: { type: 'string', pattern: '^a+$' } }, required: ['a'] },
    told: closed({ a: { type: 'string', pattern: '^a+$' } }),
  },
  {
    what: 'a format that strict schemas do not know is left to the check of what comes back',
    zod: z.object({ a: z.url() }),
    json: { type: 'object', properties: { a: { type: 'string', format: 'uri' } }, required: ['a'] },
    told: closed({ a: text }),
  },
  {
    what: 'an enum has a type [JS-101]',
    zod: z.object({ a: z.enum(['x', 'y']), b: z.literal(1) }),
    json: { type: 'object', properties: { a: { enum: ['x', 'y'] }, b: { const: 1 } }, required: ['a', 'b'] },
    told: closed({ a: { type: 'string', enum: ['x', 'y'] }, b: { type: 'number', const: 1 } }),
  },
  {
    what: 'descriptions stay, at every depth [JS-100]',
    zod: z.object({ a: z.string().describe('The a').optional() }).describe('The whole'),
    json: {
      type: 'object',
      description: 'The whole',
      properties: { a: { type: 'string', description: 'The a' } },
    },
    told: {
      ...closed({ a: { type: ['string', 'null'], description: 'The a' } }),
      description: 'The whole',
    },
  },
  {
    what: 'a schema that refers to itself keeps its references',
    zod: tree(),
    json: {
      type: 'object',
      properties: { v: text, children: { type: 'array', items: { $ref: '#' } } },
      required: ['v', 'children'],
    },
    told: closed({ v: text, children: { type: 'array', items: { $ref: '#' } } }),
  },
  {
    what: 'a transform is told by what goes in',
    zod: z.object({ a: z.string().transform((value) => value.length) }),
    json: { type: 'object', properties: { a: text }, required: ['a'] },
    told: closed({ a: text }),
  },
  {
    what: 'a coercion is told by what it gives',
    zod: z.object({ a: z.coerce.number() }),
    json: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
    told: closed({ a: { type: 'number' } }),
  },
];

describe('the strict form of a schema [FS-4]', () => {
  it.each(rows)('from zod: $what', ({ zod, told }) => {
    expect(strict(zod)).toEqual(told);
  });

  it.each(rows)('from JSON Schema: $what', ({ json, told }) => {
    expect(strict(json)).toEqual(told);
  });

  it.each(rows)('is its own strict form: $what', ({ json, told }) => {
    expect(strict(strict(json))).toEqual(told);
  });

  it.each(rows)('keeps the rules: $what', ({ zod, json }) => {
    expect(problems(strict(zod))).toEqual([]);
    expect(problems(strict(json))).toEqual([]);
  });

  it.each(rows)('leaves the original as it was: $what', ({ json }) => {
    const before = JSON.stringify(json);
    freeze(json);
    strict(json);
    expect(JSON.stringify(json)).toBe(before);
  });
});

describe('what cannot be strict is refused with its place', () => {
  const refused: readonly [what: string, zod: AnySchema, json: JsonSchema, place: string][] = [
    [
      'a record',
      z.object({ r: z.record(z.string(), z.number()) }),
      { type: 'object', properties: { r: { type: 'object', additionalProperties: { type: 'number' } } }, required: ['r'] },
      'properties.r has properties with names that are not known beforehand',
    ],
    [
      'an open object [TOL-14]',
      z.looseObject({ a: z.string() }),
      { type: 'object', properties: { a: text }, additionalProperties: true },
      'its root has properties with names that are not known beforehand',
    ],
    [
      'a tuple [JS-98]',
      z.object({ l: z.array(z.object({ t: z.tuple([z.string(), z.number()]) })) }),
      {
        type: 'object',
        properties: {
          l: {
            type: 'array',
            items: {
              type: 'object',
              properties: { t: { type: 'array', prefixItems: [text, { type: 'number' }] } },
            },
          },
        },
      },
      'properties.l.items.properties.t is a tuple',
    ],
    [
      'a value of any type',
      z.object({ a: z.any() }),
      { type: 'object', properties: { a: {} } },
      'properties.a accepts anything',
    ],
    [
      'a value of an unknown type in a branch',
      z.object({ a: z.union([z.object({ b: z.unknown() }), z.string()]) }),
      {
        type: 'object',
        properties: { a: { anyOf: [{ type: 'object', properties: { b: {} } }, text] } },
      },
      'properties.a.anyOf.0.properties.b accepts anything',
    ],
    [
      'a list of anything',
      z.object({ a: z.array(z.unknown()) }),
      { type: 'object', properties: { a: { type: 'array' } } },
      'properties.a.items accepts anything',
    ],
  ];

  it.each(refused)('%s, from zod', (_what, schema, _json, place) => {
    expect(() => strict(schema)).toThrow(UserError);
    expect(() => strict(schema)).toThrow(`The schema of tool "t" cannot be strict: ${place}`);
  });

  it.each(refused)('%s, from JSON Schema', (_what, _zod, schema, place) => {
    expect(() => strict(schema)).toThrow(UserError);
    expect(() => strict(schema)).toThrow(place);
    expect(() => strict(schema)).toThrow(/set strict: false/);
  });

  it.each<[string, JsonSchema, string]>([
    ['pattern properties', { type: 'object', patternProperties: { '^a': text } }, 'not known beforehand'],
    ['a tuple as older drafts write it', { type: 'object', properties: { a: { type: 'array', items: [text] } } }, 'is a tuple'],
    ['a reference to nothing', { type: 'object', properties: { a: { $ref: '#/$defs/no', title: 'A' } } }, 'has a reference to nothing (#/$defs/no)'],
    ['a reference outside', { type: 'object', properties: { a: { $ref: 'https://x.example/a.json', minLength: 1 } } }, 'has a reference outside itself'],
    ['true', { type: 'object', properties: { a: true } }, 'properties.a accepts anything'],
    ['not', { type: 'object', properties: { a: { type: 'string', not: { const: 'x' } } } }, 'properties.a'],
    ['if', { type: 'object', properties: { a: { type: 'string', if: {}, then: {} } } }, 'properties.a'],
    ['dependent required', { type: 'object', properties: { a: text }, dependentRequired: { a: ['b'] } }, 'its root'],
  ])('%s', (_what, schema, problem) => {
    expect(() => strict(schema)).toThrow(UserError);
    expect(() => strict(schema)).toThrow(problem);
  });

  it('what has no JSON Schema at all, naming the reason', () => {
    expect(() => strict(z.object({ d: z.date() }))).toThrow(UserError);
    expect(() => strict(z.object({ d: z.date() }))).toThrow(/has no JSON Schema: Date cannot be represented.*strings or numbers/);
    expect(() => strict(z.object({ n: z.bigint() }))).toThrow(/BigInt cannot be represented/);
  });

  it('what is no object, by what it is', () => {
    expect(() => strict(z.array(z.string()))).toThrow(/must be an object, but its root is of type "array"/);
    expect(() => strict(z.union([z.object({}), z.object({})]))).toThrow(/its root is a union/);
    expect(() => strict(z.object({ a: z.string() }).nullable())).toThrow(UserError);
  });

  it('a Standard Schema that cannot say what it looks like, with what to use instead', () => {
    const bare = {
      '~standard': { version: 1, vendor: 'bare', validate: (value: unknown) => ({ value }) },
    } as const;
    expect(() => strict(bare)).toThrow(UserError);
    expect(() => strict(bare)).toThrow(/\(bare\) cannot say what it looks like as JSON Schema\. Use zod 4\.2 or newer/);
  });
});

describe('references', () => {
  it('with siblings that only describe keep the reference and the description [TOL-13, JS-102]', () => {
    const told = strict({
      type: 'object',
      properties: { a: { $ref: '#/$defs/A', description: 'The a' }, b: { $ref: '#/$defs/A' } },
      required: ['a', 'b'],
      $defs: { A: { type: 'object', properties: { x: text }, required: ['x'] } },
    });
    const properties = told['properties'] as Record<string, JsonSchema>;
    expect(properties['b']).toEqual({ $ref: '#/$defs/A' });
    expect(properties['a']).toMatchObject({ description: 'The a' });
    expect(told['$defs']).toEqual({ A: closed({ x: text }) });
    expect(JSON.stringify(properties['a'])).not.toMatch(/"\$ref":"[^"]+",|,"\$ref"/);
  });

  it('with siblings that narrow are replaced by what they say together [FS-4]', () => {
    const told = strict({
      type: 'object',
      properties: { a: { $ref: '#/$defs/A', minLength: 2 } },
      required: ['a'],
      $defs: { A: { $ref: '#/$defs/B', maxLength: 9 }, B: text },
    });
    expect(told['properties']).toEqual({ a: { type: 'string', maxLength: 9, minLength: 2 } });
  });

  it('in an allOf of one are that one [FS-4]', () => {
    const told = strict({
      type: 'object',
      properties: { a: { allOf: [{ $ref: '#/$defs/A' }], description: 'The a' } },
      required: ['a'],
      $defs: { A: { type: 'object', properties: { x: text } } },
    });
    expect(told['properties']).toEqual({
      a: { ...closed({ x: { type: ['string', 'null'] } }), description: 'The a' },
    });
  });

  it('that are optional may be null', () => {
    const told = strict({
      type: 'object',
      properties: { a: { $ref: '#/$defs/A' } },
      $defs: { A: text },
    });
    expect(told['properties']).toEqual({ a: { anyOf: [{ $ref: '#/$defs/A' }, { type: 'null' }] } });
  });

  it('find keys with slashes and tildes', () => {
    const told = strict({
      type: 'object',
      properties: { a: { $ref: '#/$defs/x~1y~0z', minLength: 1 } },
      required: ['a'],
      $defs: { 'x/y~z': text },
    });
    expect(told['properties']).toEqual({ a: { type: 'string', minLength: 1 } });
  });

  it('to the schema itself, described, neither hang nor fail: a tree with two described children', () => {
    const told = strict(describedTree());
    expect(JSON.stringify(told).length).toBeLessThan(2000);
    expect(JSON.stringify(told)).toContain('The left one');
    const byHand = strict({
      type: 'object',
      properties: {
        left: { $ref: '#', description: 'The left one' },
        right: { $ref: '#', description: 'The right one' },
      },
    });
    expect(JSON.stringify(byHand).length).toBeLessThan(2000);
  });

  it('that go round in circles are refused', () => {
    const circle: JsonSchema = {
      type: 'object',
      properties: { a: { $ref: '#/$defs/A', minLength: 1 } },
      $defs: { A: { $ref: '#/$defs/A', maxLength: 1 } },
    };
    expect(() => strict(circle)).toThrow(UserError);
  });

  it('that multiply without end are refused, soon [TOL-13]', () => {
    const bomb: JsonSchema = {
      type: 'object',
      properties: { a: { $ref: '#/$defs/d0', minProperties: 1 } },
      $defs: Object.fromEntries(
        Array.from({ length: 30 }, (_, i) => [
          `d${i}`,
          {
            type: 'object',
            properties: {
              a: { $ref: `#/$defs/d${i + 1}`, minLength: 1 },
              b: { $ref: `#/$defs/d${i + 1}`, minLength: 1 },
            },
          },
        ]),
      ),
    };
    expect(() => strict({ ...bomb, $defs: { ...(bomb['$defs'] as object), d30: text } })).toThrow(UserError);
  });
});

describe('names', () => {
  it('of properties may be those of keywords [TOL-27]', () => {
    const properties = { type: text, properties: text, required: text, anyOf: text, $ref: text, default: text };
    expect(strict({ type: 'object', properties, required: Object.keys(properties) })).toEqual(closed(properties));
  });

  it('of definitions are kept, also as older drafts call them', () => {
    expect(
      strict({
        type: 'object',
        properties: { a: { $ref: '#/definitions/A' } },
        required: ['a'],
        definitions: { A: { type: 'object', properties: { x: text } } },
      }),
    ).toEqual({
      ...closed({ a: { $ref: '#/definitions/A' } }),
      definitions: { A: closed({ x: { type: ['string', 'null'] } }) },
    });
  });
});

describe('a schema that is not strict', () => {
  it('goes to the model as it is, without marks of its library', () => {
    const parser = createSchemaParser(z.object({ a: z.string().optional() }), {
      what: 'tool "t"',
      strict: false,
    });
    expect(parser.jsonSchema).toEqual({ type: 'object', properties: { a: text } });
    expect(parser.strict).toBe(false);
  });

  it('may be a record, a tuple, or anything', () => {
    const schema: JsonSchema = { type: 'object', additionalProperties: true, properties: { a: {} } };
    expect(createSchemaParser(schema, { what: 'tool "t"', strict: false }).jsonSchema).toEqual(schema);
  });
});

describe('toStrictJsonSchema', () => {
  it('says whether it has added nulls', () => {
    expect(toStrictJsonSchema({ type: 'object', properties: { a: text } }, 'x').addsNulls).toBe(true);
    expect(toStrictJsonSchema({ type: 'object', properties: { a: text }, required: ['a'] }, 'x').addsNulls).toBe(false);
  });
});

interface Tree {
  v: string;
  children: Tree[];
}

function tree(): z.ZodType<Tree> {
  const node: z.ZodType<Tree> = z.object({
    v: z.string(),
    get children() {
      return z.array(node);
    },
  });
  return node;
}

interface Pair {
  left?: Pair | undefined;
  right?: Pair | undefined;
}

function describedTree(): z.ZodType<Pair> {
  const node: z.ZodType<Pair> = z.object({
    get left() {
      return node.optional().describe('The left one');
    },
    get right() {
      return node.optional().describe('The right one');
    },
  });
  return node;
}

const NOT_KNOWN = ['allOf', 'oneOf', 'not', 'default', 'patternProperties', 'propertyNames', 'prefixItems', '$schema'];

/** What OpenAI would refuse in a strict schema, by its place. */
function problems(node: unknown, place = '#'): string[] {
  if (typeof node !== 'object' || node === null) return [`${place} is no schema`];
  const schema = node as JsonSchema;
  const found = NOT_KNOWN.filter((keyword) => keyword in schema).map((keyword) => `${place} has ${keyword}`);
  const properties = (schema['properties'] ?? {}) as Record<string, unknown>;
  if ('$ref' in schema && Object.keys(schema).length > 1) found.push(`${place} has siblings of $ref`);
  if (!['type', 'anyOf', '$ref'].some((keyword) => keyword in schema)) found.push(`${place} has no type`);
  if ([schema['type']].flat().includes('object')) {
    if (schema['additionalProperties'] !== false) found.push(`${place} is open`);
    expect(schema['required']).toEqual(Object.keys(properties));
  }
  for (const [name, each] of Object.entries(properties)) found.push(...problems(each, `${place}/${name}`));
  for (const key of ['$defs', 'definitions']) {
    for (const [name, each] of Object.entries(schema[key] ?? {})) {
      found.push(...problems(each, `${place}/${key}/${name}`));
    }
  }
  for (const [i, each] of ((schema['anyOf'] ?? []) as unknown[]).entries()) {
    found.push(...problems(each, `${place}/${i}`));
  }
  if ('items' in schema) found.push(...problems(schema['items'], `${place}/items`));
  return found;
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.freeze(value);
  for (const each of Object.values(value)) freeze(each);
}
