import { expect, it } from 'vitest';
import { Agent, Runner, RunState, tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';

const runner = new Runner();

function lookupAndPay(ran: string[]): Agent {
  return new Agent({
    name: 'A',
    model: new ScriptedModel([[functionCall('lookup', {}, 'same'), functionCall('pay', {}, 'same')], 'Done']),
    tools: [
      tool({ name: 'lookup', execute: () => ran.push('lookup') }),
      tool({ name: 'pay', needsApproval: true, execute: () => ran.push('pay') }),
    ],
  });
}

it('of two calls with one id the human is asked about the one that waits, and each runs once, also from a stored state', async () => {
  const ran: string[] = [];
  const agent = lookupAndPay(ran);
  const { state } = await runner.run(agent, 'Hi');
  const stored = RunState.fromString(agent, state.toString());
  const waiting = stored.getInterruptions();
  expect(waiting.map((each) => each.name)).toEqual(['pay']);
  for (const each of waiting) stored.approve(each);
  const result = await runner.run(agent, stored);
  expect(result.finalOutput).toBe('Done');
  expect(ran).toEqual(['lookup', 'pay']);
});

it('the first tool is the one to stop on, where a later call has the same id', async () => {
  const agent = new Agent({
    name: 'A',
    toolUseBehavior: 'stop_on_first_tool',
    model: new ScriptedModel([[functionCall('a', {}, 'same'), functionCall('b', {}, 'same')], 'Done']),
    tools: [tool({ name: 'a', execute: () => 'A' }), tool({ name: 'b', execute: () => 'B' })],
  });
  expect((await runner.run(agent, 'Hi')).finalOutput).toBe('A');
});
