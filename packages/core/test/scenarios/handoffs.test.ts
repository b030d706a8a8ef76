import { describe, expect } from 'vitest';
import * as z from 'zod';
import {
  Agent,
  assistant,
  handoff,
  ModelBehaviorError,
  tool,
  user,
  UserError,
} from '../../src/index.js';
import type { AgentInputItem, HandoffInputData, HandoffInputFilter, RunItem } from '../../src/index.js';
import { functionCall } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';

const toB = (callId = 'h1') => functionCall('transfer_to_b', {}, callId);
const toC = (callId = 'h2') => functionCall('transfer_to_c', {}, callId);

const result = (callId: string, name: string, output: string): AgentInputItem => ({
  type: 'function_call_result',
  callId,
  name,
  status: 'completed',
  output,
});

const transferred = (callId = 'h1'): AgentInputItem =>
  result(callId, 'transfer_to_b', '{"assistant":"B"}');

const types = (items: readonly (RunItem | { readonly type: string })[] | undefined): string[] =>
  (items ?? []).map((item) => item.type);

describe('a handoff', () => {
  scenario(
    'gives the run to another agent, with a transfer message as the call\'s output [HO-4, HND-01]',
    {
      process: (world) => {
        const b = new Agent({ name: 'B', model: world.model(['I am B.'], { name: 'b' }) });
        return { agent: new Agent({ name: 'A', model: world.model([toB()], { name: 'a' }), handoffs: [b] }) };
      },
    },
    (outcome) => {
      expect(outcome.finalOutput).toBe('I am B.');
      expect(outcome.lastAgent).toBe('B');
      expect(outcome.history).toEqual([user('Hi'), toB(), transferred(), assistant('I am B.')]);
      expect(outcome.newItems?.map(({ type, agent, target }) => [type, agent, target])).toEqual([
        ['handoff_call_item', 'A', undefined],
        ['handoff_output_item', 'A', 'B'],
        ['message_output_item', 'B', undefined],
      ]);
      expect(outcome.requests.map(({ model, input }) => [model, input.length])).toEqual([
        ['a', 1],
        ['b', 3],
      ]);
    },
  );

  scenario(
    'is told to the model as a function without arguments, with the description of its target [HO-1, HO-2, HO-3, HO-9]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model(['Hi']),
          handoffs: [
            new Agent({ name: 'Refund Agent', handoffDescription: 'Gives money back.' }),
            handoff(new Agent({ name: 'C' }), {
              toolNameOverride: 'escalate',
              toolDescriptionOverride: 'To a human',
            }),
          ],
        }),
      }),
    },
    (outcome) => expect(outcome.requests[0]?.handoffs).toEqual(['transfer_to_refund_agent', 'escalate']),
  );

  scenario(
    'goes before a tool: its name is looked up first, and the tools of the turn have run [RUN-14, HO-15]',
    {
      process: (world) => {
        const b = new Agent({ name: 'B', model: world.model(['Done'], { name: 'b' }) });
        return {
          agent: new Agent({
            name: 'A',
            model: world.model([[toB(), functionCall('log', {}, 'c1')]], { name: 'a' }),
            handoffs: [b],
            tools: [tool({ name: 'log', execute: () => world.note('logged') })],
            toolUseBehavior: 'stop_on_first_tool',
          }),
        };
      },
    },
    (outcome) => {
      expect(outcome.notes).toEqual(['logged']);
      expect(outcome.finalOutput).toBe('Done');
      expect(types(outcome.newItems)).toEqual([
        'handoff_call_item',
        'tool_call_item',
        'tool_call_output_item',
        'handoff_output_item',
        'message_output_item',
      ]);
    },
  );

  scenario(
    'among several is the first one; each other is answered and stays in history [RUN-21]',
    {
      process: (world) => {
        const b = new Agent({ name: 'B', model: world.model(['Done'], { name: 'b' }) });
        const c = new Agent({ name: 'C', model: world.model([], { name: 'c' }) });
        return {
          agent: new Agent({ name: 'A', model: world.model([[toB(), toC()]], { name: 'a' }), handoffs: [b, c] }),
        };
      },
    },
    (outcome) => {
      expect(outcome.lastAgent).toBe('B');
      expect(outcome.history).toEqual([
        user('Hi'),
        toB(),
        toC(),
        result('h2', 'transfer_to_c', 'Multiple handoffs detected, ignoring this one.'),
        transferred(),
        assistant('Done'),
      ]);
      expect(outcome.requests[1]?.input).toHaveLength(5);
    },
  );

  scenario(
    'can lead back, by a function that returns the agent [X-15]',
    {
      process: (world) => {
        const a: Agent = new Agent({
          name: 'A',
          model: world.model([toB(), 'Back at A.'], { name: 'a' }),
          handoffs: [() => b],
        });
        const b: Agent = new Agent({
          name: 'B',
          model: world.model([functionCall('transfer_to_a', {}, 'h2')], { name: 'b' }),
          handoffs: [() => a],
        });
        return { agent: a };
      },
    },
    (outcome) => {
      expect(outcome.finalOutput).toBe('Back at A.');
      expect(outcome.lastAgent).toBe('A');
      expect(outcome.hooks.filter((hook) => hook.startsWith('run agent_start'))).toEqual([
        'run agent_start A 1',
        'run agent_start B 3',
        'run agent_start A 5',
      ]);
    },
  );

  scenario(
    'can lead to the agent itself',
    {
      process: (world) => {
        const a: Agent = new Agent({
          name: 'A',
          model: world.model([functionCall('transfer_to_a'), 'Still me.']),
          handoffs: [() => a],
        });
        return { agent: a };
      },
    },
    (outcome) => expect(outcome.finalOutput).toBe('Still me.'),
  );

  scenario(
    'between agents of one name keeps them apart, also in a stored state [JS-54]',
    {
      process: (world) => {
        const inner = new Agent({ name: 'A', model: world.model(['Inner.'], { name: 'inner' }) });
        return {
          agent: new Agent({
            name: 'A',
            model: world.model([functionCall('inner'), 'never'], { name: 'outer' }),
            handoffs: [handoff(inner, { toolNameOverride: 'inner' })],
          }),
        };
      },
    },
    (outcome) => {
      expect(outcome.finalOutput).toBe('Inner.');
      expect(outcome.requests.map((request) => request.model)).toEqual(['outer', 'inner']);
    },
  );

  scenario(
    'that is switched off is not offered [JS-97]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model(['Hi']),
          handoffs: [
            handoff(new Agent({ name: 'B' }), { isEnabled: false }),
            handoff(new Agent({ name: 'C' }), {
              isEnabled: ({ agent }) => Promise.resolve(agent.name === 'A'),
            }),
          ],
        }),
      }),
    },
    (outcome) => expect(outcome.requests[0]?.handoffs).toEqual(['transfer_to_c']),
  );

  scenario(
    'ends the tool loop of the agent: the turn counter goes on [RUN-27]',
    {
      process: (world) => {
        const b = new Agent({ name: 'B', model: world.model([], { name: 'b' }) });
        return {
          agent: new Agent({ name: 'A', model: world.model([toB()], { name: 'a' }), handoffs: [b] }),
          options: { maxTurns: 1 },
        };
      },
    },
    (outcome) => expect(outcome.error?.message).toBe('Max turns (1) exceeded'),
  );
});

