import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { JsonSchema } from '../../src/index.js';
import { createSchemaParser, parseJson } from '../../src/tool/index.js';

const wrapped = (schema: JsonSchema, strict = true) =>
  createSchemaParser(schema, { what: 'the output type', strict, wrapUnder: 'response' });

describe('a schema that is wrapped [OS-2]', () => {
  it('stands under its key in a closed object, its definitions at the root', () => {
    const Node = { type: 'object', properties: { next: { $ref: '#/$defs/Node' } } };
    const parser = wrapped({ type: 'array', items: { $ref: '#/$defs/Node' }, $defs: { Node } });
    expect(parser.jsonSchema).toEqual({
      type: 'object',
      properties: { response: { type: 'array', items: { $ref: '#/$defs/Node' } } },
      required: ['response'],
      additionalProperties: false,
      $defs: {
        Node: {
          type: 'object',
          properties: { next: { anyOf: [{ $ref: '#/$defs/Node' }, { type: 'null' }] } },
          required: ['next'],
          additionalProperties: false,
        },
      },
    });
  });

  it('that refers to its root has a name of its own, which its references lead to, and no others', () => {
    const parser = wrapped({
      anyOf: [
        { type: 'string', const: '#' },
        { type: 'array', items: { $ref: '#' } },
        { $ref: '#/$defs/root' },
      ],
      $defs: { root: { type: 'object', properties: { back: { $ref: '#' } }, required: ['back'] } },
    });
    expect(parser.jsonSchema).toEqual({
      type: 'object',
      properties: { response: { $ref: '#/$defs/root_' } },
      required: ['response'],
      additionalProperties: false,
      $defs: {
        root: {
          type: 'object',
          properties: { back: { $ref: '#/$defs/root_' } },
          required: ['back'],
          additionalProperties: false,
        },
        root_: {
          anyOf: [
            { type: 'string', const: '#' },
            { type: 'array', items: { $ref: '#/$defs/root_' } },
            { $ref: '#/$defs/root' },
          ],
        },
      },
    });
  });

  it('is told to be what it is also where it is not strict', () => {
    expect(wrapped({ type: 'array', items: {} }, false).jsonSchema).toEqual({
      type: 'object',
      properties: { response: { type: 'array', items: {} } },
      required: ['response'],
      additionalProperties: false,
    });
  });

  it('is an object already: nothing is wrapped', async () => {
    const parser = wrapped({ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] });
    expect(parser.jsonSchema).not.toHaveProperty('properties.response');
    expect(await parser.parse({ a: 'x' })).toEqual({ ok: true, value: { a: 'x' } });
  });

  it('reads what stands under its key, and says what is missing', async () => {
    const parser = createSchemaParser(z.array(z.number()), {
      what: 'the output type',
      strict: true,
      wrapUnder: 'response',
    });
    expect(await parser.parse({ response: [1] })).toEqual({ ok: true, value: [1] });
    expect(await parser.parse({ other: [1] })).toEqual({ ok: false, problem: 'the key "response" is missing' });
    expect(await parser.parse([1])).toEqual({ ok: false, problem: 'expected an object with the key "response"' });
    expect(await parser.parse({ response: ['x'] })).toMatchObject({ ok: false });
  });
});

describe('JSON text as models write it', () => {
  it.each<[text: string, value: unknown]>([
    ['', {}],
    ['  \n', {}],
    ['{"a":1}', { a: 1 }],
    ['[1]', [1]],
    ['null', null],
  ])('%j is %j [TL-5]', (text, value) => {
    expect(parseJson(text)).toEqual({ ok: true, value });
  });

  it('that is broken says how', () => {
    expect(parseJson('{"a":')).toEqual({ ok: false, problem: expect.stringContaining('JSON') });
  });
});
