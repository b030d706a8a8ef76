import { expect, it } from 'vitest';
import { Agent, MemorySession, Runner, RunState, tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';

it('an output guardrail that refuses what an error handler says leaves the tools their outputs', async () => {
  const pay = tool({ name: 'pay', execute: () => 'paid' });
  const agent = new Agent({
    name: 'A',
    model: new ScriptedModel([functionCall('pay')]),
    tools: [pay],
    outputGuardrails: [{ name: 'never', execute: () => ({ tripwireTriggered: true }) }],
  });
  const session = new MemorySession();
  const error: unknown = await new Runner()
    .run(agent, 'Hi', {
      session,
      maxTurns: 1,
      errorHandlers: { maxTurns: () => ({ finalOutput: 'Sorry' }) },
    })
    .catch((thrown: unknown) => thrown);
  const history = RunState.of(error)?.history;
  expect(JSON.stringify(history)).toContain('paid');
  expect(JSON.stringify(history)).not.toContain('Sorry');
  expect(await session.getItems()).toEqual(history);
});
