import { expect, it } from 'vitest';
import { Agent, Runner, RunState } from '@baton/core';
import type { Model } from '@baton/core';
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

it.each(['text', undefined, 42])('what a model throws that is no Error (%s) comes out as it is, whether or not the run can be cancelled', async (thrown) => {
  const failing = {
    getResponse: () => Promise.reject(thrown),
    getStreamedResponse: () => {
      throw thrown;
    },
  } as unknown as Model; // as JavaScript lets it
  const agent = new Agent({ name: 'A', model: failing });
  const runner = new Runner();
  const { signal } = new AbortController();
  const ways = [
    runner.run(agent, 'Hi'),
    runner.run(agent, 'Hi', { signal }),
    runner.run(agent, 'Hi', { stream: true }).then((stream) => stream.completed),
  ];
  const reasons = (await Promise.allSettled(ways)).map((way) => way.status === 'rejected' && way.reason);
  expect(reasons).toEqual([thrown, thrown, thrown]);
});
