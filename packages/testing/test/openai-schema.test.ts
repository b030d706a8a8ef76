import { describe, expect, it } from 'vitest';
import { loadOpenAISchema, type OpenAISchema } from './support/openai-schema.js';
import { post } from './support/post.js';
import { withServer } from './support/with-server.js';

const schema = loadOpenAISchema();

// The other tests lean on the validator, so it has to see what is planted.
describe.skipIf(schema === undefined)("the validator made from OpenAI's schema", () => {
  const openai = schema as OpenAISchema; // the suite is skipped without it

  it.each([
    ['an unknown top-level field', { foo: 1 }, '/ must NOT have unevaluated properties ("foo")'],
    [
      'an unknown nested field',
      { text: { format: { type: 'text', baz: 1 } } },
      '/text/format must NOT have unevaluated properties ("baz")',
    ],
    [
      'a missing nested field',
      { input: [{ type: 'custom_tool_call_output', output: 'x' }] },
      "/input/0 must have required property 'call_id'",
    ],
    [
      'an unknown type of item',
      { input: [{ type: 'tool_result' }] },
      expect.stringContaining('/input/0/type must be equal to one of'),
    ],
  ])('sees %s in a request', (_what, fields, problem) => {
    expect(openai.requestProblems('CreateResponse', { model: 'm', ...fields })).toContainEqual(
      problem,
    );
  });

  it('misses no required field of a response', async () => {
    const server = await withServer({ reply: () => 'Hi' });
    const response = (await post(server.url, { model: 'm', input: 'Hi' })).json();
    const parts = openai.component('Response')['allOf'] as readonly {
      required?: readonly string[];
    }[];
    const required = parts.flatMap((part) => part.required ?? []);
    expect(required).toContain('top_p');
    expect(openai.answerProblems('Response', response)).toEqual([]);
    for (const field of required) {
      const { [field]: _gone, ...rest } = response;
      expect(openai.answerProblems('Response', rest), field).not.toEqual([]);
    }
  });

  it.each([
    ['without its number', { sequence_number: undefined }],
    ['without its place', { output_index: undefined }],
    ['with an unknown field', { foo: 1 }],
    ['of an unknown type', { type: 'response.output_text.deltas' }],
  ])('sees an event %s', (_what, change) => {
    const event = {
      type: 'response.refusal.delta',
      item_id: 'msg_1',
      output_index: 0,
      content_index: 0,
      delta: 'x',
      sequence_number: 1,
    };
    const broken: unknown = JSON.parse(JSON.stringify({ ...event, ...change }));
    expect(openai.answerProblems('ResponseStreamEvent', event)).toEqual([]);
    expect(openai.answerProblems('ResponseStreamEvent', broken)).not.toEqual([]);
  });

  it.each([
    ['of a text', { delta: { contents: 'x' } }],
    ['of a call', { delta: { tool_calls: [{ index: 0, function: { args: '' } }] } }],
    ['without a place', { index: undefined }],
    ['with an unknown reason to finish', { finish_reason: 'end_turn' }],
  ])('sees a broken chunk %s', (_what, change) => {
    const choice = { index: 0, delta: { content: 'x' }, logprobs: null, finish_reason: null };
    const chunk = (one: object): unknown =>
      JSON.parse(
        JSON.stringify({
          id: 'chatcmpl_1',
          object: 'chat.completion.chunk',
          created: 1,
          model: 'm',
          choices: [one],
        }),
      );
    const name = 'CreateChatCompletionStreamResponse';
    expect(openai.answerProblems(name, chunk(choice))).toEqual([]);
    expect(openai.answerProblems(name, chunk({ ...choice, ...change }))).not.toEqual([]);
  });

  it.each([
    ['an unknown field', { foo: 1 }],
    ['an unknown role', { messages: [{ role: 'agent', content: 'x' }] }],
    ['an unknown field of a message', { messages: [{ role: 'user', content: 'x', id: 'y' }] }],
  ])('sees %s in a request for a chat completion', (_what, fields) => {
    const body = { model: 'm', messages: [{ role: 'user', content: 'x' }] };
    const name = 'CreateChatCompletionRequest';
    expect(openai.requestProblems(name, body)).toEqual([]);
    expect(openai.requestProblems(name, { ...body, ...fields })).not.toEqual([]);
  });
});
