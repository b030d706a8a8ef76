import { expect, it } from 'vitest';
import { Agent, Runner, RunState, tool } from '@baton/core';
import type { Model } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { aborted } from '../support/gate.js';

const runner = new Runner();

/** A model that answers only when it is cancelled. */
function waitingModel(): Model {
  return new ScriptedModel([
    async ({ signal }) => {
      await aborted(signal);
      throw new Error('cancelled');
    },
  ]);
}

it('a run that failed beside a nested run can be stored and brought back', async () => {
  const clerk = new Agent({ name: 'Clerk', model: waitingModel() });
  const broken = tool({
    name: 'broken',
    errorFunction: null,
    execute: () => {
      throw new Error('no');
    },
  });
  const boss = new Agent({
    name: 'Boss',
    model: new ScriptedModel([[functionCall('clerk', { input: 'Go' }), functionCall('broken')]]),
    tools: [clerk.asTool(), broken],
  });
  const error: unknown = await runner.run(boss, 'Hi').catch((thrown: unknown) => thrown);
  const stored = RunState.of(error)?.toString() ?? '';
  expect(RunState.fromString(boss, stored).toString()).toBe(stored);
});

it('a run that comes back has everything after a withheld message, too', async () => {
  const agent = new Agent({
    name: 'A',
    model: new ScriptedModel(['bad', 'good']),
    outputGuardrails: [
      { name: 'no_bad', execute: ({ agentOutput }) => ({ tripwireTriggered: agentOutput === 'bad' }) },
    ],
  });
  const error: unknown = await runner.run(agent, 'Hi').catch((thrown: unknown) => thrown);
  const { state } = await runner.run(agent, RunState.of(error) ?? []);
  expect(RunState.fromString(agent, state.toString()).history).toEqual(state.history);
});
