import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Agent, handoff, run, tool, UserError } from '../../src/index.js';
import type { FunctionTool } from '../../src/index.js';
import { toStrictJsonSchema } from '../../src/tool/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';

type Json = Readonly<Record<string, unknown>>;

const strict = (schema: Json): Json => toStrictJsonSchema(schema, 'a test').schema;
const of = (schema: z.ZodType): Json => z.toJSONSchema(schema, { io: 'input' });

/** Calls a tool as a model would and gives what its function got. */
async function passed(parameters: z.ZodObject, args: object): Promise<{ received: unknown; tool: FunctionTool }> {
  let received: unknown = 'not called';
  const made = tool({
    name: 'act',
    parameters,
    execute: (input) => {
      received = input;
      return 'Acted';
    },
  });
  await run(new Agent({ name: 'A', tools: [made], model: new ScriptedModel([functionCall('act', { ...args }), 'Done']) }), 'Hi');
  return { received, tool: made };
}

describe('a strict schema', () => {
  it('of nothing is an empty closed object [FS-4]', () => {
    expect(strict({ type: 'object' })).toEqual({ type: 'object', properties: {}, required: [], additionalProperties: false });
  });

  it('closes every object, at every depth, and requires every property [FS-4]', () => {
    const closed = strict(of(z.object({ a: z.array(z.object({ b: z.string() })), c: z.union([z.object({ d: z.number() }), z.string()]) })));
    expect(closed).toMatchObject({
      additionalProperties: false,
      required: ['a', 'c'],
      properties: {
        a: { items: { additionalProperties: false, required: ['b'] } },
        c: { anyOf: [{ additionalProperties: false, required: ['d'] }, { type: 'string' }] },
      },
    });
  });

  it('closes what stands in definitions, too [FS-4]', () => {
    const closed = strict({
      type: 'object',
      properties: { node: { $ref: '#/$defs/node' } },
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' }, id: { type: 'string' } }, required: ['id'] } },
    });
    expect(closed).toMatchObject({ $defs: { node: { additionalProperties: false, required: ['next', 'id'] } } });
  });

  it('lets optional properties be null, and leaves defaults out [FS-4]', () => {
    const closed = strict(of(z.object({ a: z.string().optional(), b: z.number().default(5), c: z.enum(['x', 'y']).optional() })));
    expect(closed).toMatchObject({
      required: ['a', 'b', 'c'],
      properties: {
        a: { type: ['string', 'null'] },
        b: { type: ['number', 'null'] },
        c: { anyOf: [{ enum: ['x', 'y'] }, { type: 'null' }] },
      },
    });
    expect(JSON.stringify(closed)).not.toContain('default');
  });

  it('inlines a reference that has siblings, which win; a chain of them, too [FS-4, TOL-13]', () => {
    const closed = strict({
      type: 'object',
      properties: { a: { $ref: '#/$defs/one', minLength: 3 } },
      required: ['a'],
      $defs: { one: { $ref: '#/$defs/two', maxLength: 9 }, two: { type: 'string', minLength: 1 } },
    });
    expect(closed['properties']).toEqual({ a: { type: 'string', minLength: 3, maxLength: 9 } });
  });

  it('takes the place of a single allOf [FS-4]', () => {
    const closed = strict({ type: 'object', properties: { a: { allOf: [{ type: 'string' }] } }, required: ['a'] });
    expect(closed['properties']).toEqual({ a: { type: 'string' } });
  });

  it('turns oneOf into anyOf, beside one that is there, also below a reference [TOL-12, JS-99]', () => {
    const closed = strict({
      type: 'object',
      required: ['a', 'b'],
      properties: {
        a: { oneOf: [{ type: 'string' }], anyOf: [{ type: 'number' }] },
        b: { $ref: '#/$defs/pet' },
      },
      $defs: { pet: { oneOf: [{ type: 'object', properties: { kind: { const: 'cat' } } }, { type: 'null' }] } },
    });
    expect(closed['properties']).toMatchObject({ a: { anyOf: [{ type: 'number' }, { type: 'string' }] } });
    expect(closed).toMatchObject({ $defs: { pet: { anyOf: [{ additionalProperties: false }, { type: 'null' }] } } });
    expect(JSON.stringify(closed)).not.toContain('oneOf');
  });

  it('leaves the original alone [FS-4]', () => {
    const original: Json = { type: 'object', properties: { a: { type: 'string' }, b: { oneOf: [{ type: 'number' }] } } };
    const before = JSON.stringify(original);
    strict(original);
    expect(JSON.stringify(original)).toBe(before);
  });

  it('keeps properties that are called like keywords [FS-4]', () => {
    const closed = strict({ type: 'object', required: ['default', 'oneOf'], properties: { default: { type: 'string' }, oneOf: { type: 'number' } } });
    expect(closed['properties']).toEqual({ default: { type: 'string' }, oneOf: { type: 'number' } });
  });

  it.each<[string, Json]>([
    ['additionalProperties: true', { type: 'object', properties: {}, additionalProperties: true }],
    ['additionalProperties: {}', { type: 'object', properties: {}, additionalProperties: {} }],
    ['a record', of(z.object({ a: z.record(z.string(), z.number()) }))],
    ['any value', of(z.object({ a: z.unknown() }))],
    ['a tuple', of(z.object({ a: z.tuple([z.string(), z.number()]) }))],
    ['a reference to nothing', { type: 'object', properties: { a: { $ref: '#/$defs/none', title: 'A' } } }],
    ['a reference outside', { type: 'object', properties: { a: { $ref: 'https://example.com/a', title: 'A' } } }],
    ['a reference without end', { type: 'object', properties: { a: { $ref: '#/$defs/a', minLength: 1 } }, $defs: { a: { $ref: '#/$defs/a', minLength: 2 } } }],
    ['too many levels', Array.from({ length: 80 }).reduce<Json>((inner) => ({ type: 'object', properties: { a: inner } }), { type: 'string' })],
  ])('cannot be made of %s [FS-4, TOL-13, TOL-14, JS-98]', (_what, schema) => {
    expect(() => strict(schema)).toThrow(UserError);
    expect(() => strict(schema)).toThrow(/set strict: false/);
  });
});

