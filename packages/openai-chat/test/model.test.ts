import {
  aRequest,
  collect,
  eventStream,
  responseOf,
  withRawServer,
} from '@baton/openai-shared/test-support';
import { functionCall, message } from '@baton/testing';
import OpenAI from 'openai';
import OpenAI6 from 'openai6';
import { expect, it } from 'vitest';
import { type OpenAIClientInput, OpenAIChatCompletionsModel } from '../src/index.js';
import { modelOf, withServer } from './support/with-server.js';

const CLIENTS: Readonly<Record<string, (baseURL: string) => OpenAIClientInput>> = {
  options: (baseURL) => ({ apiKey: 'sk-test', baseURL }),
  'a client of openai 7': (baseURL) => new OpenAI({ apiKey: 'sk-test', baseURL }),
  'a client of openai 6': (baseURL) => new OpenAI6({ apiKey: 'sk-test', baseURL }),
  'a function': (baseURL) => () => Promise.resolve(new OpenAI({ apiKey: 'sk-test', baseURL })),
};

it.each(Object.keys(CLIENTS))('a model is made of %s and a name [CC-1]', async (kind) => {
  const server = await withServer({ reply: () => 'Hello.' });
  const client = CLIENTS[kind]?.(server.url) ?? {};
  const model = new OpenAIChatCompletionsModel(client, 'gpt-4.1');
  const whole = await model.getResponse(aRequest());
  const streamed = responseOf(await collect(model, aRequest()));
  expect([whole, streamed]).toMatchObject([
    { output: [{ role: 'assistant', content: [{ text: 'Hello.' }] }] },
    { output: [{ role: 'assistant', content: [{ text: 'Hello.' }] }] },
  ]);
});

it('the last event of a stream has what the call in one piece gives [CC-10, CC-2]', async () => {
  const script = [
    message('Let me see.'),
    functionCall('look', { at: 'it' }),
    functionCall('look', { at: 'that' }),
  ];
  const server = await withServer({ reply: () => script });
  const { requestId, ...whole } = await modelOf(server).getResponse(aRequest());
  const { requestId: other, ...streamed } = responseOf(await collect(modelOf(server), aRequest()));
  const plain = (value: unknown) =>
    JSON.stringify(value).replaceAll(/(chatcmpl|call)[_-]\w+/g, '$1');
  expect(plain(streamed)).toEqual(plain(whole));
  expect([requestId, other]).toEqual(['req_1', 'req_2']);
  expect(whole.responseId).toBeUndefined();
});

it('the answer of a server that does not stream is told as a stream', async () => {
  const { url } = await withRawServer((_request, response) => {
    const calls = [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } }];
    const choices = [
      {
        index: 0,
        finish_reason: 'tool_calls',
        message: { role: 'assistant', content: 'So.', tool_calls: calls },
      },
    ];
    const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id: 'x', object: 'chat.completion', choices, usage }));
  });
  const events = await collect(modelOf({ url }), aRequest());
  expect(events.map(({ type }) => type)).toContain('output_text_delta');
  const { output, usage } = responseOf(events);
  expect(output).toMatchObject([
    { content: [{ text: 'So.' }] },
    { name: 'look', callId: 'c1', arguments: '{}' },
  ]);
  expect(usage.totalTokens).toBe(3);
});

it('a stream ends with its last word, however long its connection stays', async () => {
  const { url } = await withRawServer((_request, response) => {
    response.setHeader('content-type', 'text/event-stream');
    const choices = [{ index: 0, delta: { content: 'Hi' }, finish_reason: 'stop' }];
    response.write(`data: ${JSON.stringify({ choices })}\n\ndata: [DONE]\n\n`);
  });
  expect(responseOf(await collect(modelOf({ url }), aRequest())).output).toHaveLength(1);
});

it.each([
  ['no finish reason and no last word', [{ choices: [{ index: 0, delta: { content: 'Hi' } }] }]],
  ['nothing at all', []],
])('a stream with %s is no answer', async (_what, events) => {
  const { url } = await withRawServer(eventStream(events));
  const failed = collect(modelOf({ url }), aRequest());
  await expect(failed).rejects.toThrow(
    'ended before the response was complete: it has no `finish_reason`',
  );
});

it('a server that has no Chat Completions is told apart', async () => {
  const { url } = await withRawServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"output":[]}');
  });
  await expect(modelOf({ url }).getResponse(aRequest())).rejects.toThrow(
    'has no `choices` list, so it is not a response of Chat Completions',
  );
});
