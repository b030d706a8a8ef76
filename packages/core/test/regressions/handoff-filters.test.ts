import { expect, it } from 'vitest';
import { Agent, handoff, RunState, run } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';

const nothing = (): { inputHistory: []; preHandoffItems: []; newItems: [] } => ({ inputHistory: [], preHandoffItems: [], newItems: [] });

it.each(['a filter', 'a hook'])('a handoff that fails in %s shows the next agent nothing it was to be kept from when the run goes on', async (where) => {
  let fails = true;
  const failOnce = (place: string): void => {
    if (place !== where || !fails) return;
    fails = false;
    throw new Error('not now');
  };
  const model = new ScriptedModel(['Hello'], { repeat: true });
  const next = new Agent({ name: 'B', model });
  const inputFilter = (): ReturnType<typeof nothing> => {
    failOnce('a filter');
    return nothing();
  };
  const agent = new Agent({
    name: 'A',
    model: new ScriptedModel([functionCall('transfer_to_b')], { repeat: true }),
    handoffs: [handoff(next, { inputFilter })],
  }).on('agent_handoff', () => failOnce('a hook'));
  const stream = await run(agent, 'A secret', { stream: true });
  await expect(stream.completed).rejects.toThrow('not now');
  const result = await run(agent, RunState.fromString(agent, stream.state.toString()));
  expect(result.finalOutput).toBe('Hello');
  expect(JSON.stringify(model.calls.map((call) => call.input))).not.toContain('A secret');
});
