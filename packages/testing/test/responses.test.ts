import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { functionCall, message, reasoning, startOpenAIServer } from '../src/index.js';

it('a scripted conversation runs over the real client, streamed and not', async () => {
  const server = await startOpenAIServer({
    script: [[reasoning('Think.'), functionCall('get_weather', { city: 'Rome' })], message('It is sunny.')],
  });
  const client = new OpenAI({ apiKey: 'test', baseURL: server.url });

  const first = await client.responses.create({ model: 'gpt-test', input: 'Weather in Rome?' });
  const call = first.output[1];
  expect(call).toMatchObject({ type: 'function_call', id: 'fc_1', call_id: 'call_1', arguments: '{"city":"Rome"}' });

  const stream = await client.responses.create({
    model: 'gpt-test',
    stream: true,
    previous_response_id: first.id,
    input: [{ type: 'function_call_output', call_id: 'call_1', output: 'sunny' }],
  });
  const events = [];
  for await (const event of stream) events.push(event);
  expect(events.map((event) => event.type)).toEqual([
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.delta',
    'response.output_text.delta',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
  ]);
  expect(events.map((event) => event.sequence_number)).toEqual([...events.keys()]);
  await server.close();
});
