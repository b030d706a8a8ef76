import { expect, it } from 'vitest';
import { Agent, assistant, MemorySession, Runner, RunState, tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { aborted, createGate } from '../support/gate.js';

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

it('what an error handler says is in the conversation once it has passed, and only once', async () => {
  const begun = createGate();
  const agent = new Agent({
    name: 'A',
    model: new ScriptedModel([{ ...assistant(''), content: [{ type: 'refusal', refusal: 'No' }] }]),
    outputGuardrails: [
      {
        name: 'slow at first',
        execute: async ({ signal }) => {
          begun.open();
          if (!resumed) await aborted(signal);
          return { tripwireTriggered: false };
        },
      },
    ],
  });
  let resumed = false;
  const session = new MemorySession();
  const abort = new AbortController();
  const options = { session, errorHandlers: { default: () => ({ finalOutput: 'Sorry' }) } };
  const run = new Runner().run(agent, 'Hi', { ...options, signal: abort.signal });
  await begun.opened;
  abort.abort();
  const error: unknown = await run.catch((thrown: unknown) => thrown);
  expect(JSON.stringify([RunState.of(error)?.history, await session.getItems()])).not.toContain('Sorry');
  resumed = true;
  const result = await new Runner().run(agent, RunState.of(error) ?? [], options);
  expect(result.history.slice(2)).toEqual([assistant('Sorry')]);
  expect(await session.getItems()).toEqual(result.history);
});
