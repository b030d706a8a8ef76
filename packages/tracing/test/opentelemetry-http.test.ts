import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, Runner, tool } from '@baton/core';
import { OpenAIResponsesProvider } from '@baton/openai-responses';
import { functionCall, message, startOpenAIServer } from '@baton/testing';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTracing } from '../src/index.js';
import { OpenTelemetryProcessor } from '../src/opentelemetry/index.js';
import { startOpenTelemetry } from './support/open-telemetry.js';
import type { OpenTelemetry } from './support/open-telemetry.js';

let otel: OpenTelemetry;
let instrumentation: UndiciInstrumentation;
beforeEach(() => {
  otel = startOpenTelemetry();
  instrumentation = new UndiciInstrumentation({
    requestHook: (span, { path }) => span.updateName(`HTTP ${path}`),
  });
});
afterEach(async () => {
  instrumentation.disable();
  await otel.stop();
});

describe("the app's HTTP instrumentation", () => {
  it.each([
    ['whole', false],
    ['streamed', true],
  ])(
    'has the requests of model calls and tools below their spans, in a %s run',
    async (_, stream) => {
      const weatherServer = createServer((_, response) => response.end('Sunny'));
      await new Promise<void>((resolve) => weatherServer.listen(0, '127.0.0.1', resolve));
      // A server that listens on TCP has such an address.
      const { port } = weatherServer.address() as AddressInfo;
      await using server = await startOpenAIServer({
        script: [functionCall('get_weather', { city: 'Rome' }), message('Sunny.')],
      });
      const weather = tool({
        name: 'get_weather',
        description: 'The weather of a city.',
        parameters: z.object({ city: z.string() }),
        execute: async ({ city }) =>
          (await fetch(`http://127.0.0.1:${port}/weather/${city}`)).text(),
      });
      const runner = new Runner({
        modelProvider: new OpenAIResponsesProvider({ apiKey: 'test-key', baseURL: server.url }),
        tracer: createTracing({ processors: [new OpenTelemetryProcessor()] }),
      });
      const agent = new Agent({ name: 'Guide', model: 'gpt-test', tools: [weather] });

      await otel.tracerProvider.getTracer('app').startActiveSpan('request', async (span) => {
        if (stream) {
          const result = await runner.run(agent, 'How is Rome?', { stream: true });
          for await (const event of result) void event;
          await result.completed;
        } else {
          await runner.run(agent, 'How is Rome?');
        }
        span.end();
      });
      weatherServer.close();

      const run = ['request', 'invoke_workflow Agent workflow', 'invoke_agent Guide', 'turn 1'];
      expect(otel.path('HTTP /weather/Rome')).toEqual([
        ...run,
        'execute_tool get_weather',
        'HTTP /weather/Rome',
      ]);
      expect(otel.path('HTTP /v1/responses')).toEqual([
        ...run,
        'chat gpt-test',
        'HTTP /v1/responses',
      ]);
    },
  );
});
