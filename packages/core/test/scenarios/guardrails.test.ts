import { describe, expect } from 'vitest';
import * as z from 'zod';
import {
  Agent,
  assistant,
  GuardrailExecutionError,
  InputGuardrailTripwireTriggered,
  ModelRequestError,
  OutputGuardrailTripwireTriggered,
  tool,
  user,
} from '../../src/index.js';
import type { AgentOptions, InputGuardrail, OutputGuardrail, RunOptions } from '../../src/index.js';
import type { ScriptedAnswer } from '../../src/testing/index.js';
import { functionCall, reasoning } from '../../src/testing/index.js';
import { aborted, settled } from '../support/gate.js';
import { scenario } from '../support/modes.js';
import type { Scenario, World } from '../support/modes.js';

const pass = { tripwireTriggered: false };
const trip = { tripwireTriggered: true, outputInfo: 'off topic' };

function guarded(
  script: readonly ScriptedAnswer[],
  agent: (world: World) => Partial<AgentOptions>,
  options: (world: World) => RunOptions<never> = () => ({}),
): Scenario {
  return {
    process: (world) => ({
      agent: new Agent({
        name: 'A',
        model: world.model(script),
        tools: [
          tool({
            name: 'act',
            execute: () => {
              world.note('tool ran');
              return 'acted';
            },
          }),
        ],
        ...agent(world),
      }),
      options: options(world),
    }),
  };
}

/** An input guardrail that notes when it is asked and what it is asked about. */
function noting(world: World, name: string, verdict = pass, parallel = true): InputGuardrail {
  return {
    name,
    runInParallel: parallel,
    execute: async ({ agent, input }) => {
      world.note(`${name} for ${agent.name}: ${JSON.stringify(input)}`);
      await settled(); // the model has answered by now, in every mode
      return verdict;
    },
  };
}

const hi = JSON.stringify([user('Hi')]);

