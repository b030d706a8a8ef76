import { describe, expect } from 'vitest';
import * as z from 'zod';
import {
  Agent,
  assistant,
  InvalidToolInputError,
  ModelBehaviorError,
  tool,
  ToolCallError,
  ToolTimeoutError,
  user,
} from '../../src/index.js';
import type { AgentOptions, FunctionTool, RunOptions } from '../../src/index.js';
import type { ScriptedAnswer } from '../../src/testing/index.js';
import { functionCall } from '../../src/testing/index.js';
import { aborted, createGate } from '../support/gate.js';
import { scenario } from '../support/modes.js';
import type { Scenario, World } from '../support/modes.js';

/** One agent with tools that may note what they do. */
function using(
  script: readonly ScriptedAnswer[],
  tools: (world: World) => readonly FunctionTool[],
  { options = {}, ...agent }: Partial<AgentOptions> & { readonly options?: RunOptions<never> } = {},
): Scenario {
  return {
    process: (world) => ({
      agent: new Agent({ name: 'A', model: world.model(script), tools: tools(world), ...agent }),
      options,
    }),
  };
}

const outputs = (items: readonly { readonly rawItem: object }[] | undefined): unknown[] =>
  (items ?? []).flatMap(({ rawItem }) =>
    'output' in rawItem && 'callId' in rawItem ? [rawItem.output] : [],
  );

const get_weather = tool({
  name: 'get_weather',
  description: 'The weather in a city',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `It is sunny in ${city}`,
});

describe('a tool call', () => {
  scenario(
    'is answered with the output of the tool, which the model reads in its next turn [RUN-4]',
    using([functionCall('get_weather', { city: 'Rome' }, 'c1'), 'Sunny.'], () => [get_weather]),
    (outcome) => {
      const call = functionCall('get_weather', { city: 'Rome' }, 'c1');
      const result = {
        type: 'function_call_result',
        callId: 'c1',
        name: 'get_weather',
        status: 'completed',
        output: 'It is sunny in Rome',
      };
      expect(outcome.finalOutput).toBe('Sunny.');
      expect(outcome.newItems?.map((item) => item.type)).toEqual([
        'tool_call_item',
        'tool_call_output_item',
        'message_output_item',
      ]);
      expect(outcome.history).toEqual([user('Hi'), call, result, assistant('Sunny.')]);
      expect(outcome.requests[1]?.input).toEqual([user('Hi'), call, result]);
      expect(outcome.usage).toMatchObject({ requests: 2, inputTokens: 20, outputTokens: 10 });
    },
  );

  scenario(
    'with text beside it does not end the run of a text agent [RUN-12]',
    using([[assistant('Let me see.'), functionCall('get_weather', { city: 'Rome' })], 'Sunny.'], () => [get_weather]),
    (outcome) => {
      expect(outcome.finalOutput).toBe('Sunny.');
      expect(outcome.requests).toHaveLength(2);
    },
  );

  scenario(
    'tells the model of the tool as the schema says [TL-4]',
    using(['Hi'], () => [get_weather]),
    (outcome) => {
      expect(outcome.requests[0]?.tools).toEqual(['get_weather']);
      expect(get_weather.parameters).toEqual({
        type: 'object',
        properties: { city: { type: 'string' } },
        required: ['city'],
        additionalProperties: false,
      });
    },
  );

  scenario(
    'may come without arguments: empty text is an empty object [TL-5, TOL-04]',
    using([functionCall('now', '')], (world) => [
      tool({
        name: 'now',
        execute: (input) => {
          world.note(JSON.stringify(input));
          return 'noon';
        },
      }),
    ], { toolUseBehavior: 'stop_on_first_tool' }),
    (outcome) => {
      expect(outcome.notes).toEqual(['{}']);
      expect(outcome.finalOutput).toBe('noon');
    },
  );

  scenario(
    'runs with nulls taken out that only strictness asked for',
    using([functionCall('find', { city: 'Rome', country: null, note: null })], (world) => [
      tool({
        name: 'find',
        parameters: z.object({
          city: z.string(),
          country: z.string().optional(),
          zone: z.string().default('UTC'),
          note: z.string().nullable(),
        }),
        execute: (input) => {
          world.note(JSON.stringify(input));
          return 'found';
        },
      }),
    ], { toolUseBehavior: 'stop_on_first_tool' }),
    (outcome) => expect(outcome.notes).toEqual(['{"city":"Rome","zone":"UTC","note":null}']),
  );

  scenario(
    'reaches a tool that knows its context, call id, agent and a key that stays the same',
    {
      process: (world) => ({
        agent: new Agent<{ user: string }>({
          name: 'A',
          model: world.model([functionCall('who', {}, 'c7'), 'You.']),
          tools: [
            tool({
              name: 'who',
              execute: (_input, runContext: { context: { user: string } }, details) => {
                const { agentName, idempotencyKey, toolCall } = details;
                world.note(`${runContext.context.user} ${agentName} ${idempotencyKey}`);
                return 'callId' in toolCall ? toolCall.callId : '';
              },
            }),
          ],
        }),
        options: { context: { user: 'Ada' } as never }, // the agent's own type of context
      }),
    },
    (outcome) => {
      expect(outcome.notes).toEqual(['Ada A run_1/1']);
      expect(outputs(outcome.newItems)).toEqual(['c7']);
    },
  );

  scenario(
    'may use an id that an earlier turn has used: pairs are told by position',
    using([functionCall('next', {}, 'same'), functionCall('next', {}, 'same'), 'Done'], (world) => {
      return [tool({ name: 'next', execute: () => String(world.keep('count', () => ({ n: 0 })).n++) })];
    }),
    (outcome) => {
      expect(outputs(outcome.newItems)).toEqual(['0', '1']);
      expect(outcome.finalOutput).toBe('Done');
    },
  );

  scenario(
    'may use an id that another call of the same turn has: each gets its own output',
    using([[functionCall('echo', { n: 1 }, 'same'), functionCall('echo', { n: 2 }, 'same')], 'Done'], (world) => [
      tool({
        name: 'echo',
        parameters: z.object({ n: z.number() }),
        execute: ({ n }) => {
          world.note(`ran ${n}`);
          return String(n);
        },
      }),
    ]),
    (outcome) => {
      expect(outcome.notes).toEqual(['ran 1', 'ran 2']);
      expect(outputs(outcome.newItems)).toEqual(['1', '2']);
      expect(outcome.finalOutput).toBe('Done');
    },
  );
});

