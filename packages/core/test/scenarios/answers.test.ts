import { describe, expect } from 'vitest';
import * as z from 'zod';
import {
  Agent,
  assistant,
  InvalidFinalOutputError,
  ModelBehaviorError,
  ModelRefusalError,
  ModelRequestError,
  tool,
  user,
} from '../../src/index.js';
import type { AgentOptions, AgentOutputType } from '../../src/index.js';
import type { ScriptedAnswer } from '../../src/testing/index.js';
import { functionCall, reasoning } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';
import type { Scenario } from '../support/modes.js';

function asking<TOutput extends AgentOutputType = 'text'>(
  script: readonly ScriptedAnswer[],
  options: Partial<AgentOptions<unknown, TOutput>> = {},
): Scenario {
  return {
    process: (world) => ({ agent: new Agent({ name: 'A', model: world.model(script), ...options }) }),
  };
}

const refusal = (text: string) => assistant([{ type: 'refusal', refusal: text }]);

describe('a text answer', () => {
  scenario('is the final output [RUN-12]', asking(['Hello!']), (outcome) => {
    expect(outcome.finalOutput).toBe('Hello!');
    expect(outcome.history).toEqual([user('Hi'), assistant('Hello!')]);
    expect(outcome.newItems).toEqual([
      { type: 'message_output_item', rawItem: assistant('Hello!'), agent: 'A' },
    ]);
    expect(outcome.requests).toHaveLength(1);
    expect(outcome.usage).toMatchObject({
      requests: 1,
      inputTokens: 10,
      outputTokens: 5,
      totalTokens: 15,
    });
    expect(outcome.lastResponseId).toBe('resp_1');
  });

  scenario(
    'in several parts is joined [JS-4]',
    asking([
      assistant([
        { type: 'output_text', text: 'Hello, ' },
        { type: 'output_text', text: 'you.' },
      ]),
    ]),
    (outcome) => expect(outcome.finalOutput).toBe('Hello, you.'),
  );

  scenario(
    'in several messages is the text of the last one with text [RUN-12]',
    asking([[assistant('First'), assistant('Second'), assistant([])]]),
    (outcome) => expect(outcome.finalOutput).toBe('Second'),
  );

  scenario(
    'may be empty: a message with empty text is a final output [RUN-12]',
    asking([assistant('')]),
    (outcome) => expect(outcome.finalOutput).toBe(''),
  );

  scenario(
    'after reasoning keeps the reasoning as an item [IT-10]',
    asking([[reasoning('Let me think'), assistant('42')]]),
    (outcome) => {
      expect(outcome.finalOutput).toBe('42');
      expect(outcome.newItems?.map((item) => item.type)).toEqual([
        'reasoning_item',
        'message_output_item',
      ]);
    },
  );

  scenario(
    'beside tools that only the provider runs is final [RUN-12]',
    asking([
      [
        { type: 'hosted_tool_call', name: 'web_search', status: 'completed' },
        assistant('It is sunny.'),
      ],
    ]),
    (outcome) => {
      expect(outcome.finalOutput).toBe('It is sunny.');
      expect(outcome.newItems?.map((item) => item.type)).toEqual([
        'tool_call_item',
        'message_output_item',
      ]);
    },
  );

  scenario(
    'of a run with a conversation as input follows that conversation',
    { ...asking(['Rome']), input: [user('Hi'), assistant('Hello'), user('The capital of Italy?')] },
    (outcome) => {
      expect(outcome.requests[0]?.input).toEqual([
        user('Hi'),
        assistant('Hello'),
        user('The capital of Italy?'),
      ]);
      expect(outcome.history).toHaveLength(4);
      expect(outcome.newItems).toHaveLength(1);
    },
  );

  scenario(
    'keeps items of a type nobody knows, as they came',
    asking([[{ type: 'unknown', id: 'x_1', providerData: { what: 'ever' } }, assistant('Done')]]),
    (outcome) => {
      expect(outcome.history).toContainEqual({
        type: 'unknown',
        id: 'x_1',
        providerData: { what: 'ever' },
      });
      expect(outcome.finalOutput).toBe('Done');
    },
  );
});