describe('an input guardrail', () => {
  scenario(
    'is asked about the input once, in the first turn of the first agent [GR-12, AG-10]',
    {
      process: (world) => {
        const b = new Agent({
          name: 'B',
          model: world.model(['Done'], { name: 'b' }),
          inputGuardrails: [noting(world, 'never')],
        });
        return {
          agent: new Agent({
            name: 'A',
            model: world.model([functionCall('act'), functionCall('transfer_to_b')], { name: 'a' }),
            handoffs: [b],
            tools: [tool({ name: 'act', execute: () => 'acted' })],
            inputGuardrails: [noting(world, 'topic')],
          }),
          options: { inputGuardrails: [noting(world, 'run')] },
        };
      },
    },
    (outcome) => {
      // The agent's own, then the run's [RC-5].
      expect(outcome.notes).toEqual([`topic for A: ${hi}`, `run for A: ${hi}`]);
      expect(outcome.inputGuardrailResults).toEqual([
        { guardrail: { type: 'input', name: 'topic' }, output: pass },
        { guardrail: { type: 'input', name: 'run' }, output: pass },
      ]);
      expect(outcome.finalOutput).toBe('Done');
    },
  );

  scenario(
    'that trips ends the run with what it said [GR-7, ER-5]',
    guarded(['Hello'], (world) => ({ inputGuardrails: [noting(world, 'topic', trip)] })),
    (outcome) => {
      expect(outcome.error).toMatchObject({
        class: InputGuardrailTripwireTriggered,
        message: 'Guardrail topic triggered its tripwire',
        code: 'BATON_INPUT_GUARDRAIL_TRIPWIRE',
      });
      expect(outcome.thrown).toMatchObject({
        result: { guardrail: { type: 'input', name: 'topic' }, output: trip },
      });
      expect(outcome.history).toEqual([user('Hi')]);
    },
  );

  scenario(
    'that trips late still trips: a tool with side effects never starts before it is done [RUN-9, ST-4, JS-85]',
    guarded([functionCall('act'), 'Done'], (world) => ({
      inputGuardrails: [
        {
          name: 'slow',
          execute: async () => {
            await settled();
            await settled();
            world.note('guardrail done');
            return trip;
          },
        },
      ],
    })),
    (outcome) => {
      expect(outcome.error?.class).toBe(InputGuardrailTripwireTriggered);
      expect(outcome.notes).toEqual(['guardrail done']);
      expect(outcome.history).toEqual([user('Hi')]);
      // The call was made, so it is counted.
      expect(outcome.usage).toMatchObject({ requests: 1, totalTokens: 15 });
    },
  );

  scenario(
    'that is slow and passes lets the tools start after it [STR-13]',
    guarded([functionCall('act'), 'Done'], (world) => ({
      inputGuardrails: [
        {
          name: 'slow',
          execute: async () => {
            await settled();
            world.note('guardrail done');
            return pass;
          },
        },
      ],
    })),
    (outcome) => expect(outcome.notes).toEqual(['guardrail done', 'tool ran']),
  );

  scenario(
    'that trips cancels the model call that runs beside it [GRD-01]',
    guarded(
      [
        async ({ signal }) => {
          await aborted(signal);
          throw signal?.reason;
        },
      ],
      (world) => ({
        inputGuardrails: [
          {
            name: 'quick',
            execute: async () => {
              await settled();
              world.note('tripped');
              return trip;
            },
          },
        ],
      }),
    ),
    (outcome) => {
      expect(outcome.error?.class).toBe(InputGuardrailTripwireTriggered);
      expect(outcome.requests).toHaveLength(1);
      expect(outcome.usage).toMatchObject({ requests: 0 });
    },
  );

  scenario(
    'that trips cancels its siblings, which are awaited [GR-7, GRD-02, JS-87]',
    guarded(['Hello'], (world) => ({
      inputGuardrails: [
        {
          name: 'sibling',
          execute: async ({ signal }) => {
            await aborted(signal);
            await settled();
            world.note('sibling is over');
            return pass;
          },
        },
        {
          name: 'quick',
          execute: async () => {
            await settled();
            return trip;
          },
        },
      ],
    })),
    (outcome) => {
      expect(outcome.error?.message).toBe('Guardrail quick triggered its tripwire');
      expect(outcome.notes).toEqual(['sibling is over']);
    },
  );

  scenario(
    'is cancelled and awaited where the model call fails, whose error wins [STR-14]',
    guarded([new ModelRequestError('Overloaded')], (world) => ({
      inputGuardrails: [
        {
          name: 'slow',
          execute: async ({ signal }) => {
            await aborted(signal);
            world.note('guardrail is over');
            return pass;
          },
        },
      ],
    })),
    (outcome) => {
      expect(outcome.error?.message).toBe('Overloaded');
      expect(outcome.notes).toEqual(['guardrail is over']);
    },
  );

  scenario(
    'that throws ends the run with its name and what it threw [GR-9]',
    guarded(['Hello'], () => ({
      inputGuardrails: [
        {
          name: 'broken',
          execute: async () => {
            await settled();
            throw new RangeError('oops');
          },
        },
      ],
    })),
    (outcome) => {
      expect(outcome.error).toMatchObject({
        class: GuardrailExecutionError,
        message: 'Guardrail broken failed: oops',
        cause: 'RangeError: oops',
      });
      expect(outcome.thrown).toMatchObject({ guardrailName: 'broken' });
    },
  );

  scenario(
    'that says nothing is an error that names it',
    guarded(['Hello'], () => ({
      inputGuardrails: [{ name: 'silent', execute: () => settled() as never }],
    })),
    (outcome) => {
      expect(outcome.error?.class).toBe(GuardrailExecutionError);
      expect(outcome.error?.message).toContain('silent');
      expect(outcome.error?.message).toContain('tripwireTriggered');
    },
  );

  scenario(
    'that does not run in parallel is done before the model is called [JS-92, GRD-09]',
    guarded(['Hello'], (world) => ({
      inputGuardrails: [noting(world, 'beside'), noting(world, 'before', trip, false)],
    })),
    (outcome) => {
      expect(outcome.error?.message).toBe('Guardrail before triggered its tripwire');
      expect(outcome.notes).toEqual([`before for A: ${hi}`]);
      expect(outcome.requests).toHaveLength(0);
    },
  );

  scenario(
    'that does not run in parallel has its result before those that do',
    guarded(['Hello'], (world) => ({
      inputGuardrails: [noting(world, 'beside'), noting(world, 'before', pass, false)],
    })),
    (outcome) =>
      expect(outcome.inputGuardrailResults?.map((result) => result.guardrail.name)).toEqual([
        'before',
        'beside',
      ]),
  );

  scenario(
    'gives its result in the order it was listed, whichever is done first',
    guarded(['Hello'], () => ({
      inputGuardrails: [
        {
          name: 'slow',
          execute: async () => {
            await settled();
            return pass;
          },
        },
        { name: 'quick', execute: () => pass },
      ],
    })),
    (outcome) =>
      expect(outcome.inputGuardrailResults?.map((result) => result.guardrail.name)).toEqual([
        'slow',
        'quick',
      ]),
  );

  scenario(
    'that trips or throws leaves what was said until then in the state [GRD-03]',
    guarded(['Hello'], () => ({
      inputGuardrails: [
        { name: 'fine', execute: () => pass },
        {
          name: 'topic',
          execute: async () => {
            await settled();
            return trip;
          },
        },
      ],
    })),
    (outcome) =>
      expect(outcome.inputGuardrailResults?.map(({ guardrail, output }) => [guardrail.name, output])).toEqual([
        ['fine', pass],
        ['topic', trip],
      ]),
  );

  scenario(
    'that trips leaves the input in the session, and nothing else [SES-02]',
    guarded(
      [functionCall('act')],
      (world) => ({ inputGuardrails: [noting(world, 'topic', trip)] }),
      (world) => ({ session: world.session() }),
    ),
    (outcome) => expect(outcome.session).toEqual([user('Hi')]),
  );
});

