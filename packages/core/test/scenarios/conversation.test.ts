import { describe, expect, it } from 'vitest';
import {
  Agent,
  handoff,
  MemorySession,
  ModelRequestError,
  run,
  RunState,
  tool,
  user,
  UserError,
} from '../../src/index.js';
import type { AgentInputItem, RunOptions } from '../../src/index.js';
import type { ScriptedAnswer, ScriptedModelOptions } from '../../src/testing/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';
import type { Outcome, Scenario } from '../support/modes.js';

const act = (callId: string) => functionCall('act', {}, callId);
const acted = (callId: string): AgentInputItem => ({
  type: 'function_call_result',
  callId,
  name: 'act',
  status: 'completed',
  output: 'acted',
});

function kept(
  script: readonly ScriptedAnswer[],
  options: RunOptions<never>,
  model: ScriptedModelOptions = {},
): Scenario {
  return {
    process: (world) => ({
      agent: new Agent({
        name: 'A',
        model: world.model(script, model),
        tools: [tool({ name: 'act', execute: () => 'acted' })],
      }),
      options,
    }),
  };
}

/** What each request carried: its items and how it named the rest. */
const carried = (outcome: Outcome) =>
  outcome.requests.map(({ input, conversationId, previousResponseId }) => ({
    input,
    ...(conversationId !== undefined && { conversationId }),
    ...(previousResponseId !== undefined && { previousResponseId }),
  }));

describe('a conversation that the provider keeps', () => {
  scenario(
    'is named by its id in every request, which carries only what is new [RUN-01, JS-84, B2, B7]',
    kept([act('c1'), act('c2'), 'Done'], { conversationId: 'conv_1' }),
    (outcome) => {
      expect(carried(outcome)).toEqual([
        { input: [user('Hi')], conversationId: 'conv_1' },
        { input: [acted('c1')], conversationId: 'conv_1' },
        { input: [acted('c2')], conversationId: 'conv_1' },
      ]);
      // What the run knows is whole all the same.
      expect(outcome.history).toHaveLength(6);
    },
  );

  scenario(
    'is continued from a response, then from the run\'s own responses [RUN-01, B13]',
    kept([act('c1'), 'Done'], { previousResponseId: 'resp_before' }),
    (outcome) =>
      expect(carried(outcome)).toEqual([
        { input: [user('Hi')], previousResponseId: 'resp_before' },
        { input: [acted('c1')], previousResponseId: 'resp_1' },
      ]),
  );

  scenario(
    'can begin with the run\'s first response',
    kept([act('c1'), 'Done'], { autoPreviousResponseId: true }),
    (outcome) =>
      expect(carried(outcome)).toEqual([
        { input: [user('Hi')] },
        { input: [acted('c1')], previousResponseId: 'resp_1' },
      ]),
  );

  scenario(
    'is not continued from a response without an id: what it was made of is sent again [RUN-06, B14]',
    kept([{ output: [act('c1')], responseId: undefined }, act('c2'), 'Done'], {
      autoPreviousResponseId: true,
    }),
    (outcome) =>
      expect(carried(outcome)).toEqual([
        { input: [user('Hi')] },
        { input: [user('Hi'), act('c1'), acted('c1')] },
        { input: [acted('c2')], previousResponseId: 'resp_2' },
      ]),
  );

  scenario(
    'goes on from the last response that had an id [RUN-06, JS-57, B14]',
    kept([act('c1'), { output: [act('c2')], responseId: undefined }, 'Done'], {
      autoPreviousResponseId: true,
    }),
    (outcome) =>
      expect(carried(outcome)[2]).toEqual({
        input: [acted('c1'), act('c2'), acted('c2')],
        previousResponseId: 'resp_1',
      }),
  );

  scenario(
    'gets every output of parallel calls, also equal ones [S0, RUN-03, B6]',
    kept([[act('c1'), act('c2')], [act('c3'), act('c4')], 'Done'], { conversationId: 'conv_1' }),
    (outcome) =>
      expect(carried(outcome).slice(1)).toEqual([
        { input: [acted('c1'), acted('c2')], conversationId: 'conv_1' },
        { input: [acted('c3'), acted('c4')], conversationId: 'conv_1' },
      ]),
  );

  scenario(
    'gets every output also where the provider uses a call id again [S0, B4]',
    kept([act('same'), act('same'), 'Done'], { conversationId: 'conv_1' }),
    (outcome) =>
      expect(carried(outcome).slice(1)).toEqual([
        { input: [acted('same')], conversationId: 'conv_1' },
        { input: [acted('same')], conversationId: 'conv_1' },
      ]),
  );

  scenario(
    'gets the outputs of a turn that was interrupted, once it is over [RUN-05, B15, B16]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([[act('c1'), functionCall('ask', {}, 'c2')], 'Done']),
          tools: [
            tool({ name: 'act', execute: () => 'acted' }),
            tool({ name: 'ask', needsApproval: true, execute: () => 'asked' }),
          ],
        }),
        options: { autoPreviousResponseId: true },
      }),
      answer: (state, interruptions) => {
        for (const interruption of interruptions) state.approve(interruption);
      },
    },
    (outcome) =>
      expect(carried(outcome)[1]).toMatchObject({
        input: [{ callId: 'c1' }, { callId: 'c2' }],
        previousResponseId: 'resp_1',
      }),
  );

  scenario(
    'goes along with a handoff: the next agent sends the outputs only, the ignored handoffs\' too [JS-83]',
    {
      process: (world) => {
        const b = new Agent({ name: 'B', model: world.model(['Done'], { name: 'b' }) });
        const c = new Agent({ name: 'C' });
        return {
          agent: new Agent({
            name: 'A',
            model: world.model(
              [[functionCall('transfer_to_b', {}, 'h1'), functionCall('transfer_to_c', {}, 'h2')]],
              { name: 'a' },
            ),
            handoffs: [b, c],
          }),
          options: { conversationId: 'conv_1' },
        };
      },
    },
    (outcome) => {
      const [, second] = carried(outcome);
      expect(second?.conversationId).toBe('conv_1');
      expect(second?.input.map((item) => 'callId' in item && item.callId)).toEqual(['h2', 'h1']);
    },
  );

  scenario(
    'cannot be filtered at a handoff [B20]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([functionCall('transfer_to_b')]),
          handoffs: [handoff(new Agent({ name: 'B' }), { inputFilter: (data) => data })],
        }),
        options: { conversationId: 'conv_1' },
      }),
    },
    (outcome) => {
      expect(outcome.error?.class).toBe(UserError);
      expect(outcome.error?.message).toContain('A handoff input filter cannot be used');
    },
  );

  scenario(
    'is sent whole to a model whose provider keeps none, in every turn [S1]',
    kept([act('c1'), 'Done'], { conversationId: 'conv_1' }, { capabilities: { serverManagedConversation: false } }),
    (outcome) =>
      expect(carried(outcome)).toEqual([
        { input: [user('Hi')] },
        { input: [user('Hi'), act('c1'), acted('c1')] },
      ]),
  );
});