describe('no answer', () => {
  scenario('an empty response with nothing but reasoning is an error', asking([[reasoning('Hm')]]), (outcome) => {
    expect(outcome.error).toMatchObject({
      class: ModelBehaviorError,
      message: 'The model gave agent "A" an empty answer: no text, no tool call, no refusal. Run again, or try another model.',
    });
    expect(outcome.usage).toMatchObject({ requests: 1 });
  });

  scenario('an empty response is an error', asking([[]]), (outcome) => {
    expect(outcome.error?.class).toBe(ModelBehaviorError);
  });

  scenario(
    'a structured agent without text is an error',
    asking([{ output: [assistant([])] }], { outputType: z.object({ a: z.string() }) }),
    (outcome) => expect(outcome.error?.class).toBe(ModelBehaviorError),
  );

  scenario('a refusal is an error with the text of the refusal [RUN-18, JS-5]', asking([refusal('I will not.')]), (outcome) => {
    expect(outcome.error).toMatchObject({
      class: ModelRefusalError,
      message: 'The model refused to answer: I will not.',
      code: 'BATON_MODEL_REFUSAL',
    });
    expect(outcome.thrown).toMatchObject({ refusal: 'I will not.' });
    expect(outcome.history).toEqual([user('Hi'), refusal('I will not.')]);
  });

  scenario(
    'a refusal of a structured agent is a refusal, not an invalid output [RUN-18]',
    asking([refusal('No.')], { outputType: z.object({ a: z.string() }) }),
    (outcome) => {
      expect(outcome.error?.class).toBe(ModelRefusalError);
      expect(outcome.requests).toHaveLength(1);
    },
  );

  scenario(
    'a refusal beside a text leaves the text as the answer',
    asking([assistant([{ type: 'output_text', text: 'Only this.' }, { type: 'refusal', refusal: 'Not that.' }])]),
    (outcome) => expect(outcome.finalOutput).toBe('Only this.'),
  );
});

describe('a model that fails', () => {
  const overloaded = (): Error => new ModelRequestError('Overloaded', { statusCode: 529 });

  scenario(
    'ends the run with its own error',
    asking([overloaded()]),
    (outcome) => {
      expect(outcome.error).toMatchObject({ class: ModelRequestError, message: 'Overloaded' });
      expect(outcome.thrown).toMatchObject({ statusCode: 529 });
      expect(outcome.usage).toMatchObject({ requests: 0 });
      expect(outcome.history).toEqual([user('Hi')]);
    },
  );

  scenario(
    'in a later turn leaves what was done before in the state of the error [ER-1]',
    asking([functionCall('now'), overloaded()], {
      tools: [tool({ name: 'now', execute: () => 'noon' })],
    }),
    (outcome) => {
      expect(outcome.error?.message).toBe('Overloaded');
      expect(outcome.history).toHaveLength(3);
      expect(outcome.usage).toMatchObject({ requests: 1 });
      expect(Object.keys(outcome.thrown as object)).not.toContain('state');
      expect(JSON.stringify(outcome.thrown)).not.toContain('noon');
    },
  );

  scenario(
    'with an error of another kind passes it on untouched',
    asking([new RangeError('out of range')]),
    (outcome) => {
      expect(outcome.error).toMatchObject({ class: RangeError, message: 'out of range' });
    },
  );
});

