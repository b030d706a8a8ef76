import { Agent, Runner, tool, toolNamespace } from '@baton/core';
import { functionCall, message, type OpenAIServerOptions, reasoning } from '@baton/testing';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { OpenAIResponsesProvider } from '../src/index.js';
import { withServer } from './support/with-server.js';

const weather = tool({
  name: 'get_weather',
  description: 'Tells the weather.',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `Sunny in ${city}`,
});
const local = new Agent({ name: 'Local guide', instructions: 'Know Rome.', tools: [weather] });
const triage = new Agent({ name: 'Triage', instructions: 'Hand off.', handoffs: [local] });

const script: OpenAIServerOptions['script'] = [
  [reasoning('Somebody else knows.'), functionCall('transfer_to_local_guide')],
  [
    reasoning('Look it up.'),
    message('One moment.', { phase: 'commentary' }),
    functionCall('get_weather', { city: 'Rome' }),
    functionCall('get_weather', { city: 'Ostia' }),
  ],
  [reasoning('Sunny.'), message('It is sunny.')],
];

it.each([false, true])(
  'a run with a handoff, reasoning and tools, streamed: %s [RSP-1]',
  async (stream) => {
    const server = await withServer({ script });
    const modelProvider = new OpenAIResponsesProvider({ baseURL: server.url, apiKey: 'sk-test' });
    const runner = new Runner({ modelProvider });
    const result = stream
      ? await runner.run(triage, 'Weather in Rome?', { stream: true })
      : await runner.run(triage, 'Weather in Rome?');
    if (stream && 'completed' in result) await result.completed;
    expect(result.finalOutput).toBe('It is sunny.');
    expect(server.requests.map(({ body }) => (body['input'] as unknown[]).length)).toEqual([
      1, 4, 10,
    ]);
  },
);

it('two namespaces may have a tool of the same name [JS-32, R6]', async () => {
  const place = (name: string) =>
    toolNamespace({
      name,
      description: `Things of ${name}.`,
      tools: [tool({ name: 'find', parameters: z.object({}), execute: () => `found in ${name}` })],
    });
  const calls = ['crm', 'shop'].map((namespace) => functionCall('find', {}, { namespace }));
  const server = await withServer({ script: [calls, 'Done.'] });
  const modelProvider = new OpenAIResponsesProvider({ baseURL: server.url, apiKey: 'sk-test' });
  const finder = new Agent({ name: 'Finder', tools: [...place('crm'), ...place('shop')] });
  await new Runner({ modelProvider }).run(finder, 'Find it.');
  expect(server.requests[1]?.body['input']).toMatchObject([
    {},
    { type: 'function_call', namespace: 'crm', name: 'find' },
    { type: 'function_call', namespace: 'shop', name: 'find' },
    { type: 'function_call_output', output: 'found in crm' },
    { type: 'function_call_output', output: 'found in shop' },
  ]);
});
