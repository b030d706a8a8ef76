import { Agent, run, Runner, tool, UserError, OpenAIResponsesProvider } from '@baton/agents';
import { functionCall, message, startOpenAIServer } from '@baton/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';

const getWeather = tool({
  name: 'get_weather',
  description: 'The weather in a city',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `sunny in ${city}`,
});

describe('the umbrella', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('runs an agent with nothing but the key and base URL of the environment', async () => {
    const server = await startOpenAIServer({
      script: [functionCall('get_weather', { city: 'Rome' }), message('It is sunny in Rome.')],
    });
    try {
      vi.stubEnv('OPENAI_API_KEY', 'sk-test');
      vi.stubEnv('OPENAI_BASE_URL', server.url);
      vi.stubEnv('OPENAI_DEFAULT_MODEL', 'GPT-Test');
      const agent = new Agent({ name: 'Weather', tools: [getWeather] });
      const result = await new Runner().run(agent, 'How is Rome?');
      expect(result.finalOutput).toBe('It is sunny in Rome.');
      expect(server.requests).toHaveLength(2);
      expect(server.requests[0]?.body).toMatchObject({ model: 'gpt-test' });
    } finally {
      await server.close();
    }
  });

  it('streams the same answer as it gives in one piece', async () => {
    const server = await startOpenAIServer({ reply: () => message('One two three.') });
    try {
      const modelProvider = new OpenAIResponsesProvider({ apiKey: 'sk-test', baseURL: server.url });
      const agent = new Agent({ name: 'Counter' });
      const whole = await run(agent, 'Count', { modelProvider });
      const streamed = await run(agent, 'Count', { modelProvider, stream: true });
      let text = '';
      for await (const delta of streamed.toTextStream()) text += delta;
      expect(text).toBe('One two three.');
      expect(streamed.finalOutput).toBe(whole.finalOutput);
    } finally {
      await server.close();
    }
  });

  it('tells what to do when there is no key', async () => {
    vi.stubEnv('OPENAI_API_KEY', '');
    vi.stubEnv('OPENAI_BASE_URL', '');
    const running = new Runner().run(new Agent({ name: 'Nobody' }), 'hi');
    await expect(running).rejects.toThrow(UserError);
    await expect(running).rejects.toThrow(/OPENAI_API_KEY/);
  });

  it('changes nothing by being imported [JS-135]', async () => {
    const before = { globals: Object.keys(globalThis), listeners: process.eventNames() };
    vi.resetModules(); // so that importing runs the module again
    await import('@baton/agents');
    expect(Object.keys(globalThis)).toEqual(before.globals);
    expect(process.eventNames()).toEqual(before.listeners);
  });
});
