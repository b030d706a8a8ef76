import { describe, expect, it } from 'vitest';
import { Agent, computerTool, MemorySession, Runner, RunState, tool, user } from '@baton/core';
import type { AgentInputItem, Computer, ModelMiddleware, ToolGuardrailFunctionOutput } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import type { ScriptedAnswer } from '@baton/core/testing';
import { createGate, settled } from '../support/gate.js';

const runner = new Runner();
const never = new Promise<never>(() => undefined);

describe('a tool that finished before an earlier one, in a process that then ended', () => {
  const starts: string[] = [];
  const pay = tool({ name: 'pay', execute: () => (starts.push('pay'), 'paid') });

  function makeAgent(look: () => Promise<string>, script: readonly ScriptedAnswer[]): Agent {
    return new Agent({
      name: 'A',
      model: new ScriptedModel(script),
      tools: [tool({ name: 'look', effect: 'none', execute: look }), pay],
    });
  }

  async function storedWhileLooking(): Promise<string> {
    starts.length = 0;
    const begun = createGate();
    const agent = makeAgent(() => {
      begun.open();
      return never;
    }, [[functionCall('look'), functionCall('pay')]]);
    const result = await runner.run(agent, 'Hi', { stream: true });
    await begun.opened;
    await settled();
    return result.state.toString();
  }

  it('does not run again; its output comes after the earlier one', async () => {
    const stored = await storedWhileLooking();
    const agent = makeAgent(() => Promise.resolve('seen'), ['Done.']);
    const state = RunState.fromString(agent, stored);
    expect(RunState.fromString(agent, state.toString()).toString()).toBe(stored);
    const { history } = await runner.run(agent, state);
    expect(starts).toEqual(['pay']);
    const outputs = history.flatMap((item) => (item.type === 'function_call_result' ? [item.output] : []));
    expect(outputs).toEqual(['seen', 'paid']);
  });

  it('keeps its output where the run is cancelled instead', async () => {
    const stored = await storedWhileLooking();
    const agent = makeAgent(() => Promise.resolve('seen'), ['Done.']);
    const error: unknown = await runner
      .run(agent, RunState.fromString(agent, stored), { signal: AbortSignal.abort() })
      .catch((thrown: unknown) => thrown);
    const text = JSON.stringify(RunState.of(error)?.history);
    expect(text).toContain('paid');
    expect(text).toContain('not completed');
  });
});

it('a tool whose end a hook could not take has its output in the conversation', async () => {
  const runner = new Runner();
  runner.on('agent_tool_end', () => {
    throw new Error('no');
  });
  const pay = tool({ name: 'pay', execute: () => 'paid' });
  const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('pay')]), tools: [pay] });
  const result = await runner.run(agent, 'Hi', { stream: true });
  await expect(result.completed).rejects.toThrow('no');
  expect(JSON.stringify(result.history)).toContain('paid');
});

describe('a model call that never came back, as its process ended', () => {
  it('is made again as the same step of the same turn', async () => {
    const steps: string[] = [];
    const noteStep: ModelMiddleware = (call, next) => (steps.push(call.step), next(call));
    const options = { maxTurns: 1, modelMiddleware: [noteStep] };
    const waiting = new Agent({ name: 'A', model: new ScriptedModel([() => never]) });
    const { state } = await runner.run(waiting, 'Hi', { ...options, stream: true });
    await settled();
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hello']) });
    const result = await runner.run(agent, RunState.fromString(agent, state.toString()), options);
    expect(result.finalOutput).toBe('Hello');
    expect(result.state.turn).toBe(1);
    expect(new Set(steps).size).toBe(1);
    expect(steps).toHaveLength(2);
  });
});

it('a run whose process ended before it had read its session still has its input', async () => {
  class SlowSession extends MemorySession {
    override getItems(): Promise<AgentInputItem[]> {
      return never;
    }
  }
  const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hello']) });
  const { state } = await runner.run(agent, 'Hi', { stream: true, session: new SlowSession() });
  await settled();
  const session = new MemorySession({ initialItems: [user('Before')] });
  const stored = state.toString();
  expect(RunState.fromString(agent, stored).toString()).toBe(stored);
  const { history } = await runner.run(agent, RunState.fromString(agent, stored), { session });
  expect(history.slice(0, 2)).toEqual([user('Before'), user('Hi')]);
  expect(await session.getItems()).toEqual(history);
});