describe('a call that fails within a conversation that the provider keeps', () => {
  it('leaves the cursor where it was: a second run sends the same again [S0, B12]', async () => {
    const model = new ScriptedModel([act('c1'), new ModelRequestError('Overloaded'), 'Done']);
    const agent = new Agent({
      name: 'A',
      model,
      tools: [tool({ name: 'act', execute: () => 'acted' })],
    });
    const failed: unknown = await run(agent, 'Hi', { conversationId: 'conv_1' }).catch((e: unknown) => e);
    const state = RunState.of(failed);
    if (state === undefined) throw new Error('the error has no state');
    const result = await run(agent, RunState.fromString(agent, state.toString()));
    expect(result.finalOutput).toBe('Done');
    expect(model.calls.map((call) => call.input)).toEqual([[user('Hi')], [acted('c1')], [acted('c1')]]);
    expect(model.calls.map((call) => call.request.conversationId)).toEqual(['conv_1', 'conv_1', 'conv_1']);
  });

  it('as the first one leaves the input to be sent', async () => {
    const model = new ScriptedModel([new ModelRequestError('Overloaded'), 'Done']);
    const agent = new Agent({ name: 'A', model });
    const failed: unknown = await run(agent, 'Hi', { previousResponseId: 'resp_0' }).catch((e: unknown) => e);
    await run(agent, RunState.of(failed) as RunState);
    expect(model.calls[1]?.input).toEqual([user('Hi')]);
    expect(model.calls[1]?.request.previousResponseId).toBe('resp_0');
  });

  it('because of a tool leaves an answer to its call to be sent [JS-22]', async () => {
    const model = new ScriptedModel([[act('c1'), functionCall('fail', {}, 'c2')], 'Done']);
    const agent = new Agent({
      name: 'A',
      model,
      tools: [
        tool({ name: 'act', execute: () => 'acted' }),
        tool({
          name: 'fail',
          errorFunction: null,
          execute: () => {
            throw new Error('broken');
          },
        }),
      ],
    });
    const failed: unknown = await run(agent, 'Hi', { conversationId: 'conv_1' }).catch((e: unknown) => e);
    await run(agent, RunState.of(failed) as RunState);
    expect(model.calls[1]?.input).toEqual([
      acted('c1'),
      expect.objectContaining({ callId: 'c2', status: 'incomplete' }),
    ]);
  });
});

describe('where the conversation is kept', () => {
  const agent = () => new Agent({ name: 'A', model: new ScriptedModel(['Hi']) });

  it.each<[string, RunOptions]>([
    ['conversationId and previousResponseId', { conversationId: 'c', previousResponseId: 'r' }],
    ['conversationId and autoPreviousResponseId', { conversationId: 'c', autoPreviousResponseId: true }],
    ['a session and conversationId', { session: new MemorySession(), conversationId: 'c' }],
    ['a session and previousResponseId', { session: new MemorySession(), previousResponseId: 'r' }],
    ['a session and autoPreviousResponseId', { session: new MemorySession(), autoPreviousResponseId: true }],
  ])('is one place: %s together are refused before any call [B18, B22]', async (_what, options) => {
    const asked = agent();
    await expect(run(asked, 'Hi', options)).rejects.toThrow(UserError);
    await expect(run(asked, 'Hi', options)).rejects.toThrow(/cannot be combined.*Pass one\./);
    await expect(run(asked, 'Hi', { ...options, stream: true })).rejects.toThrow(UserError);
    expect(asked.model).toMatchObject({ calls: [] });
  });

  it('may be named by a previousResponseId and go on by itself', async () => {
    const model = new ScriptedModel(['Hi']);
    await run(new Agent({ name: 'A', model }), 'Hi', {
      previousResponseId: 'r',
      autoPreviousResponseId: true,
    });
    expect(model.calls[0]?.request.previousResponseId).toBe('r');
  });
});
