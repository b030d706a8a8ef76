import type { ModelStreamEvent } from '@baton/core/model';
import {
  aRequest,
  aTool,
  collect,
  eventStream,
  expectLaw,
  responseOf,
  withRawServer,
} from '@baton/openai-shared/test-support';
import { functionCall, message, type OutputItem, reasoning, refusal } from '@baton/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { providerMark } from '../src/provider-mark.js';
import { ResponseStreamReader } from '../src/response/stream-reader.js';
import { modelOf, withServer } from './support/with-server.js';

interface Wire {
  readonly [field: string]: unknown;
}

const tools = [aTool('get_weather')];

describe('the deltas add up to the items of the response [RSP-3]', () => {
  const outputs: readonly [string, readonly (string | OutputItem)[]][] = [
    ['a text', ['Hello there, how are you?']],
    ['an empty text', ['']],
    ['a refusal', [refusal('I cannot help with that.')]],
    [
      'a text and a refusal in one message',
      [
        {
          type: 'message',
          content: [
            { type: 'output_text', text: 'Well…' },
            { type: 'refusal', refusal: 'no.' },
          ],
        },
      ],
    ],
    ['a call', [functionCall('get_weather', { city: 'Rome' })]],
    ['a call with broken arguments', [functionCall('get_weather', '{"city": "Ro')]],
    ['a call without arguments', [functionCall('get_weather', '')]],
    [
      'parallel calls',
      [
        functionCall('get_weather', { city: 'Rome' }),
        functionCall('get_weather', { city: 'Oslo' }),
      ],
    ],
    [
      'reasoning in both forms, then a text',
      [reasoning(['First this.', 'Then that.'], { content: 'Hm, hm.' }), message('42')],
    ],
    [
      'a commentary, a call',
      [
        message('Let me see.', { phase: 'commentary' }),
        functionCall('get_weather', { city: 'Rome' }),
      ],
    ],
    [
      'a hosted tool, then a text with annotations',
      [
        { type: 'web_search_call', action: { type: 'search', query: 'x' } },
        message('See', {
          annotations: [
            {
              type: 'url_citation',
              url: 'https://x.example/',
              title: 'X',
              start_index: 0,
              end_index: 3,
            },
          ],
        }),
      ],
    ],
    ['an unknown item', [{ type: 'hologram', depth: 3 }, 'Look.']],
    ['nothing', []],
  ];

  it.each(outputs)('%s', async (_name, output) => {
    const server = await withServer({ script: [{ output }, { output }] });
    const model = modelOf(server);
    const events = await collect(model, aRequest({ tools }));
    expectLaw(events);
    const whole = await model.getResponse(aRequest({ tools }));
    expect(whole.output.map(({ type }) => type)).toEqual(
      responseOf(events).output.map(({ type }) => type),
    );
  });
});

it('plain and streamed give the same response', async () => {
  const output = [
    reasoning('Hm.', { id: 'rs_x' }),
    functionCall('get_weather', {}, { id: 'fc_x', callId: 'call_x' }),
  ];
  const server = await withServer({ script: [{ output }, { output }] });
  const whole = await modelOf(server).getResponse(aRequest({ tools }));
  const streamed = responseOf(await collect(modelOf(server), aRequest({ tools })));
  expect({ ...streamed, responseId: '', requestId: '' }).toEqual({
    ...whole,
    responseId: '',
    requestId: '',
  });
  expect(whole).toMatchObject({
    responseId: 'resp_1',
    requestId: 'req_1',
    finishReason: 'tool_calls',
  });
  expect(streamed).toMatchObject({ responseId: 'resp_2', requestId: 'req_2' });
});

it('deltas arrive as they were sent, each with its raw event before it', async () => {
  const server = await withServer({ script: [{ output: 'abc', chunk: (text) => text.split('') }] });
  const events = await collect(modelOf(server), aRequest());
  const at = events.findIndex(({ type }) => type === 'output_text_delta');
  expect(events.slice(at - 1, at + 3)).toMatchObject([
    { type: 'model', event: { type: 'response.output_text.delta', delta: 'a' } },
    { type: 'output_text_delta', itemIndex: 0, contentIndex: 0, delta: 'a' },
    { type: 'model', event: { type: 'response.output_text.delta', delta: 'b' } },
    { type: 'output_text_delta', delta: 'b' },
  ]);
});

