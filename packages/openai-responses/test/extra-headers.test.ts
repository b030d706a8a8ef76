import { aRequest, collect } from '@baton/openai-shared/test-support';
import { expect, it } from 'vitest';
import { OpenAIResponsesWSModel } from '../src/index.js';
import { modelOf, withServer } from './support/with-server.js';

const modelSettings = { extraHeaders: { 'x-tenant': 'a' }, extraQuery: { version: '2' } };

it('headers of a call go with its request, streamed or not, and are no fields of the body', async () => {
  const server = await withServer({ reply: () => 'ok' });
  await modelOf(server).getResponse(aRequest({ modelSettings }));
  await collect(modelOf(server), aRequest({ modelSettings }));
  expect(server.requests.map(({ headers }) => headers['x-tenant'])).toEqual(['a', 'a']);
  expect(server.requests[0]?.body).not.toHaveProperty('extraHeaders');
});

it('a call with headers of its own goes over HTTP, as a socket is open already', async () => {
  const server = await withServer({ reply: () => 'ok' });
  const model = new OpenAIResponsesWSModel({ apiKey: 'sk-test', baseURL: server.url }, 'gpt-5.4');
  await collect(model, aRequest({ modelSettings }));
  expect(server.requests[0]?.headers['x-tenant']).toBe('a');
  await model.close();
});