describe('the schema of a tool', () => {
  const parameters = z.object({ city: z.string(), days: z.number().optional() });

  it('is strict by default [FS-5, X-12]', () => {
    const made = tool({ name: 'act', parameters, execute: () => 1 });
    expect(made.strict).toBe(true);
    expect(made.parameters).toMatchObject({ additionalProperties: false, required: ['city', 'days'] });
  });

  it('stays as it is where it is not strict: optional stays optional, open stays open [FS-6]', () => {
    const open = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: true };
    const made = tool({ name: 'act', parameters: open, strict: false, execute: () => 1 });
    expect(made).toMatchObject({ strict: false, parameters: open });
    const loose = tool({ name: 'act', parameters, strict: false, execute: () => 1 });
    expect(loose.parameters['required']).toEqual(['city']);
  });

  it.each([
    ['a union', z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])],
    ['a list', z.array(z.string())],
    ['something that may be null', z.object({ a: z.string() }).nullable()],
  ])('cannot be %s at its root [TOL-14]', (_what, schema) => {
    expect(() => tool({ name: 'act', parameters: schema as never, execute: () => 1 })).toThrow('must be an object');
  });

  it('may leave the type of its root out [TOL-14]', () => {
    expect(tool({ name: 'act', parameters: { properties: {} }, execute: () => 1 }).parameters['type']).toBe('object');
  });

  it('keeps descriptions through optional, nullable and default [JS-100]', () => {
    const made = tool({
      name: 'act',
      parameters: z.object({
        a: z.string().describe('Of a').optional(),
        b: z.string().nullable().describe('Of b'),
        c: z.enum(['x']).describe('Of c').default('x'),
      }),
      execute: () => 1,
    });
    expect(made.parameters['properties']).toMatchObject({ a: { description: 'Of a' }, b: { description: 'Of b' }, c: { description: 'Of c' } });
  });

  it('has a type beside the values of an enum [JS-101]', () => {
    const made = tool({ name: 'act', parameters: z.object({ a: z.enum(['x', 'y']) }), execute: () => 1 });
    expect(made.parameters['properties']).toEqual({ a: { type: 'string', enum: ['x', 'y'] } });
  });

  it('keeps every member of a union [JS-98]', () => {
    const made = tool({ name: 'act', parameters: z.object({ a: z.union([z.string(), z.number(), z.object({ b: z.boolean() })]) }), execute: () => 1 });
    expect(made.parameters['properties']).toMatchObject({ a: { anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'object' }] } });
  });
});