it('an item is done as soon as it is complete, and is the same object in the response [STR-02]', async () => {
  const server = await withServer({
    script: [[functionCall('get_weather', { city: 'Rome' }), 'Wait.']],
  });
  const events = await collect(modelOf(server), aRequest({ tools }));
  const done = events.findIndex(({ type }) => type === 'output_item_done');
  const text = events.findIndex(({ type }) => type === 'output_text_delta');
  expect(done).toBeLessThan(text);
  expect(events[done]).toHaveProperty('item', responseOf(events).output[0]);
  expect((events[done] as { item: unknown }).item).toBe(responseOf(events).output[0]);
});

it('the raw usage is kept where it is asked for', async () => {
  const server = await withServer({ script: ['a', 'b'] });
  const asked = await modelOf(server).getResponse(
    aRequest({ modelSettings: { preserveRawUsage: true } }),
  );
  expect(asked.rawUsage).toMatchObject({ input_tokens: expect.any(Number) });
  expect(await modelOf(server).getResponse(aRequest())).not.toHaveProperty('rawUsage');
});

/** A stream of everything that can be streamed, as OpenAI sends it. */
function fullStream(): { readonly events: readonly Wire[]; readonly output: readonly Wire[] } {
  const output = [
    {
      type: 'reasoning',
      id: 'rs_1',
      summary: [{ type: 'summary_text', text: 'Sum' }],
      content: [{ type: 'reasoning_text', text: 'Thought' }],
    },
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [
        { type: 'output_text', text: 'Hello', annotations: [], logprobs: [] },
        { type: 'refusal', refusal: 'No' },
      ],
    },
    {
      type: 'function_call',
      id: 'fc_1',
      call_id: 'call_1',
      name: 'f',
      arguments: '{"a":1}',
      status: 'completed',
    },
  ] as const;
  const [thought, said, called] = output;
  const at = (output_index: number, content_index: number): Wire => ({
    output_index,
    content_index,
  });
  const summary = { output_index: 0, summary_index: 0 };
  const events: Wire[] = [
    { type: 'response.created', response: { id: 'resp_1', status: 'in_progress', output: [] } },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...thought, summary: [], content: [] },
    },
    {
      type: 'response.reasoning_summary_part.added',
      ...summary,
      part: { type: 'summary_text', text: '' },
    },
    { type: 'response.reasoning_summary_text.delta', ...summary, delta: 'S' },
    { type: 'response.reasoning_summary_text.delta', ...summary, delta: 'um' },
    { type: 'response.reasoning_summary_text.done', ...summary, text: 'Sum' },
    { type: 'response.reasoning_summary_part.done', ...summary, part: thought.summary[0] },
    { type: 'response.reasoning_text.delta', ...at(0, 0), delta: 'Thou' },
    { type: 'response.reasoning_text.delta', ...at(0, 0), delta: 'ght' },
    { type: 'response.reasoning_text.done', ...at(0, 0), text: 'Thought' },
    { type: 'response.output_item.done', output_index: 0, item: thought },
    { type: 'response.output_item.added', output_index: 1, item: { ...said, content: [] } },
    { type: 'response.content_part.added', ...at(1, 0), part: { type: 'output_text', text: '' } },
    { type: 'response.output_text.delta', ...at(1, 0), delta: 'Hel' },
    { type: 'response.output_text.delta', ...at(1, 0), delta: 'lo' },
    { type: 'response.output_text.done', ...at(1, 0), text: 'Hello' },
    { type: 'response.content_part.done', ...at(1, 0), part: said.content[0] },
    { type: 'response.content_part.added', ...at(1, 1), part: { type: 'refusal', refusal: '' } },
    { type: 'response.refusal.delta', ...at(1, 1), delta: 'N' },
    { type: 'response.refusal.delta', ...at(1, 1), delta: 'o' },
    { type: 'response.refusal.done', ...at(1, 1), refusal: 'No' },
    { type: 'response.content_part.done', ...at(1, 1), part: said.content[1] },
    { type: 'response.output_item.done', output_index: 1, item: said },
    { type: 'response.output_item.added', output_index: 2, item: { ...called, arguments: '' } },
    { type: 'response.function_call_arguments.delta', output_index: 2, delta: '{"a"' },
    { type: 'response.function_call_arguments.delta', output_index: 2, delta: ':1}' },
    { type: 'response.function_call_arguments.done', output_index: 2, arguments: '{"a":1}' },
    { type: 'response.output_item.done', output_index: 2, item: called },
    { type: 'response.completed', response: { id: 'resp_1', status: 'completed', output } },
  ];
  return { events, output };
}

