import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { AnySchema } from '../../src/index.js';
import { createSchemaParser } from '../../src/tool/index.js';

/** Reads what a model wrote for a strict schema. */
async function read(schema: AnySchema, value: unknown): Promise<unknown> {
  const parsed = await createSchemaParser(schema, { what: 'tool "t"', strict: true }).parse(value);
  return parsed.ok ? parsed.value : parsed;
}

describe('nulls that strictness asked for', () => {
  it('are taken out of optional properties, and of no others', async () => {
    const schema = z.object({
      plain: z.string().optional(),
      both: z.string().nullish(),
      nullable: z.string().nullable(),
      withDefault: z.number().default(7),
    });
    expect(await read(schema, { plain: null, both: null, nullable: null, withDefault: null })).toEqual({
      both: null,
      nullable: null,
      withDefault: 7,
    });
  });

  it('are taken out deep inside objects and lists', async () => {
    const schema = z.object({
      list: z.array(z.object({ a: z.string().optional(), b: z.object({ c: z.number().optional() }) })),
    });
    expect(await read(schema, { list: [{ a: null, b: { c: null } }, { a: 'x', b: { c: 1 } }] })).toEqual({
      list: [{ b: {} }, { a: 'x', b: { c: 1 } }],
    });
  });

  it('are taken out inside a nullable object and inside a nullable list', async () => {
    const schema = z.object({
      object: z.object({ a: z.string().optional() }).nullable(),
      list: z.array(z.object({ a: z.string().optional() })).nullable(),
      either: z.union([z.array(z.object({ a: z.string().optional() })), z.string()]),
    });
    expect(
      await read(schema, { object: { a: null }, list: [{ a: null }], either: [{ a: null }] }),
    ).toEqual({ object: {}, list: [{}], either: [{}] });
    expect(await read(schema, { object: null, list: null, either: 'x' })).toEqual({
      object: null,
      list: null,
      either: 'x',
    });
  });

  it('are taken out in the branch of a union that the value is of', async () => {
    const schema = z.object({
      u: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a'), x: z.string().optional() }),
        z.object({ kind: z.literal('b'), x: z.string().nullable() }),
      ]),
    });
    expect(await read(schema, { u: { kind: 'a', x: null } })).toEqual({ u: { kind: 'a' } });
    expect(await read(schema, { u: { kind: 'b', x: null } })).toEqual({ u: { kind: 'b', x: null } });
  });

  it('are taken out of branches that only their properties tell apart', async () => {
    const schema = z.object({
      u: z.union([
        z.object({ a: z.string(), note: z.string().optional() }),
        z.object({ b: z.string(), note: z.string().optional() }),
      ]),
    });
    expect(await read(schema, { u: { b: 'x', note: null } })).toEqual({ u: { b: 'x' } });
  });

  it('are taken out of the object among branches that are none', async () => {
    const schema = z.object({ u: z.union([z.string(), z.array(z.string()), z.object({ a: z.string().optional() })]) });
    expect(await read(schema, { u: { a: null } })).toEqual({ u: {} });
    expect(await read(schema, { u: ['x'] })).toEqual({ u: ['x'] });
  });

  it('are taken out of what a schema refers to, itself included', async () => {
    interface Node {
      v: string;
      note?: string | undefined;
      children: Node[];
    }
    const node: z.ZodType<Node> = z.object({
      v: z.string(),
      note: z.string().optional(),
      get children() {
        return z.array(node);
      },
    });
    const leaf = { v: 'b', note: null, children: [] };
    expect(await read(node, { v: 'a', note: null, children: [leaf] })).toEqual({
      v: 'a',
      children: [{ v: 'b', children: [] }],
    });
  });

  it('are taken out of a list that is an output type of its own', async () => {
    const parser = createSchemaParser(z.array(z.object({ a: z.string().optional() })), {
      what: 'the output type',
      strict: true,
      wrapUnder: 'response',
    });
    expect(await parser.parse({ response: [{ a: null }] })).toEqual({ ok: true, value: [{}] });
  });

  it('are taken out also for plain JSON Schema, which checks nothing', async () => {
    const schema = {
      type: 'object',
      properties: {
        a: { type: 'string' },
        b: { $ref: '#/$defs/B' },
        all: { allOf: [{ type: 'object', properties: { c: { type: 'string' } } }] },
      },
      required: ['b', 'all'],
      $defs: { B: { type: 'object', properties: { c: { type: 'number' } } } },
    };
    expect(await read(schema, { a: null, b: { c: null }, all: { c: null } })).toEqual({ b: {}, all: {} });
  });

  it('are not looked for in what the schema says nothing about', async () => {
    expect(await read({ type: 'object', properties: {} }, { other: null })).toEqual({ other: null });
  });

  it('stay where nothing was added: a schema that is not strict', async () => {
    const parser = createSchemaParser(
      { type: 'object', properties: { a: { type: 'string' } } },
      { what: 'tool "t"', strict: false },
    );
    expect(await parser.parse({ a: null })).toEqual({ ok: true, value: { a: null } });
  });

  it('and only they: a value that fits comes through as it went in, written the strict way', async () => {
    const inner = z.object({ s: z.string().optional(), n: z.number().nullable() });
    const schema = z.object({
      a: z.string().optional(),
      inner: inner.optional(),
      list: z.array(inner).optional(),
      choice: z.union([inner, z.boolean()]),
    });
    const innerValue = fc.record({ s: fc.string(), n: fc.option(fc.integer()) }, { requiredKeys: ['n'] });
    await fc.assert(
      fc.asyncProperty(
        fc.record(
          {
            a: fc.string(),
            inner: innerValue,
            list: fc.array(innerValue, { maxLength: 3 }),
            choice: fc.oneof(innerValue, fc.boolean()),
          },
          { requiredKeys: ['choice'] },
        ),
        async (value) => {
          const strictInner = <T extends object | undefined>(each: T) => each && { s: null, ...each };
          const written = {
            a: null,
            ...value,
            inner: strictInner(value.inner) ?? null,
            list: value.list?.map(strictInner) ?? null,
            choice: typeof value.choice === 'object' ? strictInner(value.choice) : value.choice,
          };
          expect(await read(schema, written)).toEqual(value);
        },
      ),
    );
  });
});

describe('what a schema says of a value', () => {
  it('is one line with the path of each problem', async () => {
    const schema = z.object({ a: z.object({ b: z.array(z.number()) }), c: z.string() });
    expect(await read(schema, { a: { b: [1, 'x'] } })).toEqual({
      ok: false,
      problem: expect.stringMatching(/^a\.b\.1: .*; c: /),
    });
  });

  it('may come later', async () => {
    const schema = z.object({ a: z.string().refine((value) => Promise.resolve(value === 'ok'), 'not ok') });
    expect(await read(schema, { a: 'no' })).toEqual({ ok: false, problem: 'a: not ok' });
    expect(await read(schema, { a: 'ok' })).toEqual({ a: 'ok' });
  });
});