describe('a structured answer', () => {
  const weather = z.object({ city: z.string(), degrees: z.number() });

  scenario(
    'is parsed by the output type [OS-1]',
    asking(['{"city":"Rome","degrees":21}'], { outputType: weather }),
    (outcome) => {
      expect(outcome.finalOutput).toEqual({ city: 'Rome', degrees: 21 });
      expect(outcome.requests[0]?.outputType).toEqual({
        type: 'json_schema',
        name: 'final_output',
        strict: true,
        schema: {
          type: 'object',
          properties: { city: { type: 'string' }, degrees: { type: 'number' } },
          required: ['city', 'degrees'],
          additionalProperties: false,
        },
      });
    },
  );

  scenario(
    'may be a list: wrapped for the model, unwrapped for the user [OS-2]',
    asking(['{"response":["a","b"]}'], { outputType: z.array(z.string()) }),
    (outcome) => {
      expect(outcome.finalOutput).toEqual(['a', 'b']);
      expect(outcome.requests[0]?.outputType).toMatchObject({
        schema: {
          type: 'object',
          properties: { response: { type: 'array', items: { type: 'string' } } },
          required: ['response'],
          additionalProperties: false,
        },
      });
    },
  );

  scenario(
    'may be a union [OS-2]',
    asking(['{"response":{"kind":"no","why":"late"}}'], {
      outputType: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('yes') }),
        z.object({ kind: z.literal('no'), why: z.string() }),
      ]),
    }),
    (outcome) => expect(outcome.finalOutput).toEqual({ kind: 'no', why: 'late' }),
  );

  scenario(
    'may be a scalar [OS-2]',
    asking(['{"response":7}'], { outputType: z.number() }),
    (outcome) => expect(outcome.finalOutput).toBe(7),
  );

  scenario(
    'may refer to itself at its root [OS-2]',
    asking(['{"response":["a",["b"]]}'], { outputType: nested() }),
    (outcome) => {
      expect(outcome.finalOutput).toEqual(['a', ['b']]);
      // "#" is the wrapper now: what was the root has moved.
      expect(JSON.stringify(outcome.requests[0]?.outputType)).not.toContain('"$ref":"#"');
    },
  );

  scenario(
    'loses the nulls that strictness asked for',
    asking(['{"name":"Ada","age":null}'], {
      outputType: z.object({ name: z.string(), age: z.number().optional() }),
    }),
    (outcome) => expect(outcome.finalOutput).toEqual({ name: 'Ada' }),
  );

  scenario(
    'is what a transform makes of it, and survives being stored',
    asking(['{"n":"12"}'], { outputType: z.object({ n: z.string().transform(Number) }) }),
    (outcome) => expect(outcome.finalOutput).toEqual({ n: 12 }),
  );

  scenario(
    'of a JSON Schema definition is parsed but not checked',
    asking(['{"any":"thing"}'], {
      outputType: { type: 'json_schema', name: 'x', strict: false, schema: { type: 'object' } },
    }),
    (outcome) => expect(outcome.finalOutput).toEqual({ any: 'thing' }),
  );

  scenario(
    'is final although tools were called, which have run [RUN-13]',
    asking([[functionCall('log'), assistant('{"city":"Rome","degrees":21}')]], {
      outputType: weather,
      tools: [tool({ name: 'log', execute: () => 'logged' })],
    }),
    (outcome) => {
      expect(outcome.finalOutput).toEqual({ city: 'Rome', degrees: 21 });
      expect(outcome.newItems?.map((item) => item.type)).toEqual([
        'tool_call_item',
        'message_output_item',
        'tool_call_output_item',
      ]);
      expect(outcome.requests).toHaveLength(1);
    },
  );

  scenario(
    'is still to come where a model only says beside its calls what it is about to do',
    asking([[assistant('Let me see.'), functionCall('log')], '{"city":"Rome","degrees":21}'], {
      outputType: weather,
      tools: [tool({ name: 'log', execute: () => 'logged' })],
    }),
    (outcome) => {
      expect(outcome.finalOutput).toEqual({ city: 'Rome', degrees: 21 });
      expect(outcome.requests).toHaveLength(2);
    },
  );

  scenario(
    'may stand in a fence, as models put it that are only asked for JSON',
    asking(['```json\n{"city":"Rome","degrees":21}\n```\n'], { outputType: weather }),
    (outcome) => expect(outcome.finalOutput).toEqual({ city: 'Rome', degrees: 21 }),
  );

  scenario(
    'that does not fit is an error that says where [OS-4, RUN-19]',
    asking(['{"city":"Rome","degrees":"warm"}'], { outputType: weather }),
    (outcome) => {
      expect(outcome.error).toMatchObject({
        class: InvalidFinalOutputError,
        code: 'BATON_INVALID_FINAL_OUTPUT',
      });
      expect(outcome.error?.message).toMatch(/^The final output of agent "A" does not fit its output type: degrees: /);
      expect(outcome.history).toHaveLength(2);
    },
  );

  scenario(
    'that is no JSON is an error of the same class [OS-4]',
    asking(['It is warm.'], { outputType: weather }),
    (outcome) => {
      expect(outcome.error?.class).toBe(InvalidFinalOutputError);
      expect(outcome.thrown).toBeInstanceOf(ModelBehaviorError);
    },
  );

  scenario(
    'without its wrapper is an error that names the key [OS-4]',
    asking(['["a"]'], { outputType: z.array(z.string()) }),
    (outcome) => {
      expect(outcome.error?.class).toBe(InvalidFinalOutputError);
      expect(outcome.error?.message).toContain('"response"');
    },
  );

  scenario(
    'with a wrapper of another name is an error that names the key [OS-4]',
    asking(['{"answer":["a"]}'], { outputType: z.array(z.string()) }),
    (outcome) => expect(outcome.error?.message).toContain('the key "response" is missing'),
  );
});

function nested(): z.ZodType<Nested> {
  const schema: z.ZodType<Nested> = z.union([z.string(), z.array(z.lazy(() => schema))]);
  return schema;
}

type Nested = string | Nested[];