function readAll(events: readonly Wire[]): readonly ModelStreamEvent[] {
  const reader = new ResponseStreamReader({
    mark: providerMark('m'),
    requestId: undefined,
    preserveRawUsage: false,
  });
  return events.flatMap((event) => {
    reader.read(event);
    return reader.take();
  });
}

describe('servers that leave events out', () => {
  const { events } = fullStream();
  const types = [...new Set(events.map(({ type }) => type))].filter(
    (type) => type !== 'response.completed',
  );

  it('the deltas add up whichever kinds of events a server never sends', () => {
    fc.assert(
      fc.property(fc.subarray(types), (missing) => {
        expectLaw(readAll(events.filter(({ type }) => !missing.includes(type))));
      }),
      { numRuns: 300 },
    );
  });

  it('an empty final output is filled from the items that were done, in order [R7, RUN-20]', () => {
    const done = readAll([
      ...events.slice(0, -1),
      { type: 'response.completed', response: { id: 'resp_1', status: 'completed', output: [] } },
    ]);
    expectLaw(done);
    expect(responseOf(done).output.map(({ type }) => type)).toEqual([
      'reasoning',
      'message',
      'function_call',
    ]);
  });

  it('a final output that says more than the items that were done has the last word [RUN-20]', () => {
    const [text] = fullStream().output.slice(1, 2);
    const read = readAll([
      { type: 'response.output_item.done', output_index: 0, item: { ...text, content: [] } },
      { type: 'response.completed', response: { status: 'completed', output: [text] } },
    ]);
    expect(responseOf(read).output).toMatchObject([{ content: [{ text: 'Hello' }, {}] }]);
  });
});

it('an event of a kind nobody knows is passed on and otherwise ignored', () => {
  const { events } = fullStream();
  const strange = { type: 'response.hologram.delta', output_index: 0, delta: 'x' };
  const read = readAll([...events.slice(0, 3), strange, ...events.slice(3)]);
  expectLaw(read);
  expect(read).toContainEqual({ type: 'model', event: strange });
});

it('a server that does not stream is taken at its word', async () => {
  const { output } = fullStream();
  const server = await withRawServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id: 'resp_1', status: 'completed', output }));
  });
  expectLaw(await collect(modelOf(server), aRequest()));
});

it('a stream may have an end mark of the older API, and no content type', async () => {
  const { events } = fullStream();
  const server = await withRawServer((_request, response) => {
    for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
    response.end('data: [DONE]\n\n');
  });
  expectLaw(await collect(modelOf(server), aRequest()));
});

it('nothing comes after the end of the response', async () => {
  const { events } = fullStream();
  const server = await withRawServer(eventStream([...events, { type: 'response.hologram' }]));
  expect((await collect(modelOf(server), aRequest())).at(-1)?.type).toBe('response_done');
});

it('a response in the background is waited for by its stream', async () => {
  const response = { id: 'resp_1', output: [] };
  const said = {
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: 'Done.', annotations: [], logprobs: [] }],
  };
  const server = await withRawServer(
    eventStream([
      { type: 'response.created', response: { ...response, status: 'queued' } },
      { type: 'response.queued', response: { ...response, status: 'queued' } },
      { type: 'response.in_progress', response: { ...response, status: 'in_progress' } },
      { type: 'response.output_item.done', output_index: 0, item: said },
      { type: 'response.completed', response: { ...response, status: 'completed', output: [said] } },
    ]),
  );
  const events = await collect(modelOf(server), aRequest());
  expect(responseOf(events)).toMatchObject({ responseId: 'resp_1', output: [{ id: 'msg_1' }] });
});
