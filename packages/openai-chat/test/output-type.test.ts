import { Agent, InvalidFinalOutputError, run, tool } from '@baton/core';
import { functionCall } from '@baton/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChatDialect } from '../src/index.js';
import { modelOf, withServer } from './support/with-server.js';

const DIALECTS: readonly ChatDialect[] = [
  { responseFormat: 'json_schema' },
  { responseFormat: 'json_object' },
  { responseFormat: 'prompt' },
];
const outputType = z.object({ city: z.string() });
const look = tool({
  name: 'look',
  description: 'Looks.',
  parameters: z.object({}),
  execute: () => 'Rome',
});

describe.each(DIALECTS)('an output type over an endpoint with %o', (dialect) => {
  it.each([false, true])(
    'is the type of the final output, with tools before it, streamed: %s [CC-20, CC-15]',
    async (stream) => {
      const server = await withServer({ script: [functionCall('look', {}), '{"city":"Rome"}'] });
      const model = modelOf(server, 'gpt-4.1', { dialect });
      const agent = new Agent({
        name: 'A',
        instructions: 'Find it.',
        model,
        outputType,
        tools: [look],
      });
      const result = stream
        ? await run(agent, 'Where?', { stream: true })
        : await run(agent, 'Where?');
      if ('completed' in result) await result.completed;
      expect(result.finalOutput).toEqual({ city: 'Rome' });
      for (const { body } of server.requests) {
        const [first] = body['messages'] as readonly { readonly content: string }[];
        expect(first?.content.includes('"city"')).toBe(dialect.responseFormat !== 'json_schema');
      }
    },
  );

  it('is validated by the run, whoever has promised it [CC-20]', async () => {
    const server = await withServer({ script: ['{"town":"Rome"}'] });
    const model = modelOf(server, 'gpt-4.1', { dialect });
    const failed = run(new Agent({ name: 'A', model, outputType }), 'Where?');
    await expect(failed).rejects.toThrow(InvalidFinalOutputError);
  });
});