describe('what a model passes along with a handoff', () => {
  const passing = (args: string) => ({
    process: (world: Parameters<Parameters<typeof scenario>[1]['process']>[0]) => {
      const b = new Agent({ name: 'B', model: world.model(['Done'], { name: 'b' }) });
      return {
        agent: new Agent({
          name: 'A',
          model: world.model([functionCall('transfer_to_b', args, 'h1')], { name: 'a' }),
          handoffs: [
            handoff(b, {
              inputType: z.object({ reason: z.string(), urgent: z.boolean().optional() }),
              onHandoff: async (runContext, input) => {
                await Promise.resolve();
                world.note(`${JSON.stringify(input)} after ${runContext.usage.requests}`);
              },
            }),
          ],
        }),
      };
    },
  });

  scenario(
    'reaches onHandoff, checked and without added nulls [HO-5]',
    passing('{"reason":"angry","urgent":null}'),
    (outcome) => {
      expect(outcome.notes).toEqual(['{"reason":"angry"} after 1']);
      expect(outcome.finalOutput).toBe('Done');
    },
  );

  scenario('fails the run where it does not fit [HO-8, HND-13]', passing('{"reason":5,"urgent":null}'), (outcome) => {
    expect(outcome.error).toMatchObject({ class: ModelBehaviorError });
    expect(outcome.error?.message).toMatch(
      /^The model passed an input to handoff transfer_to_b that does not fit: reason: /,
    );
    expect(outcome.notes).toEqual([]);
    expect(outcome.lastAgent).toBe('A');
  });

  scenario('fails the run where it is no JSON [HO-8]', passing('{'), (outcome) => {
    expect(outcome.error?.class).toBe(ModelBehaviorError);
    expect(outcome.history?.at(-1)).toMatchObject({ type: 'function_call_result', status: 'incomplete' });
  });

  scenario(
    'is not needed for onHandoff, whose errors are passed on untouched [JS-94]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([toB()]),
          handoffs: [
            handoff(new Agent({ name: 'B' }), {
              onHandoff: () => {
                throw new RangeError('closed');
              },
            }),
          ],
        }),
      }),
    },
    (outcome) => expect(outcome.error).toMatchObject({ class: RangeError, message: 'closed' }),
  );
});