describe('several tool calls of one turn', () => {
  scenario(
    'start in call order and give their results in call order, whichever ends first [RUN-17]',
    using([[functionCall('slow', {}, 'c1'), functionCall('fast', {}, 'c2')], 'Done'], (world) => {
      const gate = createGate();
      return [
        tool({
          name: 'slow',
          execute: async () => {
            world.note('slow starts');
            await gate.opened;
            world.note('slow ends');
            return 'slow';
          },
        }),
        tool({
          name: 'fast',
          execute: () => {
            world.note('fast runs');
            gate.open();
            return 'fast';
          },
        }),
      ];
    }),
    (outcome) => {
      expect(outcome.notes).toEqual(['slow starts', 'fast runs', 'slow ends']);
      expect(outputs(outcome.newItems)).toEqual(['slow', 'fast']);
      expect(outcome.requests[1]?.input.map((item) => item.type)).toEqual([
        'message',
        'function_call',
        'function_call',
        'function_call_result',
        'function_call_result',
      ]);
    },
  );

  scenario(
    'run one after the other where the run says so',
    using(
      [[functionCall('t', { n: 1 }), functionCall('t', { n: 2 }), functionCall('t', { n: 3 })], 'Done'],
      (world) => [
        tool({
          name: 't',
          parameters: z.object({ n: z.number() }),
          execute: async ({ n }) => {
            world.note(`${n} starts`);
            await Promise.resolve();
            world.note(`${n} ends`);
            return n;
          },
        }),
      ],
      { options: { toolExecution: { maxFunctionToolConcurrency: 1 } } },
    ),
    (outcome) =>
      expect(outcome.notes).toEqual(['1 starts', '1 ends', '2 starts', '2 ends', '3 starts', '3 ends']),
  );
});