it('a run inside a tool is over when the tool has its output, also where the process then ended', async () => {
  const clerk = new Agent({ name: 'Clerk', model: new ScriptedModel(['Done.']) });
  let peeks = 0;
  const peek = tool({ name: 'peek', effect: 'none', execute: () => (++peeks > 1 ? 'seen' : never) });
  const look = tool({ name: 'look', effect: 'none', execute: () => never });
  const agent = new Agent({
    name: 'A',
    model: new ScriptedModel([
      [functionCall('clerk', { input: 'Go' }), functionCall('peek'), functionCall('look')],
    ]),
    tools: [clerk.asTool(), peek, look],
  });
  const own = new Runner();
  own.on('agent_tool_end', () => never);
  const { state } = await own.run(agent, 'Hi', { stream: true });
  await settled();
  const again = await runner.run(agent, RunState.fromString(agent, state.toString()), { stream: true });
  await settled();
  const stored = again.state.toString();
  expect(stored).toContain('Done.');
  expect(RunState.fromString(agent, stored).toString()).toBe(stored);
});

it('a tool that had not started when its process ended starts in the next one', async () => {
  const pay = tool({
    name: 'pay',
    execute: () => 'paid',
    inputGuardrails: [{ name: 'slow', run: () => (resumed ? ALLOWED : never) }],
  });
  let resumed = false;
  const makeAgent = (script: readonly ScriptedAnswer[]): Agent =>
    new Agent({ name: 'A', model: new ScriptedModel(script), tools: [pay] });
  const { state } = await runner.run(makeAgent([functionCall('pay')]), 'Hi', { stream: true });
  await settled();
  const agent = makeAgent(['Done.']);
  resumed = true;
  const { history } = await runner.run(agent, RunState.fromString(agent, state.toString()));
  expect(JSON.stringify(history)).toContain('paid');
});

const ALLOWED: ToolGuardrailFunctionOutput = { behavior: { type: 'allow' } };

describe('a computer that may be used once, in a process that ended while it was used', () => {
  const typed: string[] = [];
  const makeAgent = (type: (text: string) => Promise<void>, script: readonly ScriptedAnswer[]): Agent => {
    const computer: Computer = {
      environment: 'browser',
      dimensions: [8, 6],
      screenshot: () => 'aA==',
      type,
      click() {},
      doubleClick() {},
      scroll() {},
      wait() {},
      move() {},
      keypress() {},
      drag() {},
    };
    return new Agent({ name: 'A', model: new ScriptedModel(script), tools: [computerTool({ computer, effect: 'once' })] });
  };

  it('is not used again; its call is answered with an empty picture', async () => {
    const begun = createGate();
    const call = { type: 'computer_call', callId: 'c1', action: { type: 'type', text: 'a' } } as const;
    const hanging = makeAgent((text) => {
      typed.push(text);
      begun.open();
      return never;
    }, [[call]]);
    const result = await runner.run(hanging, 'Hi', { stream: true });
    await begun.opened;
    const agent = makeAgent(() => Promise.resolve(void typed.push('again')), ['Done.']);
    const { history } = await runner.run(agent, RunState.fromString(agent, result.state.toString()));
    expect(typed).toEqual(['a']);
    expect(history.map((item) => item.type)).toEqual(['message', 'computer_call', 'computer_call_result', 'message']);
  });
});

it('a state does not collect calls that may run once: those that have their outputs are over', async () => {
  const pay = tool({ name: 'pay', effect: 'once', execute: () => 'paid' });
  const model = new ScriptedModel([functionCall('pay'), functionCall('pay'), 'Done.']);
  const { state } = await runner.run(new Agent({ name: 'A', model, tools: [pay] }), 'Hi');
  expect(state.toJSON().startedCalls).toEqual([]);
});
