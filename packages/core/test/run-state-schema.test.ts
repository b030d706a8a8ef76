import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { Agent, handoff, RunContext, Runner, RunState, tool } from '@baton/core';
import type { Span, Tracer } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';

const schema: unknown = JSON.parse(
  readFileSync(new URL('../run-state.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ strict: false }).compile(schema as object);

function expectValid(state: RunState): void {
  const data: unknown = JSON.parse(state.toString({ includeContext: true }));
  validate(data);
  expect(validate.errors ?? []).toEqual([]);
}

const runner = new Runner();

describe('the published schema of the run state', () => {
  it('describes a run that is over, one that waits inside a nested run, and one after a filtered handoff [RUN-57]', async () => {
    const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'paid' });
    const clerk = new Agent({
      name: 'Clerk',
      model: new ScriptedModel([functionCall('pay')]),
      tools: [pay],
    });
    const boss = new Agent({
      name: 'Boss',
      model: new ScriptedModel([functionCall('clerk', { input: 'pay' })]),
      tools: [clerk.asTool()],
      inputGuardrails: [{ name: 'fine', execute: () => ({ tripwireTriggered: false }) }],
    });
    const waiting = await runner.run(boss, 'Pay', { context: new RunContext({ user: 'x' }) });
    expect(waiting.interruptions).toHaveLength(1);
    expectValid(waiting.state);

    const target = new Agent({ name: 'Target', model: new ScriptedModel(['done']) });
    const start = new Agent({
      name: 'Start',
      model: new ScriptedModel([functionCall('transfer_to_target')]),
      handoffs: [handoff(target, { inputFilter: (data) => ({ ...data, newItems: [] }) })],
    });
    const over = await runner.run(start, 'Go', { previousResponseId: undefined });
    expect(over.finalOutput).toBe('done');
    expectValid(over.state);
  });

  it('describes the trace that a run is part of, which its tracer hears of when it goes on [RUN-57]', async () => {
    const resumed: unknown[] = [];
    const reference = { traceId: 'trace_1', workflowName: 'W', groupId: 'g', origin: 'app', keyFingerprint: '0a1b2c3d' } as const;
    const span: Span = {
      data: { type: 'task', name: 'W' },
      traceReference: reference,
      setError: () => undefined,
      end: () => undefined,
      run: (fn) => fn(),
    };
    const tracer: Tracer = {
      startTrace: ({ resumes }) => {
        resumed.push(resumes);
        return span;
      },
      startSpan: (data) => ({ ...span, data }),
    };
    const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'paid' });
    const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('pay'), 'done']), tools: [pay] });
    const { state } = await runner.run(agent, 'hello', { tracer });
    expectValid(state);
    const stored = RunState.fromString(agent, state.toString());
    for (const call of stored.getInterruptions()) stored.approve(call);
    await runner.run(agent, stored, { tracer });
    expect(resumed).toEqual([undefined, reference]);
    const damaged = JSON.stringify({ ...state.toJSON(), trace: { traceId: 7, workflowName: 'W' } });
    expect(() => RunState.fromString(agent, damaged)).toThrow('its field "trace"');
  });

  it('refuses a state with a field it does not know', async () => {
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['hi']) });
    const { state } = await runner.run(agent, 'hello');
    expect(validate({ ...state.toJSON(), secret: 'x' })).toBe(false);
  });
});

describe('a run that goes on from a state', () => {
  it('leaves the state and its result as they were [RUN-32, RUN-33]', async () => {
    const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'paid' });
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('pay'), 'done']),
      tools: [pay],
    });
    const first = await runner.run(agent, 'pay');
    for (const call of first.interruptions) first.state.approve(call);
    const before = first.state.toString();
    const second = await runner.run(agent, first.state);
    expect(second.finalOutput).toBe('done');
    expect(first.state.toString()).toBe(before);
    expect(first.finalOutput).toBeUndefined();
    expect(first.usage.requests).toBe(1);
    expect(second.usage.requests).toBe(2);
  });
});
