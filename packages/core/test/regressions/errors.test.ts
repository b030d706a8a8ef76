import { expect, it } from 'vitest';
import { Agent, Runner, RunState } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { aborted } from '../support/gate.js';

it('an error that ended a run inside a run, too, shows the run that was asked for', async () => {
  const slow = new ScriptedModel([
    async ({ signal }) => {
      await aborted(signal);
      return 'Too late';
    },
  ]);
  const clerk = new Agent({ name: 'Clerk', model: slow });
  const boss = new Agent({
    name: 'Boss',
    model: new ScriptedModel([functionCall('clerk', { input: 'Go' })]),
    tools: [clerk.asTool()],
  });
  const error: unknown = await new Runner().run(boss, 'Hi', { timeoutMs: 20 }).catch((e: unknown) => e);
  expect(RunState.of(error)?.startingAgent).toBe(boss);
});
