import { describe, expect } from 'vitest';
import { Agent, MaxTurnsExceededError, tool } from '../../src/index.js';
import type { AgentOptions, ModelSettings, RunOptions } from '../../src/index.js';
import { functionCall } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';
import type { Scenario, World } from '../support/modes.js';

const again = functionCall('again', {}, 'c1');

function looping(
  turns: number,
  options: (world: World) => RunOptions<never> = () => ({}),
  agent: Partial<AgentOptions> = {},
): Scenario {
  return {
    process: (world) => ({
      agent: new Agent({
        name: 'A',
        model: world.model([...Array.from({ length: turns }, () => again), 'Done']),
        tools: [tool({ name: 'again', execute: () => 'again' })],
        ...agent,
      }),
      options: options(world),
    }),
  };
}

describe('the limit of turns', () => {
  scenario('is 10 by default [RUN-1]', looping(9), (outcome) => {
    expect(outcome.finalOutput).toBe('Done');
    expect(outcome.requests).toHaveLength(10);
  });

  scenario('ends the run before the call beyond it [RUN-5]', looping(10), (outcome) => {
    expect(outcome.error).toMatchObject({
      class: MaxTurnsExceededError,
      message: 'Max turns (10) exceeded',
      code: 'BATON_MAX_TURNS_EXCEEDED',
    });
    expect(outcome.thrown).toMatchObject({ maxTurns: 10 });
    expect(outcome.requests).toHaveLength(10);
    expect(outcome.history).toHaveLength(21);
  });

  scenario(
    'of 0 allows no call [RUN-5]',
    looping(0, () => ({ maxTurns: 0 })),
    (outcome) => {
      expect(outcome.error?.message).toBe('Max turns (0) exceeded');
      expect(outcome.requests).toHaveLength(0);
    },
  );

  scenario(
    'of null is none [RUN-29]',
    looping(25, () => ({ maxTurns: null })),
    (outcome) => {
      expect(outcome.finalOutput).toBe('Done');
      expect(outcome.requests).toHaveLength(26);
      expect(outcome.state?.maxTurns).toBeNull();
    },
  );

  scenario(
    'is exactly what was asked for',
    looping(2, () => ({ maxTurns: 3 })),
    (outcome) => expect(outcome.finalOutput).toBe('Done'),
  );
});

describe('the settings of a model call', () => {
  const settings = (outcome: { requests: readonly { modelSettings: ModelSettings }[] }) =>
    outcome.requests.map((request) => request.modelSettings);

  scenario('are the agent\'s [MS-1]', looping(0, undefined, { modelSettings: { temperature: 0.7 } }), (outcome) =>
    expect(settings(outcome)).toEqual([{ temperature: 0.7 }]),
  );

  scenario(
    'are the run\'s where it sets them, field by field; 0, false and "" are values [RC-3, MS-10, X-7]',
    looping(
      0,
      () => ({
        modelSettings: {
          temperature: 0,
          parallelToolCalls: false,
          truncation: undefined,
          reasoning: { effort: 'low' },
          providerData: { user: '' },
        },
      }),
      {
        modelSettings: {
          temperature: 0.7,
          topP: 0.5,
          parallelToolCalls: true,
          truncation: 'auto',
          reasoning: { effort: 'high', summary: 'auto' },
          providerData: { user: 'ada', other: 1 },
        },
      },
    ),
    (outcome) =>
      expect(settings(outcome)).toEqual([
        {
          temperature: 0,
          topP: 0.5,
          parallelToolCalls: false,
          truncation: 'auto',
          reasoning: { effort: 'low', summary: 'auto' },
          providerData: { user: '', other: 1 },
        },
      ]),
  );

  scenario(
    'leave toolChoice out once the agent has used a tool [X-2, AG-17]',
    looping(2, undefined, { modelSettings: { toolChoice: 'required', temperature: 1 } }),
    (outcome) =>
      expect(settings(outcome)).toEqual([
        { toolChoice: 'required', temperature: 1 },
        { temperature: 1 },
        { temperature: 1 },
      ]),
  );

  scenario(
    'leave toolChoice out also where the run has set it [AG-17]',
    looping(1, () => ({ modelSettings: { toolChoice: 'again' } })),
    (outcome) => expect(settings(outcome)).toEqual([{ toolChoice: 'again' }, {}]),
  );

  scenario(
    'keep toolChoice where it is an explicit none [JS-10]',
    looping(1, undefined, { modelSettings: { toolChoice: 'none' } }),
    (outcome) => expect(settings(outcome)).toEqual([{ toolChoice: 'none' }, { toolChoice: 'none' }]),
  );

  scenario(
    'keep toolChoice where the agent does not reset it [AG-17]',
    looping(1, undefined, { modelSettings: { toolChoice: 'required' }, resetToolChoice: false }),
    (outcome) =>
      expect(settings(outcome)).toEqual([{ toolChoice: 'required' }, { toolChoice: 'required' }]),
  );

  scenario(
    'reset toolChoice for the agent that used a tool, not for the next one [AG-17]',
    {
      process: (world) => {
        const b = new Agent({
          name: 'B',
          model: world.model(['Done'], { name: 'b' }),
          modelSettings: { toolChoice: 'required' },
        });
        return {
          agent: new Agent({
            name: 'A',
            model: world.model([functionCall('transfer_to_b')], { name: 'a' }),
            modelSettings: { toolChoice: 'required' },
            handoffs: [b],
          }),
        };
      },
    },
    (outcome) =>
      expect(settings(outcome)).toEqual([{ toolChoice: 'required' }, { toolChoice: 'required' }]),
  );
});

