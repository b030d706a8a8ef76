import { Agent, run } from '@baton/core';
import { OpenAIResponsesModel, webSearchTool } from '@baton/openai-responses';
import { functionCall, message, type OpenAITestServer } from '@baton/testing';
import { describe, expect, it } from 'vitest';
import { keeper } from './support/keeper.js';
import { modelOf, withServer } from './support/with-server.js';

const search = {
  type: 'web_search_call',
  id: 'ws_1',
  status: 'completed',
  action: { type: 'search', query: 'weather' },
} as const;

/** An agent that searches the web and then hands over to one that can not. */
function team(server: OpenAITestServer, strictFeatureValidation: boolean) {
  const chat = new Agent({
    name: 'Chat',
    model: modelOf(server, 'gpt-4.1', { strictFeatureValidation }),
  });
  const responses = new OpenAIResponsesModel({ apiKey: 'sk-test', baseURL: server.url }, 'gpt-5.4');
  return new Agent({ name: 'First', model: responses, tools: [webSearchTool()], handoffs: [chat] });
}

describe.each([false, true])(
  'after a handoff from an agent that searched the web, streamed: %s',
  (stream) => {
    const runs = async (agent: Agent, logger = keeper()) => {
      const result = stream
        ? await run(agent, 'Weather?', { logger, stream: true })
        : await run(agent, 'Weather?', { logger });
      if ('completed' in result) await result.completed;
      return result.finalOutput;
    };
    const script = [
      [search, message('Let me hand over.'), functionCall('transfer_to_chat', {})],
      'Sunny.',
    ];

    it('a Chat agent is told of the search, with one warning [D15, CC-19]', async () => {
      const server = await withServer({ script });
      const logger = keeper();
      expect(await runs(team(server, false), logger)).toBe('Sunny.');
      expect(server.requests[1]?.body['messages']).toMatchObject([
        { role: 'user', content: 'Weather?' },
        { role: 'assistant', tool_calls: [{ id: 'ws_1', function: { name: 'web_search_call' } }] },
        { role: 'tool', tool_call_id: 'ws_1', content: 'completed' },
        {
          role: 'assistant',
          content: 'Let me hand over.',
          tool_calls: [{ function: { name: 'transfer_to_chat' } }],
        },
        { role: 'tool', content: '{"assistant":"Chat"}' },
      ]);
      expect(logger.warnings).toEqual([expect.stringContaining('web_search_call')]);
    });

    it('a strict one ends the run instead [D15]', async () => {
      const server = await withServer({ script });
      await expect(runs(team(server, true))).rejects.toThrow(
        'Hosted tool calls are not supported for chat completions',
      );
      expect(server.requests).toHaveLength(1);
    });
  },
);