describe('a tool that fails', () => {
  const failing = (errorFunction?: Parameters<typeof tool>[0]['errorFunction']): FunctionTool =>
    tool({
      name: 'fail',
      parameters: z.object({ n: z.number() }),
      execute: () => {
        throw new RangeError('out of range');
      },
      ...(errorFunction !== undefined && { errorFunction }),
    });
  const script = [functionCall('fail', { n: 1 }), 'I see.'];

  scenario(
    'tells the model in the default text what went wrong [TL-6]',
    using(script, () => [failing()]),
    (outcome) => {
      expect(outputs(outcome.newItems)).toEqual([
        'An error occurred while running the tool. Please try again. Error: out of range',
      ]);
      expect(outcome.finalOutput).toBe('I see.');
    },
  );

  scenario(
    'tells the model nothing of the error where data may not be shown [TL-6]',
    using(script, () => [failing()], { options: { traceIncludeSensitiveData: false } }),
    (outcome) =>
      expect(outputs(outcome.newItems)).toEqual([
        'An error occurred while running the tool. Please try again.',
      ]),
  );

  scenario(
    'tells the model what its own error function says, also later [TL-8]',
    using(script, () => [failing((_context, error) => Promise.resolve(`Failed: ${String(error)}`))]),
    (outcome) => expect(outputs(outcome.newItems)).toEqual(['Failed: RangeError: out of range']),
  );

  scenario(
    'without an error function fails the run, with what was thrown as the cause [TL-7]',
    using(script, () => [failing(null)]),
    (outcome) => {
      expect(outcome.error).toMatchObject({
        class: ToolCallError,
        message: 'Error running tool fail: out of range',
        cause: 'RangeError: out of range',
      });
      expect(outcome.thrown).toMatchObject({ toolName: 'fail' });
    },
  );

  scenario(
    'for good leaves a conversation in which its call has an answer',
    using(script, () => [failing(null)]),
    (outcome) => {
      expect(outcome.history?.map((item) => item.type)).toEqual([
        'message',
        'function_call',
        'function_call_result',
      ]);
      expect(outcome.history?.at(-1)).toMatchObject({
        status: 'incomplete',
        output: 'The tool call was not completed: the run failed.',
      });
    },
  );

  scenario(
    'for good cancels its siblings, waits for them, and keeps what they gave [JS-26]',
    using(
      [[functionCall('wait', {}, 'c1'), functionCall('fail', { n: 1 }, 'c2'), functionCall('done', {}, 'c3')]],
      (world) => [
        tool({
          name: 'wait',
          execute: async (_input, _context, { signal }) => {
            await aborted(signal);
            world.note('wait was cancelled');
            throw new Error('cancelled');
          },
        }),
        failing(null),
        tool({ name: 'done', execute: () => 'done' }),
      ],
    ),
    (outcome) => {
      expect(outcome.error?.class).toBe(ToolCallError);
      expect(outcome.notes).toEqual(['wait was cancelled']);
      expect(
        outcome.history?.flatMap((item) =>
          item.type === 'function_call_result' ? [[item.callId, item.status]] : [],
        ),
      ).toEqual(expect.arrayContaining([['c1', 'incomplete'], ['c2', 'incomplete'], ['c3', 'completed']]));
    },
  );

  scenario(
    'with an error function that throws fails the run with that error',
    using(script, () => [
      failing(() => {
        throw new TypeError('worse');
      }),
    ]),
    (outcome) => expect(outcome.error).toMatchObject({ class: TypeError, message: 'worse' }),
  );
});

describe('arguments that do not fit', () => {
  scenario(
    'are told to the model: no JSON [TL-5, JS-27]',
    using([functionCall('get_weather', '{"city": '), 'Sorry.'], () => [get_weather]),
    (outcome) => {
      expect(outputs(outcome.newItems)[0]).toMatch(
        /^An error occurred while running the tool\. Please try again\. Error: Invalid JSON input for tool get_weather: /,
      );
      expect(outcome.finalOutput).toBe('Sorry.');
    },
  );

  scenario(
    'are told to the model: no object [TOL-04]',
    using([functionCall('get_weather', '["Rome"]'), 'Sorry.'], () => [get_weather]),
    (outcome) =>
      expect(outputs(outcome.newItems)[0]).toContain('expected an object with the arguments by name'),
  );

  scenario(
    'are told to the model: a field of the wrong type, by its path [TL-5]',
    using([functionCall('get_weather', { city: 7 }), 'Sorry.'], () => [get_weather]),
    (outcome) => expect(outputs(outcome.newItems)[0]).toContain('city: '),
  );

  scenario(
    'fail the run where the tool has no error function [TL-7, TOL-04]',
    using([functionCall('strict', { n: 'x' })], (world) => [
      tool({
        name: 'strict',
        parameters: z.object({ n: z.number() }),
        errorFunction: null,
        execute: () => world.note('ran'),
      }),
    ]),
    (outcome) => {
      expect(outcome.error).toMatchObject({
        class: InvalidToolInputError,
        code: 'BATON_INVALID_TOOL_INPUT',
      });
      expect(outcome.thrown).toBeInstanceOf(ModelBehaviorError);
      expect(outcome.notes).toEqual([]);
    },
  );
});