describe('an output guardrail', () => {
  const judging = (world: World, verdict = pass): OutputGuardrail => ({
    name: 'tone',
    execute: ({ agent, agentOutput, details }) => {
      world.note(`${agent.name}: ${JSON.stringify(agentOutput)} of ${details.modelResponse?.responseId}`);
      return verdict;
    },
  });

  scenario(
    'is asked about the final output of the agent that gave it [GR-3, GR-12, X-3]',
    {
      process: (world) => {
        const b = new Agent({
          name: 'B',
          model: world.model(['{"n":1}'], { name: 'b' }),
          outputType: z.object({ n: z.number() }),
          outputGuardrails: [judging(world)],
        });
        return {
          agent: new Agent({
            name: 'A',
            model: world.model([functionCall('transfer_to_b')], { name: 'a' }),
            handoffs: [b],
            outputGuardrails: [{ name: 'never', execute: () => trip }],
          }),
          options: { outputGuardrails: [{ name: 'run', execute: () => pass }] },
        };
      },
    },
    (outcome) => {
      expect(outcome.notes).toEqual(['B: {"n":1} of resp_1']);
      expect(outcome.outputGuardrailResults).toEqual([
        {
          guardrail: { type: 'output', name: 'tone' },
          agentOutput: { n: 1 },
          agent: { name: 'B' },
          output: pass,
        },
        {
          guardrail: { type: 'output', name: 'run' },
          agentOutput: { n: 1 },
          agent: { name: 'B' },
          output: pass,
        },
      ]);
      expect(outcome.finalOutput).toEqual({ n: 1 });
    },
  );

  scenario(
    'that trips ends the run; there is no final output and no agent_end [GR-7, JS-20, RUN-26]',
    guarded(['Rude words'], (world) => ({ outputGuardrails: [judging(world, trip)] })),
    (outcome) => {
      expect(outcome.error).toMatchObject({
        class: OutputGuardrailTripwireTriggered,
        message: 'Guardrail tone triggered its tripwire',
        code: 'BATON_OUTPUT_GUARDRAIL_TRIPWIRE',
      });
      expect(outcome.thrown).toMatchObject({
        result: { guardrail: { type: 'output', name: 'tone' }, agentOutput: 'Rude words', output: trip },
      });
      expect(outcome.hooks.filter((hook) => hook.includes('agent_end'))).toEqual([]);
      expect(outcome.state?.phase).toEqual({ type: 'model' });
    },
  );

  scenario(
    'that trips keeps the refused message out of the session, and what tools did in it [SES-03, JS-90]',
    guarded(
      [
        [reasoning('I should act'), functionCall('act')],
        [reasoning('I am done'), assistant('Rude words')],
      ],
      (world) => ({ outputGuardrails: [judging(world, trip)] }),
      (world) => ({ session: world.session() }),
    ),
    (outcome) =>
      expect(outcome.session).toEqual([
        user('Hi'),
        reasoning('I should act'),
        functionCall('act'),
        expect.objectContaining({ type: 'function_call_result', output: 'acted' }),
      ]),
  );

  scenario(
    'that trips on the output of a tool keeps the call and its output [SES-03]',
    guarded(
      [[reasoning('I should act'), functionCall('act')]],
      (world) => ({
        toolUseBehavior: 'stop_on_first_tool',
        outputGuardrails: [judging(world, trip)],
      }),
      (world) => ({ session: world.session() }),
    ),
    (outcome) => expect(outcome.session).toHaveLength(4),
  );

  scenario(
    'that throws ends the run, and the whole turn is in the session [SES-03, GRD-07]',
    guarded(
      ['Hello'],
      () => ({
        outputGuardrails: [
          {
            name: 'broken',
            execute: () => {
              throw new RangeError('oops');
            },
          },
        ],
      }),
      (world) => ({ session: world.session() }),
    ),
    (outcome) => {
      expect(outcome.error).toMatchObject({
        class: GuardrailExecutionError,
        message: 'Guardrail broken failed: oops',
      });
      expect(outcome.session).toEqual([user('Hi'), assistant('Hello')]);
    },
  );

  scenario(
    'that says nothing is an error that names it',
    guarded(['Hello'], () => ({
      outputGuardrails: [{ name: 'silent', execute: () => undefined as never }],
    })),
    (outcome) => {
      expect(outcome.error?.class).toBe(GuardrailExecutionError);
      expect(outcome.error?.message).toContain('tripwireTriggered');
    },
  );
});
