import type { ModelRequest, ModelStreamEvent } from '@baton/core/model';
import { startOpenAIServer } from '@baton/testing';
import { expect, it } from 'vitest';
import { OpenAIResponsesModel } from '../src/index.js';

const request: ModelRequest = {
  systemInstructions: 'Be brief.',
  input: 'Hello',
  modelSettings: {},
  tools: [],
  handoffs: [],
  outputType: 'text',
};

it('an answer in one piece becomes a model response [RSP-2]', async () => {
  await using server = await startOpenAIServer({ script: ['Hi there, friend'] });
  const model = new OpenAIResponsesModel({ baseURL: server.url, apiKey: 'sk-test' }, 'gpt-x');
  const response = await model.getResponse(request);
  expect(response.output).toMatchObject([
    { type: 'message', content: [{ text: 'Hi there, friend' }] },
  ]);
});

it('a streamed answer is said in deltas [RSP-3]', async () => {
  await using server = await startOpenAIServer({ script: ['Hi there, friend'] });
  const model = new OpenAIResponsesModel({ baseURL: server.url, apiKey: 'sk-test' }, 'gpt-x');
  const events: ModelStreamEvent[] = [];
  for await (const event of model.getStreamedResponse(request)) events.push(event);
  expect(events.at(-1)).toMatchObject({ type: 'response_done' });
});