describe('a tool that takes too long', () => {
  const sleepy = (options: { timeoutBehavior?: 'error_as_result' | 'raise_exception' } = {}): FunctionTool =>
    tool({
      name: 'sleepy',
      timeoutMs: 5,
      ...options,
      execute: async (_input, _context, { signal }) => {
        await aborted(signal);
        return 'too late';
      },
    });

  scenario(
    'is cancelled, and the model told [JS-30]',
    using([functionCall('sleepy'), 'I see.'], () => [sleepy()]),
    (outcome) =>
      expect(outputs(outcome.newItems)).toEqual([
        'An error occurred while running the tool. Please try again. Error: Tool sleepy took longer than its time limit of 5 ms',
      ]),
  );

  scenario(
    'fails the run where it shall [JS-30]',
    using([functionCall('sleepy')], () => [sleepy({ timeoutBehavior: 'raise_exception' })]),
    (outcome) => {
      expect(outcome.error?.class).toBe(ToolTimeoutError);
      expect(outcome.thrown).toMatchObject({ toolName: 'sleepy', timeoutMs: 5 });
    },
  );
});

describe('a call of a tool that does not exist', () => {
  scenario(
    'fails the run [RUN-16, RUN-23]',
    using([[functionCall('nope', {}, 'c1'), functionCall('get_weather', { city: 'Rome' }, 'c2')]], () => [get_weather]),
    (outcome) => {
      expect(outcome.error).toMatchObject({
        class: ModelBehaviorError,
        message: 'Tool nope not found in agent A',
      });
    },
  );

  scenario(
    'is told to the model where the run says so, and the others run [RUN-23, JS-31]',
    using(
      [[functionCall('nope', {}, 'c1'), functionCall('get_weather', { city: 'Rome' }, 'c2')], 'Done'],
      () => [get_weather],
      { options: { toolNotFoundBehavior: 'return_error_to_model' } },
    ),
    (outcome) => {
      expect(outputs(outcome.newItems)).toEqual([
        'Tool nope not found in agent A. Available: get_weather.',
        'It is sunny in Rome',
      ]);
      expect(outcome.finalOutput).toBe('Done');
    },
  );

  scenario(
    'is a call of a tool that is switched off as well',
    using([functionCall('get_weather', { city: 'Rome' })], () => [{ ...get_weather, isEnabled: false }]),
    (outcome) => {
      expect(outcome.requests[0]?.tools).toEqual([]);
      expect(outcome.error?.message).toBe('Tool get_weather not found in agent A');
    },
  );
});

describe('a call that nobody here can answer', () => {
  scenario(
    'fails the run: a computer call without a computer [RUN-15]',
    using([{ type: 'computer_call', callId: 'c1', action: { type: 'screenshot' } }], () => []),
    (outcome) => {
      expect(outcome.error?.class).toBe(ModelBehaviorError);
      expect(outcome.history?.map((item) => item.type)).toEqual([
        'message',
        'computer_call',
        'computer_call_result',
      ]);
    },
  );

  scenario(
    'gets an answer in the conversation that is left: shell and patch',
    using(
      [
        [
          { type: 'shell_call', callId: 'c1', action: { commands: ['ls'] } },
          { type: 'apply_patch_call', callId: 'c2', operation: { type: 'delete_file', path: 'a' } },
        ],
      ],
      () => [],
    ),
    (outcome) =>
      expect(outcome.history?.map((item) => item.type)).toEqual([
        'message',
        'shell_call',
        'apply_patch_call',
        'shell_call_output',
        'apply_patch_call_output',
      ]),
  );
});

describe('whether a tool is offered', () => {
  scenario(
    'is asked with the run context and the agent, once per activation of the agent [RUN-7, RUN-27]',
    using([functionCall('get_weather', { city: 'Rome' }), 'Done'], (world) => [
      get_weather,
      tool({
        name: 'hidden',
        execute: () => '',
        isEnabled: ({ agent, runContext }) => {
          world.keep('asked', () => world.note(`asked for ${agent.name}, ${String(runContext.context)}`));
          return Promise.resolve(false);
        },
      }),
    ]),
    (outcome) => {
      expect(outcome.notes).toEqual(['asked for A, undefined']);
      expect(outcome.requests.map((request) => request.tools)).toEqual([['get_weather'], ['get_weather']]);
    },
  );
});