describe('the model of a call', () => {
  scenario(
    'is the run\'s, whatever the agents say, also after a handoff [RC-1, RUN-11]',
    {
      process: (world) => {
        const b = new Agent({ name: 'B', model: world.model(['no'], { name: 'b' }) });
        return {
          agent: new Agent({ name: 'A', model: world.model(['no'], { name: 'a' }), handoffs: [b] }),
          options: { model: world.model([functionCall('transfer_to_b'), 'Done'], { name: 'run' }) },
        };
      },
    },
    (outcome) => expect(outcome.requests.map((request) => request.model)).toEqual(['run', 'run']),
  );

  scenario(
    'is found by name, at the model provider of the run, at once or later [AG-6, MI-4]',
    {
      process: (world) => ({
        agent: new Agent({ name: 'A', model: 'small' }),
        options: {
          modelProvider: {
            getModel: (name) => Promise.resolve(world.model(['Done'], { name: `found ${name ?? ''}` })),
          },
        },
      }),
    },
    (outcome) => expect(outcome.requests[0]?.model).toBe('found small'),
  );

  scenario(
    'is the provider\'s default where nobody names one [AG-6]',
    {
      process: (world) => ({
        agent: new Agent({ name: 'A' }),
        options: { modelProvider: { getModel: (name) => world.model(['Done'], { name: String(name) }) } },
      }),
    },
    (outcome) => expect(outcome.requests[0]?.model).toBe('undefined'),
  );
});

describe('instructions', () => {
  scenario(
    'are asked again in every turn, with the run context and the agent [AG-3]',
    looping(1, undefined, {
      instructions: async (runContext, agent) => {
        await Promise.resolve();
        return `${agent.name} after ${runContext.usage.requests}`;
      },
    }),
    (outcome) =>
      expect(outcome.requests.map((request) => request.systemInstructions)).toEqual(['A after 0', 'A after 1']),
  );

  scenario('may be none [AG-3]', looping(0, undefined, { instructions: '' }), (outcome) =>
    expect(outcome.requests[0]?.systemInstructions).toBeUndefined(),
  );

  scenario(
    'may stand at the provider, as a prompt template',
    looping(0, undefined, { prompt: () => ({ promptId: 'p_1', variables: { name: 'Ada' } }) }),
    (outcome) => {
      expect(outcome.requests[0]).toMatchObject({
        prompt: { promptId: 'p_1', variables: { name: 'Ada' } },
        overridePromptModel: true,
      });
    },
  );

  scenario(
    'that throw end the run with their error',
    looping(0, undefined, {
      instructions: () => {
        throw new RangeError('no words');
      },
    }),
    (outcome) => {
      expect(outcome.error).toMatchObject({ class: RangeError, message: 'no words' });
      expect(outcome.requests).toHaveLength(0);
    },
  );
});

describe('usage', () => {
  scenario('is added up over the turns, and kept per request [US-1, X-8, RUN-34]', looping(2), (outcome) => {
    expect(outcome.usage).toMatchObject({
      requests: 3,
      inputTokens: 30,
      outputTokens: 15,
      totalTokens: 45,
    });
    expect(outcome.usage?.requestUsageEntries).toHaveLength(3);
  });
});
