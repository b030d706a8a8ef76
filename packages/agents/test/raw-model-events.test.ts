import {
  Agent,
  isOpenAIChatCompletionsRawModelStreamEvent,
  isOpenAIResponsesRawModelStreamEvent,
  OpenAIProvider,
  run,
} from '@baton/agents';
import { expect, it } from 'vitest';
import { withServer } from './support/with-server.js';

it.each([true, false])('raw events say which API they are of, Responses: %s', async (useResponses) => {
  const server = await withServer({ reply: () => 'Hello.' });
  const modelProvider = new OpenAIProvider({ apiKey: 'sk-own', baseURL: server.url, useResponses });
  const result = await run(new Agent({ name: 'A' }), 'Hello', { modelProvider, stream: true });
  const kinds = { raw: 0, responses: 0, chat: 0 };
  for await (const event of result) {
    if (event.type === 'raw_model_stream_event' && event.data.type === 'model') kinds.raw += 1;
    if (isOpenAIResponsesRawModelStreamEvent(event)) kinds.responses += 1;
    if (isOpenAIChatCompletionsRawModelStreamEvent(event)) kinds.chat += 1;
  }
  expect(kinds.raw).toBeGreaterThan(2);
  const all = { raw: kinds.raw, responses: useResponses ? kinds.raw : 0, chat: useResponses ? 0 : kinds.raw };
  expect(kinds).toEqual(all);
});
