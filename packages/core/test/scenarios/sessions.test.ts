import { describe, expect } from 'vitest';
import { Agent, assistant, handoff, ModelRequestError, tool, user } from '../../src/index.js';
import type { AgentInputItem, Session } from '../../src/index.js';
import type { ScriptedAnswer } from '../../src/testing/index.js';
import { functionCall } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';
import type { Scenario } from '../support/modes.js';

const act = functionCall('act', {}, 'c1');
const acted: AgentInputItem = {
  type: 'function_call_result',
  callId: 'c1',
  name: 'act',
  status: 'completed',
  output: 'acted',
};

function remembering(
  script: readonly ScriptedAnswer[],
  before: readonly AgentInputItem[] = [],
  rest: Partial<Scenario> = {},
): Scenario {
  return {
    process: (world) => ({
      agent: new Agent({
        name: 'A',
        model: world.model(script),
        tools: [tool({ name: 'act', execute: () => 'acted' })],
      }),
      options: { session: world.session('session', before) },
    }),
    ...rest,
  };
}

describe('a session', () => {
  scenario('gets the input and the answer [SES-01]', remembering(['Hello']), (outcome) =>
    expect(outcome.session).toEqual([user('Hi'), assistant('Hello')]),
  );

  scenario(
    'is the beginning of the conversation; what it has is not stored again [SES-01]',
    remembering(['Hello'], [user('Before'), assistant('Indeed')]),
    (outcome) => {
      expect(outcome.requests[0]?.input).toEqual([user('Before'), assistant('Indeed'), user('Hi')]);
      expect(outcome.session).toEqual([
        user('Before'),
        assistant('Indeed'),
        user('Hi'),
        assistant('Hello'),
      ]);
      expect(outcome.history).toEqual(outcome.session);
      expect(outcome.newItems).toHaveLength(1);
    },
  );

  scenario('gets calls and outputs in order, once [STR-11, JS-63]', remembering([act, 'Done']), (outcome) =>
    expect(outcome.session).toEqual([user('Hi'), act, acted, assistant('Done')]),
  );

  scenario(
    'carries one run to the next',
    remembering([act, 'Done', 'You said: Hi'], [], { then: ['What did I say?'] }),
    (outcome) => {
      expect(outcome.requests[2]?.input).toEqual([
        user('Hi'),
        act,
        acted,
        assistant('Done'),
        user('What did I say?'),
      ]);
      expect(outcome.session).toHaveLength(6);
      expect(outcome.newItems).toHaveLength(1);
    },
  );

  scenario(
    'stores equal items as often as they were said [SES-07, HND-07]',
    remembering(['Yes', 'Yes'], [], { then: ['Hi'] }),
    (outcome) =>
      expect(outcome.session).toEqual([user('Hi'), assistant('Yes'), user('Hi'), assistant('Yes')]),
  );

  scenario(
    'takes a list of items as input [SES-07]',
    { ...remembering(['Hello'], [user('Before')]), input: [user('One'), user('Two')] },
    (outcome) =>
      expect(outcome.session).toEqual([user('Before'), user('One'), user('Two'), assistant('Hello')]),
  );

  scenario(
    'gets what was said before a handoff and after it, whatever a filter hides from the next agent [SES-05]',
    {
      process: (world) => {
        const b = new Agent({ name: 'B', model: world.model(['I am B.'], { name: 'b' }) });
        return {
          agent: new Agent({
            name: 'A',
            model: world.model([[assistant('Wait.'), functionCall('transfer_to_b', {}, 'h1')]], {
              name: 'a',
            }),
            handoffs: [
              handoff(b, {
                inputFilter: (data) => ({ ...data, preHandoffItems: [], newItems: [] }),
              }),
            ],
          }),
          options: { session: world.session() },
        };
      },
    },
    (outcome) => {
      expect(outcome.requests[1]?.input).toEqual([user('Hi')]);
      expect(outcome.session?.map((item) => item.type)).toEqual([
        'message',
        'message',
        'function_call',
        'function_call_result',
        'message',
      ]);
    },
  );

  scenario(
    'keeps out the input of a run whose first call failed, so that trying again stores it once',
    remembering([new ModelRequestError('Overloaded')], [user('Before')]),
    (outcome) => {
      expect(outcome.error?.message).toBe('Overloaded');
      expect(outcome.session).toEqual([user('Before')]);
    },
  );

  scenario(
    'has every complete turn of a run that fails later',
    remembering([act, new ModelRequestError('Overloaded')]),
    (outcome) => expect(outcome.session).toEqual([user('Hi'), act, acted]),
  );

  scenario(
    'has a conversation that is whole where a tool failed for good',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([act]),
          tools: [
            tool({
              name: 'act',
              errorFunction: null,
              execute: () => {
                throw new Error('broken');
              },
            }),
          ],
        }),
        options: { session: world.session() },
      }),
    },
    (outcome) => {
      expect(outcome.session?.map((item) => item.type)).toEqual([
        'message',
        'function_call',
        'function_call_result',
      ]);
    },
  );

  scenario(
    'has nothing of a turn that waits for a human, and all of it once it is over',
    {
      ...remembering([]),
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([
            [functionCall('act', {}, 'c1'), functionCall('ask', {}, 'c2')],
            'Done',
          ]),
          tools: [
            tool({ name: 'act', execute: () => 'acted' }),
            tool({ name: 'ask', needsApproval: true, execute: () => 'asked' }),
          ],
        }),
        options: { session: world.session() },
      }),
      answer: (state, interruptions) => {
        for (const interruption of interruptions) state.approve(interruption);
      },
    },
    (outcome) => {
      expect(outcome.session?.map((item) => item.type)).toEqual([
        'message',
        'function_call',
        'function_call',
        'function_call_result',
        'function_call_result',
        'message',
      ]);
    },
  );

  scenario(
    'that cannot be read ends the run with its own error [STR-01]',
    {
      process: (world) => ({
        agent: new Agent({ name: 'A', model: world.model(['Hello']) }),
        options: { session: brokenSession('getItems') },
      }),
    },
    (outcome) => {
      expect(outcome.error).toMatchObject({ class: RangeError, message: 'getItems is broken' });
      expect(outcome.requests).toHaveLength(0);
    },
  );

  scenario(
    'that cannot be written ends the run with its own error [STR-01]',
    {
      process: (world) => ({
        agent: new Agent({ name: 'A', model: world.model(['Hello']) }),
        options: { session: brokenSession('addItems') },
      }),
    },
    (outcome) =>
      expect(outcome.error).toMatchObject({ class: RangeError, message: 'addItems is broken' }),
  );
});

function brokenSession(broken: 'getItems' | 'addItems'): Session {
  const fail = (): never => {
    throw new RangeError(`${broken} is broken`);
  };
  return {
    getSessionId: () => Promise.resolve('broken'),
    getItems: async () => (broken === 'getItems' ? fail() : []),
    addItems: async () => (broken === 'addItems' ? fail() : undefined),
    popItem: () => Promise.resolve(undefined),
    clearSession: () => Promise.resolve(),
  };
}
