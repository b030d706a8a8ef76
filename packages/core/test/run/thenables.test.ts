import { Agent, assistant, run, tool, Usage } from '@baton/core';
import type { Model, ModelMiddleware, ModelResponse } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';

/** A promise of another kind, as query builders and other realms give: it can be awaited, and is no `Promise`. */
function thenable<T>(settle: () => T): Promise<T> {
  const inner = Promise.resolve().then(settle);
  return { then: inner.then.bind(inner) } as Promise<T>; // all that `await` needs
}

const HELLO: ModelResponse = { output: [assistant('Hello')], usage: new Usage({ requests: 1 }) };

describe('a promise of another kind counts as a promise', () => {
  it('that a tool gives, whose failure is told to the model', async () => {
    const model = new ScriptedModel([[functionCall('good', {}, 'c1'), functionCall('bad', {}, 'c2')], 'Done']);
    const good = tool({ name: 'good', execute: () => thenable(() => 42) });
    const bad = tool({
      name: 'bad',
      errorFunction: () => 'told',
      execute: () =>
        thenable((): number => {
          throw new Error('no database');
        }),
    });
    const result = await run(new Agent({ name: 'A', model, tools: [good, bad] }), 'Hi');
    expect(result.newItems.flatMap((item) => (item.type === 'tool_call_output_item' ? [item.output] : []))).toEqual([42, 'told']);
  });

  it('that a model provider gives', async () => {
    const model: Model = new ScriptedModel(['Hello']);
    const result = await run(new Agent({ name: 'A' }), 'Hi', { modelProvider: { getModel: () => thenable(() => model) } });
    expect(result.finalOutput).toBe('Hello');
  });

  it('that a model gives, which a cancelled run does not wait for', async () => {
    const abort = new AbortController();
    const hanging = { getResponse: () => ({ then: () => queueMicrotask(() => abort.abort()) }) } as unknown as Model; // never settles
    await expect(run(new Agent({ name: 'A', model: hanging }), 'Hi', { signal: abort.signal })).rejects.toThrow(/cancelled/i);
  });

  it('that a model gives in a run that nobody can cancel', async () => {
    const model = { getResponse: () => thenable(() => HELLO) } as unknown as Model; // is never streamed
    expect((await run(new Agent({ name: 'A', model }), 'Hi')).finalOutput).toBe('Hello');
  });

  it.each([
    ['gives no promise', (response: ModelResponse) => response],
    ['gives a promise of its own', (response: ModelResponse) => thenable(() => response)],
  ])('that model middleware gives, also where it %s', async (_what, give) => {
    const answer = (() => give(HELLO)) as ModelMiddleware; // as JavaScript lets it
    const agent = new Agent({ name: 'A', model: new ScriptedModel([]) });
    expect((await run(agent, 'Hi', { modelMiddleware: [answer] })).finalOutput).toBe('Hello');
  });

  it('that says whether a tool is switched on', async () => {
    const off = tool({ name: 'off', isEnabled: () => thenable(() => false), execute: () => '' });
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hello']), tools: [off] });
    const { runContext } = await run(agent, 'Hi');
    expect(await agent.getAllTools(runContext)).toEqual([]);
  });

  it('that a schema gives', async () => {
    const parameters = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value: unknown) => thenable(() => ({ value })),
        jsonSchema: { input: () => ({ type: 'object', properties: {} }), output: () => ({ type: 'object' }) },
      },
    } as const;
    const echo = tool({ name: 'echo', parameters, strict: false, execute: (input: unknown) => JSON.stringify(input) });
    const model = new ScriptedModel([functionCall('echo', { a: 1 }, 'c1'), 'Done']);
    const result = await run(new Agent({ name: 'A', model, tools: [echo] }), 'Hi');
    expect(result.newItems.flatMap((item) => (item.type === 'tool_call_output_item' ? [item.output] : []))).toEqual(['{"a":1}']);
  });
});