describe('what a tool returns', () => {
  const returning = (value: unknown): Scenario =>
    using([functionCall('give'), 'Done'], () => [tool({ name: 'give', execute: () => value })]);

  scenario('an object is shown as JSON and kept as it is [IT-9]', returning({ a: 1 }), (outcome) => {
    const item = outcome.newItems?.[1];
    expect(item?.rawItem).toMatchObject({ output: '{"a":1}' });
    expect(item?.output).toEqual({ a: 1 });
  });

  scenario('an empty list is shown as text [TOL-06, JS-33]', returning([]), (outcome) =>
    expect(outputs(outcome.newItems)).toEqual(['[]']),
  );

  scenario('nothing is shown as null', returning(undefined), (outcome) =>
    expect(outputs(outcome.newItems)).toEqual(['null']),
  );

  scenario('a number is shown as text', returning(7), (outcome) =>
    expect(outputs(outcome.newItems)).toEqual(['7']),
  );

  scenario(
    'parts are shown as parts, also after a resume [JS-34]',
    returning([
      { type: 'text', text: 'A map:' },
      { type: 'image', image: { url: 'https://maps.example/rome.png' }, detail: 'low' },
    ]),
    (outcome) =>
      expect(outputs(outcome.newItems)).toEqual([
        [
          { type: 'input_text', text: 'A map:' },
          { type: 'input_image', image: 'https://maps.example/rome.png', detail: 'low' },
        ],
      ]),
  );

  scenario(
    'of a generator is its return value; its yields are progress only',
    using([functionCall('work'), 'Done'], () => [
      tool({
        name: 'work',
        async *execute() {
          yield 'half';
          await Promise.resolve();
          yield 'all';
          return 'result';
        },
      }),
    ]),
    (outcome) => {
      expect(outputs(outcome.newItems)).toEqual(['result']);
      if (outcome.mode === 'plain') return;
      const progress = outcome.events.flatMap((event) =>
        event.type === 'tool_progress' ? [event.progress] : [],
      );
      expect(progress).toEqual(['half', 'all']);
    },
  );
});

describe('what follows the tools of a turn', () => {
  const two = [functionCall('a', {}, 'c1'), functionCall('b', {}, 'c2')];
  const ab = (): FunctionTool[] => [
    tool({ name: 'a', execute: () => ({ from: 'a' }) }),
    tool({ name: 'b', execute: () => 'from b' }),
  ];

  scenario(
    'is the model again by default [RUN-22]',
    using([two, 'Done'], ab),
    (outcome) => expect(outcome.finalOutput).toBe('Done'),
  );

  scenario(
    'is the end with the first call\'s output; all tools have run [RUN-23]',
    using([two], ab, { toolUseBehavior: 'stop_on_first_tool' }),
    (outcome) => {
      // A text agent's final output is text.
      expect(outcome.finalOutput).toBe('{"from":"a"}');
      expect(outputs(outcome.newItems)).toEqual(['{"from":"a"}', 'from b']);
      expect(outcome.requests).toHaveLength(1);
    },
  );

  scenario(
    'is the end with the output of the first call of a listed tool [RUN-24]',
    using([two], ab, { toolUseBehavior: { stopAtToolNames: ['c', 'b'] } }),
    (outcome) => expect(outcome.finalOutput).toBe('from b'),
  );

  scenario(
    'is the model again where no listed tool was called [RUN-24]',
    using([two, 'Done'], ab, { toolUseBehavior: { stopAtToolNames: ['c'] } }),
    (outcome) => expect(outcome.finalOutput).toBe('Done'),
  );

  scenario(
    'is what a function of all results says [AG-15, RUN-25]',
    using([two, two, 'never'], ab, {
      toolUseBehavior: (runContext, results) =>
        runContext.usage.requests < 2
          ? { isFinalOutput: false }
          : { isFinalOutput: true, finalOutput: results.map(({ tool, output }) => [tool.name, output]) },
    }),
    (outcome) => {
      expect(outcome.finalOutput).toBe('[["a",{"from":"a"}],["b","from b"]]');
      expect(outcome.requests).toHaveLength(2);
    },
  );

  scenario(
    'is an output of a structured agent as the tool gave it [AG-16]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([two]),
          tools: ab(),
          outputType: z.object({ from: z.string() }),
          toolUseBehavior: 'stop_on_first_tool',
        }),
      }),
    },
    (outcome) => expect(outcome.finalOutput).toEqual({ from: 'a' }),
  );
});
