import { describe, expect, it } from 'vitest';
import { Agent, handoff, MemorySession, RunCancelledError, Runner, RunState, RunTimeoutError, tool } from '@baton/core';
import type { RunOptions, ToolOptions } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { createGate } from '../support/gate.js';

const runner = new Runner();

interface Hanging {
  readonly agent: Agent;
  readonly options?: Omit<RunOptions, 'signal' | 'timeoutMs'>;
}

/** Makes a run that never comes back from one place, and tells when it is there. */
type MakeHanging = (hang: () => Promise<never>) => Hanging;

const says = (): ScriptedModel => new ScriptedModel(['ok', 'ok']);

const calling = (options: Partial<ToolOptions<undefined, unknown, string>> = {}): Agent =>
  new Agent({
    name: 'A',
    model: new ScriptedModel([functionCall('act'), 'ok']),
    tools: [tool({ name: 'act', execute: () => 'acted', ...options })],
  });

const places: Readonly<Record<string, MakeHanging>> = {
  "a session's getItems": (hang) => ({
    agent: new Agent({ name: 'A', model: says() }),
    options: { session: Object.assign(new MemorySession(), { getItems: hang }) },
  }),
  'a session input callback': (hang) => ({
    agent: new Agent({ name: 'A', model: says() }),
    options: { session: new MemorySession(), sessionInputCallback: hang },
  }),
  'a hook': (hang) => ({ agent: new Agent({ name: 'A', model: says() }).on('agent_start', hang) }),
  'instructions': (hang) => ({ agent: new Agent({ name: 'A', model: says(), instructions: hang }) }),
  'an input filter': (hang) => ({
    agent: new Agent({ name: 'A', model: says() }),
    options: { callModelInputFilter: hang },
  }),
  'needsApproval': (hang) => ({ agent: calling({ needsApproval: hang }) }),
  'toolUseBehavior': (hang) => ({ agent: calling().clone({ toolUseBehavior: hang }) }),
  'a tool error formatter': (hang) => ({
    agent: new Agent({ name: 'A', model: new ScriptedModel([functionCall('nothing'), 'ok']) }),
    options: { toolNotFoundBehavior: 'return_error_to_model', toolErrorFormatter: hang },
  }),
  'onHandoff': (hang) => ({
    agent: new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('transfer_to_b'), 'ok']),
      handoffs: [handoff(new Agent({ name: 'B', model: says() }), { onHandoff: hang })],
    }),
  }),
  'a handoff filter': (hang) => ({
    agent: new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('transfer_to_b'), 'ok']),
      handoffs: [handoff(new Agent({ name: 'B', model: says() }), { inputFilter: hang })],
    }),
  }),
  'an error handler': (hang) => ({
    agent: new Agent({ name: 'A', model: says() }),
    options: { maxTurns: 0, errorHandlers: { maxTurns: hang } },
  }),
};

describe.each(Object.entries(places))('a run that hangs in %s', (_place, make) => {
  it('ends when its time is up, and has its state', async () => {
    const { agent, options } = make(() => new Promise(() => undefined));
    const error: unknown = await runner.run(agent, 'Hi', { ...options, timeoutMs: 20 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RunTimeoutError);
    expect(RunState.of(error)).toBeInstanceOf(RunState);
  });

  it.each([false, true])('ends when it is cancelled (streamed: %s)', async (stream) => {
    const there = createGate();
    const abort = new AbortController();
    const { agent, options } = make(() => {
      there.open();
      return new Promise(() => undefined);
    });
    if (stream) {
      const result = await runner.run(agent, 'Hi', { ...options, stream: true });
      await there.opened;
      result.cancel();
      await result.completed;
      expect(result.cancelled).toBe(true);
      return;
    }
    const ended = runner.run(agent, 'Hi', { ...options, signal: abort.signal });
    await there.opened;
    abort.abort();
    await expect(ended).rejects.toThrow(RunCancelledError);
  });
});

it('a run that hangs in a hook for its end is over with its answer when its time is up', async () => {
  const agent = new Agent({ name: 'A', model: says() }).on('agent_end', () => new Promise(() => undefined));
  expect((await runner.run(agent, 'Hi', { timeoutMs: 20 })).finalOutput).toBe('ok');
});

it('a run that was cancelled while its session hung goes on from its state', async () => {
  let hangs = true;
  const session = new MemorySession();
  const getItems = session.getItems.bind(session);
  session.getItems = (limit) => (hangs ? new Promise(() => undefined) : getItems(limit));
  const agent = new Agent({ name: 'A', model: says() });
  const error: unknown = await runner.run(agent, 'Hi', { session, timeoutMs: 20 }).catch((thrown: unknown) => thrown);
  const state = RunState.of(error);
  if (state === undefined) throw new Error('the error has no state');
  hangs = false;
  const result = await runner.run(agent, state, { session });
  expect(result.finalOutput).toBe('ok');
  expect(await session.getItems()).toHaveLength(2);
});
