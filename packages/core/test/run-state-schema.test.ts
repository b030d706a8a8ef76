import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { Agent, handoff, RunContext, Runner, tool } from '@baton/core';
import type { RunState } from '@baton/core';
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
