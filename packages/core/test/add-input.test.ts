import { Agent, RunState, Runner, tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';

const runner = new Runner();

function makeAgent(script: ConstructorParameters<typeof ScriptedModel>[0]): {
  agent: Agent;
  model: ScriptedModel;
} {
  const model = new ScriptedModel(script);
  const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'paid' });
  return { agent: new Agent({ name: 'A', model, tools: [pay] }), model };
}

describe('input added to a run', () => {
  it('waits for the open calls and is part of the next model call, also in another process [JS-61]', async () => {
    const first = await runner.run(makeAgent([functionCall('pay')]).agent, 'Pay');
    first.state.addInput('And hurry up');
    const { agent, model } = makeAgent(['done']);
    const state = RunState.fromString(agent, first.state.toString());
    for (const call of state.getInterruptions()) state.approve(call);
    const result = await runner.run(agent, state);
    expect(model.calls[0]?.input.map((item) => ('role' in item ? item.role : item.type))).toEqual([
      'user',
      'function_call',
      'function_call_result',
      'user',
    ]);
    expect(result.finalOutput).toBe('done');
    expect(result.newItems.map((item) => item.type)).toEqual([
      'tool_call_item',
      'tool_call_output_item',
      'message_output_item',
    ]);
  });

  it('reaches a run that is under way', async () => {
    const look = tool({ name: 'look', execute: () => 'seen' });
    const model = new ScriptedModel([functionCall('look'), 'done']);
    const stream = await runner.run(new Agent({ name: 'A', model, tools: [look] }), 'Look', {
      stream: true,
    });
    for await (const event of stream) {
      if (event.type === 'run_item_stream_event' && event.name === 'tool_called') {
        stream.state.addInput('Look twice');
      }
    }
    expect(model.calls[1]?.input.at(-1)).toMatchObject({ role: 'user', content: 'Look twice' });
  });
});
