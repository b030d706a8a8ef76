import { describe, expect, it } from 'vitest';
import {
  Agent,
  assistant,
  MemorySession,
  ModelBehaviorError,
  Runner,
  RunState,
  tool,
  UserError,
} from '@baton/core';
import type { RunOptions, Session } from '@baton/core';
import { Usage } from '@baton/core/model';
import type { Model, UsageInput } from '@baton/core/model';
import { functionCall, ScriptedModel } from '@baton/core/testing';

const runner = new Runner();

/** A model that answers with whatever it is given, whole or as a stream. */
function giving(response: unknown): Model {
  return {
    getResponse: () => Promise.resolve(response as never),
    async *getStreamedResponse() {
      yield { type: 'response_done', response: response as never };
    },
  };
}

const bad: Readonly<Record<string, unknown>> = {
  'nothing': undefined,
  'null': null,
  'a text': 'hi',
  'no output': { usage: new Usage() },
  'a text as output': { output: 'hi', usage: new Usage() },
  'null as an item': { output: [null], usage: new Usage() },
  'an item without a type': { output: [{}], usage: new Usage() },
  'a function call without arguments': { output: [{ type: 'function_call', callId: 'c', name: 't' }], usage: new Usage() },
  'a message without content': { output: [{ type: 'message', role: 'assistant' }], usage: new Usage() },
};

describe.each(Object.entries(bad))('a model that gives %s', (_what, response) => {
  it.each([false, true])('ends the run with an error that has its state (streamed: %s)', async (stream) => {
    const agent = new Agent({ name: 'A', model: giving(response) });
    const ended = stream
      ? runner.run(agent, 'Hi', { stream: true }).then((result) => result.completed)
      : runner.run(agent, 'Hi');
    const error: unknown = await ended.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ModelBehaviorError);
    expect(String(error)).toMatch(/gave no response|did not produce a final response/);
    expect(RunState.of(error)).toBeInstanceOf(RunState);
  });
});

it('a middleware that gives no response ends the run as such a model does', async () => {
  const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hi']) });
  const modelMiddleware = [() => Promise.resolve(undefined as never)];
  await expect(runner.run(agent, 'Hi', { modelMiddleware })).rejects.toThrow(ModelBehaviorError);
});

it.each([undefined, null, 5, { requests: 1, inputTokens: 1, outputTokens: 1 }])(
  'usage of %j counts as one request',
  async (usage) => {
    const agent = new Agent({ name: 'A', model: giving({ output: [assistant('ok')], usage }) });
    const result = await runner.run(agent, 'Hi');
    expect(result.finalOutput).toBe('ok');
    expect(result.state.context.usage.requests).toBe(1);
  },
);

it.each([-1, 1.5, Number.NaN, Infinity, '5', null])('a state whose model counted %s tokens can be read again', async (inputTokens) => {
  const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'paid' });
  const usage = new Usage({ requests: 1, inputTokens, inputTokensDetails: { cached_tokens: inputTokens } } as UsageInput);
  const agent = new Agent({ name: 'A', model: new ScriptedModel([{ output: [functionCall('pay')], usage }]), tools: [pay] });
  const { state } = await runner.run(agent, 'Hi');
  expect(RunState.fromString(agent, state.toString()).getInterruptions()).toHaveLength(1);
});

it.each([{ maxTurns: '5' }, { maxTurns: Number.NaN }, { maxTurns: true }, { timeoutMs: '5' }])('%j is refused before the run begins', async (options) => {
  const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hi']) });
  await expect(runner.run(agent, 'Hi', options as unknown as RunOptions)).rejects.toThrow(UserError);
});

it.each([undefined, null, 'abc', [null], ['x'], [{}]])('a session that gives %j ends the run with an error that names it', async (items) => {
  const session: Session = Object.assign(new MemorySession(), { getItems: () => Promise.resolve(items as never) });
  const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hi']) });
  const error: unknown = await runner.run(agent, 'Hi', { session }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toContain('session.getItems()');
  expect(RunState.of(error)).toBeInstanceOf(RunState);
});
