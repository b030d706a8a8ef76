import { Agent, run, tool } from '@baton/core';
import { functionCall } from '@baton/testing';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { modelOf, withServer } from './support/with-server.js';

it.each([false, true])('an agent works through parallel calls, streamed: %s', async (stream) => {
  const server = await withServer({
    script: [
      [functionCall('weather', { city: 'Rome' }), functionCall('weather', { city: 'Oslo' })],
      'Both sunny.',
    ],
  });
  const weather = tool({
    name: 'weather',
    description: 'Tells the weather.',
    parameters: z.object({ city: z.string() }),
    execute: ({ city }) => `sunny in ${city}`,
  });
  const agent = new Agent({
    name: 'A',
    instructions: 'Be brief.',
    model: modelOf(server),
    tools: [weather],
  });
  const result = stream
    ? await run(agent, 'Weather?', { stream: true })
    : await run(agent, 'Weather?');
  if ('completed' in result) await result.completed;
  expect(result.finalOutput).toBe('Both sunny.');
  expect(server.requests[1]?.body['messages']).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Weather?' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: 'call_1',
          type: 'function',
          function: { name: 'weather', arguments: '{"city":"Rome"}' },
        },
        {
          id: 'call_2',
          type: 'function',
          function: { name: 'weather', arguments: '{"city":"Oslo"}' },
        },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: 'sunny in Rome' },
    { role: 'tool', tool_call_id: 'call_2', content: 'sunny in Oslo' },
  ]);
});
