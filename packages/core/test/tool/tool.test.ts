import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Agent, RunContext, tool } from '../../src/index.js';
import type { FunctionTool, ToolOptions } from '../../src/index.js';
import { serializeTool } from '../../src/tool/index.js';

const made = (options: Partial<ToolOptions<undefined, unknown, unknown>> = {}): FunctionTool =>
  tool({ name: 't', execute: () => 'done', ...options });

describe('a tool', () => {
  it.each([
    ['get_weather', 'get_weather'],
    ['get weather', 'get_weather'],
    ['  Get Weather! ', 'Get_Weather_'],
    ['größe', 'gr__e'],
    ['a-b_c9', 'a-b_c9'],
    ['x'.repeat(70), 'x'.repeat(64)],
  ])('named %j is told to the model as %j', (name, told) => {
    expect(made({ name }).name).toBe(told);
  });

  it('has careful defaults: strict, always offered, no approval, runs once', () => {
    expect(made()).toMatchObject({
      type: 'function',
      description: '',
      strict: true,
      isEnabled: true,
      needsApproval: false,
      effect: 'once',
      parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
    });
  });

  it('is told to a model as plain data, without its code', () => {
    const told = serializeTool(
      made({ description: 'Does it', strict: false, providerData: { cache: true } }),
    );
    expect(told).toMatchObject({
      type: 'function',
      name: 't',
      description: 'Does it',
      strict: false,
      providerData: { cache: true },
    });
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  });

  it('reads arguments without running anything', async () => {
    const sum = tool({
      name: 'sum',
      parameters: z.object({ a: z.number(), b: z.number().default(1) }),
      execute: () => 0,
    });
    expect(await sum.parse('{"a":1,"b":null}')).toEqual({ ok: true, value: { a: 1, b: 1 } });
    expect(await sum.parse('')).toMatchObject({ ok: false });
    expect(await sum.parse('null')).toEqual({
      ok: false,
      problem: 'expected an object with the arguments by name',
    });
    expect(await sum.parse('{')).toMatchObject({ ok: false });
  });

  it('can be copied with a change and keeps how it fails [TOL-10]', async () => {
    const failing = made({
      errorFunction: () => 'as agreed',
      execute: () => {
        throw new Error('no');
      },
    });
    const copy = { ...failing, name: 'other' };
    expect(new Agent({ name: 'A', tools: [copy] }).tools[0]?.name).toBe('other');
    const output = await copy.invoke(new RunContext(undefined), '{}', {
      signal: new AbortController().signal,
      includeSensitiveData: false,
    } as never); // all that it looks at
    expect(output).toBe('as agreed');
  });
});
