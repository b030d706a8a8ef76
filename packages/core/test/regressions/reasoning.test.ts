import { describe, expect, it } from 'vitest';
import { Agent, assistant, handoff, Runner, RunState, tool, user } from '@baton/core';
import type { AgentInputItem } from '@baton/core';
import { functionCall, reasoning, ScriptedModel } from '@baton/core/testing';

const runner = new Runner();
const types = (items: readonly AgentInputItem[]): string[] =>
  items.map((item) => ('role' in item ? item.role : item.type));

describe('reasoning', () => {
  it('is left out of the history together with the call it led to, while that waits', async () => {
    const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'paid' });
    const look = tool({ name: 'look', execute: () => 'seen' });
    const model = new ScriptedModel([[reasoning('hm'), functionCall('pay'), functionCall('look')]]);
    const { history } = await runner.run(new Agent({ name: 'A', model, tools: [pay, look] }), 'Hi');
    expect(types(history)).toEqual(['user', 'function_call', 'function_call_result']);
  });

  it('is withheld with the message that it led to, and with no other', async () => {
    const look = tool({ name: 'look', execute: () => 'seen' });
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([
        [reasoning('first'), functionCall('look'), reasoning('second'), assistant('{"a":1}')],
      ]),
      tools: [look],
      outputType: { type: 'json_schema', name: 'a', strict: true, schema: { type: 'object' } },
      outputGuardrails: [{ name: 'never', execute: () => ({ tripwireTriggered: true }) }],
    });
    const error: unknown = await runner.run(agent, 'Hi').catch((thrown: unknown) => thrown);
    expect(types(RunState.of(error)?.history ?? [])).toEqual([
      'user',
      'reasoning',
      'function_call',
      'function_call_result',
    ]);
  });

  it('leaves a view together with the call that a filter took out', async () => {
    const look = tool({ name: 'look', execute: () => 'seen' });
    const target = new ScriptedModel(['Done.']);
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([
        [reasoning('hm'), functionCall('look')],
        functionCall('transfer_to_b'),
      ]),
      tools: [look],
      handoffs: [
        handoff(new Agent({ name: 'B', model: target }), {
          inputFilter: (data) => ({
            ...data,
            preHandoffItems: data.preHandoffItems.filter((item) => item.type !== 'tool_call_item'),
          }),
        }),
      ],
    });
    await runner.run(agent, 'Hi');
    expect(types(target.calls[0]?.input ?? [])).toEqual(['user', 'function_call', 'function_call_result']);
  });

  it('that led to nothing has no place in a conversation', async () => {
    const model = new ScriptedModel([[reasoning('hm')], 'Hello']);
    const agent = new Agent({ name: 'A', model });
    const error: unknown = await runner.run(agent, 'Hi').catch((thrown: unknown) => thrown);
    const history = RunState.of(error)?.history ?? [];
    expect(types(history)).toEqual(['user']);
    const again = await runner.run(agent, RunState.fromString(agent, RunState.of(error)?.toString() ?? ''));
    expect(types(again.history)).toEqual(['user', 'assistant']);
    expect(types(model.calls[1]?.input ?? [])).toEqual(['user']);
    expect([...history, user('And?')]).toHaveLength(2);
  });
});