describe('what the next agent sees', () => {
  function filtered(
    inputFilter: HandoffInputFilter | undefined,
    runFilter?: HandoffInputFilter,
  ): Parameters<typeof scenario>[1] {
    return {
      process: (world) => {
        const b = new Agent({
          name: 'B',
          model: world.model([functionCall('look', {}, 'c2'), 'Done'], { name: 'b' }),
          tools: [tool({ name: 'look', execute: () => 'seen' })],
        });
        return {
          agent: new Agent({
            name: 'A',
            model: world.model([functionCall('look', {}, 'c1'), [assistant('I hand over.'), toB()]], { name: 'a' }),
            tools: [tool({ name: 'look', execute: () => 'looked' })],
            handoffs: [handoff(b, inputFilter && { inputFilter })],
          }),
          options: { handoffInputFilter: runFilter },
        };
      },
    };
  }
  const onlyInput: HandoffInputFilter = (data) => ({ ...data, preHandoffItems: [], newItems: [] });

  scenario(
    'is what the filter leaves; the run\'s own record stays whole [HO-11, X-9]',
    filtered(onlyInput),
    (outcome) => {
      const [, , first, second] = outcome.requests;
      expect(first?.input).toEqual([user('Hi')]);
      // What comes after is seen as it is.
      expect(second?.input).toEqual([
        user('Hi'),
        functionCall('look', {}, 'c2'),
        result('c2', 'look', 'seen'),
      ]);
      expect(types(outcome.history as { type: string }[])).toHaveLength(9);
      expect(types(outcome.newItems)).toHaveLength(8);
    },
  );

  scenario(
    'may be made of the history, of what was before the turn, and of the turn [HO-10, HND-02]',
    filtered(async (data: HandoffInputData) => {
      await Promise.resolve();
      expect(data.inputHistory).toEqual([user('Hi')]);
      expect(types(data.preHandoffItems)).toEqual(['tool_call_item', 'tool_call_output_item']);
      expect(types(data.newItems)).toEqual([
        'message_output_item',
        'handoff_call_item',
        'handoff_output_item',
      ]);
      expect(data.runContext?.usage.requests).toBe(2);
      return { ...data, inputHistory: [user('A summary')] };
    }),
    (outcome) => {
      expect(outcome.requests[2]?.input).toHaveLength(6);
      expect(outcome.requests[2]?.input[0]).toEqual(user('A summary'));
      expect(outcome.history?.[0]).toEqual(user('Hi'));
    },
  );

  scenario(
    'is never half a call: a filter that leaves one half loses both',
    filtered((data) => ({
      ...data,
      newItems: data.newItems.filter((item) => item.type !== 'handoff_call_item'),
    })),
    (outcome) =>
      expect(outcome.requests[2]?.input.map((item) => item.type)).toEqual([
        'message',
        'function_call',
        'function_call_result',
        'message',
      ]),
  );

  scenario(
    'is what the run\'s filter leaves, where the handoff has none [RC-4]',
    filtered(undefined, onlyInput),
    (outcome) => expect(outcome.requests[2]?.input).toEqual([user('Hi')]),
  );

  scenario(
    'is what the handoff\'s own filter leaves, whatever the run says [HND-15]',
    filtered((data) => data, onlyInput),
    (outcome) => expect(outcome.requests[2]?.input).toHaveLength(6),
  );

  scenario(
    'cannot come from something that is no function [HO-11, JS-95]',
    filtered('all' as never),
    (outcome) => {
      expect(outcome.error).toMatchObject({ class: UserError });
      expect(outcome.error?.message).toContain('Invalid input filter: expected a function, got string');
    },
  );

  scenario(
    'cannot come from a filter that returns something else [HO-11, JS-95]',
    filtered(() => [] as never),
    (outcome) => {
      expect(outcome.error).toMatchObject({ class: UserError });
      expect(outcome.error?.message).toContain('Invalid input filter result');
    },
  );

  scenario(
    'is filtered again by the next handoff, from what that agent saw',
    {
      process: (world) => {
        const c = new Agent({ name: 'C', model: world.model(['Done'], { name: 'c' }) });
        const b = new Agent({
          name: 'B',
          model: world.model([toC()], { name: 'b' }),
          handoffs: [
            handoff(c, {
              inputFilter: (data) => {
                expect(data.inputHistory).toEqual([user('Only this')]);
                expect(data.preHandoffItems).toEqual([]);
                expect(types(data.newItems)).toEqual(['handoff_call_item', 'handoff_output_item']);
                return data;
              },
            }),
          ],
        });
        return {
          agent: new Agent({
            name: 'A',
            model: world.model([toB()], { name: 'a' }),
            handoffs: [
              handoff(b, {
                inputFilter: () => ({
                  inputHistory: [user('Only this')],
                  preHandoffItems: [],
                  newItems: [],
                }),
              }),
            ],
          }),
        };
      },
    },
    (outcome) => {
      expect(outcome.requests[2]?.input).toEqual([
        user('Only this'),
        toC(),
        result('h2', 'transfer_to_c', '{"assistant":"C"}'),
      ]);
      expect(outcome.finalOutput).toBe('Done');
    },
  );
});