describe('arguments', () => {
  it('lose the nulls that only strictness has added, and keep the others [FS-4]', async () => {
    const schema = z.object({ a: z.string().optional(), b: z.string().nullable(), c: z.number().default(5), d: z.object({ e: z.string().optional() }) });
    const { received } = await passed(schema, { a: null, b: null, c: null, d: { e: null } });
    expect(received).toEqual({ b: null, c: 5, d: {} });
  });

  it('lose them below references, lists and unions, too [JS-102]', async () => {
    const leaf = z.object({ id: z.string(), note: z.string().optional() }).meta({ id: 'Leaf' });
    const schema = z.object({ one: leaf, many: z.array(leaf), either: z.union([z.string(), leaf]) });
    const value = { id: 'x', note: null };
    const { received } = await passed(schema, { one: value, many: [value], either: value });
    expect(received).toEqual({ one: { id: 'x' }, many: [{ id: 'x' }], either: { id: 'x' } });
  });

  it('lose them in the branch of a discriminated union that they are of [JS-99]', async () => {
    const schema = z.object({
      pet: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('cat'), lives: z.number().optional() }),
        z.object({ kind: z.literal('dog'), tricks: z.string().nullable() }),
      ]),
    });
    expect((await passed(schema, { pet: { kind: 'cat', lives: null } })).received).toEqual({ pet: { kind: 'cat' } });
    expect((await passed(schema, { pet: { kind: 'dog', tricks: null } })).received).toEqual({ pet: { kind: 'dog', tricks: null } });
  });

  it.each(['', '  ', '{}'])('that are %j are an empty object [JS-36, TL-5]', async (text) => {
    const seen: unknown[] = [];
    const made = tool({ name: 'act', parameters: z.object({ a: z.string().optional() }), execute: (input) => seen.push(input) });
    await run(new Agent({ name: 'A', tools: [made], model: new ScriptedModel([functionCall('act', text), 'Done']) }), 'Hi');
    expect(seen).toEqual([{}]);
  });
});

describe('a function name', () => {
  it.each([
    ['Refund Agent', 'transfer_to_refund_agent'],
    ['Kunden-Dienst (DE)', 'transfer_to_kunden_dienst__de_'],
    ['Über', 'transfer_to__ber'],
  ])('of a handoff to "%s" is %s [HO-2, HND-16]', (name, expected) => {
    expect(handoff(new Agent({ name })).toolName.replaceAll('-', '_')).toBe(expected);
  });

  it('of a tool has no character that a model cannot write [HND-16]', () => {
    expect(tool({ name: 'get weather!', execute: () => 1 }).name).toMatch(/^[a-zA-Z0-9_-]+$/);
  });
});

describe('a handoff', () => {
  it.each([
    ['an input type but no onHandoff', () => handoff(new Agent({ name: 'B' }), { inputType: z.object({}) }), 'has inputType but no onHandoff'],
    ['an onHandoff that is no function', () => handoff(new Agent({ name: 'B' }), { onHandoff: 5 as never }), 'not a function'],
    ['no agent', () => handoff(undefined as never), 'leads to undefined'],
    ['a function that returns no agent', () => handoff((() => 5) as never).agent, 'returned a number'],
  ])('with %s is refused [HO-7, HND-12]', (_what, make, message) => {
    expect(make).toThrow(UserError);
    expect(make).toThrow(message);
  });
});
