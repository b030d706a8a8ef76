import { Agent, run } from '@baton/core';
import { AzureOpenAI } from 'openai';
import { expect, it } from 'vitest';
import { OpenAIResponsesModel } from '../src/index.js';
import { withServer } from './support/with-server.js';

it.each([false, true])('a client for Azure works as any other, streamed: %s', async (stream) => {
  const server = await withServer({ script: ['Hello.'] });
  const sent: { readonly url: string; readonly headers: Headers }[] = [];
  const client = new AzureOpenAI({
    apiKey: 'azure-key',
    baseURL: server.url,
    apiVersion: '2026-01-01-preview',
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      sent.push({ url: String(input), headers: new Headers(headers) });
      headers.set('authorization', 'Bearer sk-test'); // the server asks for a key as OpenAI does
      return fetch(input, { ...init, headers });
    },
  });
  const agent = new Agent({ name: 'A', model: new OpenAIResponsesModel(client, 'my-deployment') });
  const result = stream ? await run(agent, 'Hello', { stream: true }) : await run(agent, 'Hello');
  if ('completed' in result) await result.completed;
  expect(result.finalOutput).toBe('Hello.');
  expect(sent.map(({ url }) => url)).toEqual([
    `${server.url}/responses?api-version=2026-01-01-preview`,
  ]);
  expect(sent[0]?.headers.get('api-key')).toBe('azure-key');
  expect(sent[0]?.headers.get('authorization')).toBeNull();
});
