import { Agent, type AgentInputItem, Runner, type RunOptions, RunState, tool } from '@baton/core';
import { functionCall, type OpenAITestServer, type ReplyFunction } from '@baton/testing';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { OpenAIResponsesProvider } from '../src/index.js';
import { forcedGc } from './support/forced-gc.js';
import { withServer } from './support/with-server.js';

const gc = forcedGc();

const TURNS = 300;
const MODES = ['conversationId', 'previousResponseId', 'autoPreviousResponseId'] as const;
type Mode = (typeof MODES)[number];

const work = tool({
  name: 'work',
  parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
  execute: () => '42',
});

/** Two calls with the same two ids in every turn, then an answer. */
function worker(turns: number): ReplyFunction {
  let turn = 0;
  return ({ lastUserText }) => {
    if (lastUserText === EARLIER) return 'Noted.';
    return turn++ < turns ? [call('call_a'), call('call_b')] : 'Done.';
  };
}

const EARLIER = 'Something said before the run.';
const call = (callId: string) => functionCall('work', {}, { callId });

/** A copy of everything, as a filter that redacts makes it. */
const cloning: RunOptions['callModelInputFilter'] = ({ modelData }) => structuredClone(modelData);

const everyWay = MODES.flatMap((mode) =>
  [false, true].flatMap((stream) => [false, true].map((clone) => ({ mode, stream, clone }))),
);

describe('in a conversation that the provider keeps, of 300 turns with two calls whose outputs are the same text', () => {
  it.each(everyWay)(
    'no output is missing and none is sent twice, whatever is garbage [S0-1, S0-2, S0-4, S0-5, S0-9, S0-10, S0-11] ($mode, streamed: $stream, cloned by a filter: $clone)',
    { timeout: 120_000 },
    async ({ mode, stream, clone }) => {
      const server = await withServer({ reply: worker(TURNS) });
      const sent: string[] = [];
      const result = await runIn(server, mode, {
        stream,
        options: { maxTurns: null, ...(clone && { callModelInputFilter: cloning }) },
        onRequest: (body) => {
          gc();
          sent.push(body);
        },
      });
      expect(result.finalOutput).toBe('Done.');
      expect(sent).toHaveLength(TURNS + 1);
      const outputs = [{ call_id: 'call_a', output: '42' }, { call_id: 'call_b', output: '42' }];
      for (const body of sent.slice(1)) {
        const { input } = JSON.parse(body) as { input: readonly object[] };
        expect(input).toMatchObject(outputs);
        expect(input).toHaveLength(2);
      }
      // The ids of responses get longer; nothing else does.
      const sizes = sent.slice(2).map((body) => body.replaceAll(/resp_\d+/g, 'resp').length);
      expect(new Set(sizes).size).toBe(1);
    },
  );
});

interface Play {
  readonly stream?: boolean;
  readonly options?: RunOptions;
  readonly onRequest?: (body: string) => void;
  readonly input?: string | readonly AgentInputItem[] | RunState;
}

function providerOf(server: OpenAITestServer, onRequest?: Play['onRequest']): OpenAIResponsesProvider {
  return new OpenAIResponsesProvider({
    apiKey: 'sk-test',
    baseURL: server.url,
    fetch: (url, init) => {
      onRequest?.(String(init?.body));
      return fetch(url, init);
    },
  });
}

/** A run of the worker on a conversation of its own that the server keeps. */
async function runIn(
  server: OpenAITestServer,
  mode: Mode,
  { stream = false, options = {}, onRequest, input = 'Work.' }: Play,
) {
  const runner = new Runner({ modelProvider: providerOf(server, onRequest) });
  const agent = new Agent({ name: 'Worker', tools: [work] });
  const given = { ...(await placeFor(server, mode)), ...options };
  if (!stream) return runner.run(agent, input, given);
  const result = await runner.run(agent, input, { ...given, stream: true });
  await result.completed;
  return result;
}

/** Where the run's conversation is to be. */
async function placeFor(server: OpenAITestServer, mode: Mode): Promise<RunOptions> {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: server.url });
  switch (mode) {
    case 'conversationId':
      return { conversationId: (await client.conversations.create()).id };
    case 'previousResponseId':
      return {
        previousResponseId: (await client.responses.create({ model: 'gpt', input: EARLIER })).id,
      };
    case 'autoPreviousResponseId':
      return { autoPreviousResponseId: true };
  }
}
