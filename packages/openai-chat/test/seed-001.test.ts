import { Agent, type RunOptions, tool, UserError } from '@baton/core';
import { aRequest, failureOf } from '@baton/openai-shared/test-support';
import { OpenAIResponsesModel } from '@baton/openai-responses';
import { functionCall, message, type OpenAITestServer } from '@baton/testing';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { type Mode, play } from '../../core/test/support/modes.js';
import { OpenAIChatCompletionsProvider } from '../src/index.js';
import { keeper } from './support/keeper.js';
import { modelOf, withServer } from './support/with-server.js';

const RUN_MODES: readonly Mode[] = ['plain', 'streamed', 'resumed'];
const KEPT = ['previousResponseId', 'conversationId', 'autoPreviousResponseId'] as const;
type Kept = (typeof KEPT)[number];
const everyWay = KEPT.flatMap((kept) => RUN_MODES.map((mode) => ({ kept, mode })));
const STATE = 'does not support server-managed conversation state';

describe.each([false, true])('the model itself (streamed: %s)', (stream) => {
  const call = async (
    server: OpenAITestServer,
    request: Parameters<typeof aRequest>[0],
    options: Parameters<typeof modelOf>[2] = {},
  ): Promise<string | undefined> => {
    const model = modelOf(server, 'gpt-4.1', options);
    if (!stream) return (await model.getResponse(aRequest(request))).responseId;
    for await (const event of model.getStreamedResponse(aRequest(request)))
      if (event.type === 'response_done') return event.response.responseId;
    throw new Error('the stream has no end');
  };

  it.each([
    ['previousResponseId [S1-1, S1-4]', { previousResponseId: 'resp_1' }, '(previousResponseId)'],
    ['conversationId [S1-2, S1-4]', { conversationId: 'conv_1' }, '(conversationId)'],
    [
      'both, the first one first [S1-3, S1-4]',
      { conversationId: 'conv_1', previousResponseId: 'resp_1' },
      '(previousResponseId, conversationId)',
    ],
    ['an empty id, which is set [S1-8]', { previousResponseId: '' }, '(previousResponseId)'],
  ])('in strict mode refuses %s before any request', async (_what, request, names) => {
    const server = await withServer({ reply: () => 'Never said.' });
    const error = await failureOf(call(server, request, { strictFeatureValidation: true }));
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(`${STATE} ${names}`);
    expect(server.requests).toEqual([]);
  });

  it('says what to do instead [S1-9]', async () => {
    const server = await withServer();
    const request = { conversationId: 'conv_1' };
    const error = await failureOf(call(server, request, { strictFeatureValidation: true }));
    expect(String(error)).toMatch(
      /pass the full conversation history; use a Responses API model .*conversation-capable model/,
    );
  });

  it('works without them, and names no response to go on from [S1-5]', async () => {
    const server = await withServer({ reply: () => 'Hello.' });
    expect(await call(server, {}, { strictFeatureValidation: true })).toBeUndefined();
    expect(server.requests).toHaveLength(1);
  });

  it('in lenient mode sends neither, and says so once [S1-5]', async () => {
    const server = await withServer({ reply: () => 'Hello.' });
    const logger = keeper();
    const model = modelOf(server, 'gpt-4.1', { logger });
    const ids = { previousResponseId: 'resp_1', conversationId: 'conv_1' };
    for (const _time of [1, 2]) {
      if (!stream) await model.getResponse(aRequest(ids));
      else for await (const _event of model.getStreamedResponse(aRequest(ids)));
    }
    expect(logger.warnings).toEqual([
      expect.stringMatching(
        /Ignoring unsupported server-managed conversation state; enable strict/,
      ),
    ]);
    for (const { body } of server.requests) expect(Object.keys(body)).not.toContain('conversation');
    expect(server.requests).toHaveLength(2);
  });
});

describe.each(everyWay)('a run with $kept ($mode)', ({ kept, mode }) => {
  it('is refused before its first request by a strict model [S1-6]', async () => {
    const server = await withServer({ reply: () => 'Never said.' });
    const { thrown } = await play(
      { process: () => ({ agent: worker(server, { strict: true }), options: optionsOf(kept) }) },
      mode,
    );
    expect(thrown).toBeInstanceOf(UserError);
    expect(String(thrown)).toContain('server-managed conversation state');
    expect(String(thrown)).toContain(kept);
    expect(server.requests).toEqual([]);
  });

  it('gives a lenient model the whole conversation in every turn [S1-6, CC-18]', async () => {
    const server = await withServer({ script: [functionCall('work', {}), 'Done.'] });
    const { finalOutput } = await play(
      {
        input: 'Work.',
        process: () => ({ agent: worker(server), options: optionsOf(kept) }),
      },
      mode,
    );
    expect(finalOutput).toBe('Done.');
    expect(server.requests.map(({ body }) => body['messages'])).toEqual([
      [{ role: 'user', content: 'Work.' }],
      [
        { role: 'user', content: 'Work.' },
        { role: 'assistant', content: null, tool_calls: [aCall('call_1', 'work')] },
        { role: 'tool', tool_call_id: 'call_1', content: '42' },
      ],
    ]);
  });
});

it.each(KEPT)('a run with %s says once what is out of reach [S1-6]', async (kept) => {
  const server = await withServer({ script: [functionCall('work', {}), 'Done.'] });
  const logger = keeper();
  await play(
    { process: () => ({ agent: worker(server), options: { ...optionsOf(kept), logger } }) },
    'streamed',
  );
  expect(logger.warnings).toEqual([expect.stringContaining(`${STATE} (${kept})`)]);
  expect(logger.warnings[0]).toContain('the full history of this run is sent');
});

describe.each(RUN_MODES)('a handoff from a Responses agent to a Chat agent (%s)', (mode) => {
  it('is refused before the first request where the Chat agent is strict [S1-7]', async () => {
    const server = await withServer({ reply: () => 'Never said.' });
    const { thrown } = await play(
      {
        process: () => ({
          agent: frontDesk(server, worker(server, { strict: true })),
          options: { autoPreviousResponseId: true },
        }),
      },
      mode,
    );
    expect(thrown).toBeInstanceOf(UserError);
    expect(String(thrown)).toContain('agent "Worker"');
    expect(server.requests).toEqual([]);
  });

  it.each(KEPT)('brings the whole run along, kept by %s [S1-7, CC-19]', async (kept) => {
    const server = await withServer({
      script: [
        ...(kept === 'previousResponseId' ? [message('Something said before the run.')] : []),
        functionCall('look_up', {}),
        functionCall('transfer_to_worker', {}),
        functionCall('work', {}),
        'Done.',
      ],
    });
    const place = await placeFor(server, kept);
    const before = server.requests.length;
    const { finalOutput } = await play(
      {
        input: 'Work.',
        process: () => ({ agent: frontDesk(server, worker(server)), options: place }),
      },
      mode,
    );
    expect(finalOutput).toBe('Done.');
    const told = [
      { role: 'user', content: 'Work.' },
      { role: 'assistant', content: null, tool_calls: [aCall('call_1', 'look_up')] },
      { role: 'tool', tool_call_id: 'call_1', content: 'found' },
      { role: 'assistant', content: null, tool_calls: [aCall('call_2', 'transfer_to_worker')] },
      { role: 'tool', tool_call_id: 'call_2', content: '{"assistant":"Worker"}' },
    ];
    const [, , first, second] = server.requests.slice(before);
    expect(first?.body['messages']).toEqual(told);
    expect(second?.body['messages']).toEqual([
      ...told,
      { role: 'assistant', content: null, tool_calls: [aCall('call_3', 'work')] },
      { role: 'tool', tool_call_id: 'call_3', content: '42' },
    ]);
  });

  it('and back gives the provider what happened in between, each item once [S1-7]', async () => {
    const server = await withServer({
      script: [
        functionCall('transfer_to_worker', {}),
        functionCall('work', {}),
        functionCall('transfer_to_front_desk', {}),
        'Done.',
      ],
    });
    const { finalOutput } = await play(
      {
        input: 'Work.',
        process: () => {
          const desk: Agent = frontDesk(server, worker(server, { handoffs: [() => desk] }));
          return { agent: desk, options: optionsOf('autoPreviousResponseId') };
        },
      },
      mode,
    );
    expect(finalOutput).toBe('Done.');
    const { body } = server.requests.at(-1) ?? {};
    expect(body?.['previous_response_id']).toBe('resp_1');
    expect(body?.['input']).toMatchObject([
      { type: 'function_call_output', call_id: 'call_1' },
      { type: 'function_call', call_id: 'call_2', name: 'work' },
      { type: 'function_call_output', call_id: 'call_2', output: '42' },
      { type: 'function_call', call_id: 'call_3', name: 'transfer_to_front_desk' },
      { type: 'function_call_output', call_id: 'call_3' },
    ]);
  });
});

it('a provider hands its strictness to its models [S1-6, PR-7]', async () => {
  const server = await withServer();
  const provider = new OpenAIChatCompletionsProvider({
    apiKey: 'sk-test',
    baseURL: server.url,
    strictFeatureValidation: true,
  });
  const request = aRequest({ previousResponseId: 'resp_1' });
  await expect(provider.getModel('gpt-4.1').getResponse(request)).rejects.toThrow(UserError);
  expect(server.requests).toEqual([]);
});

const parameters = {
  type: 'object',
  properties: {},
  required: [],
  additionalProperties: false,
} as const;

interface WorkerOptions {
  readonly strict?: boolean;
  readonly handoffs?: readonly (() => Agent)[];
}

/** An agent behind Chat Completions. */
function worker(
  server: OpenAITestServer,
  { strict = false, handoffs = [] }: WorkerOptions = {},
): Agent {
  return new Agent({
    name: 'Worker',
    model: modelOf(server, 'gpt-4.1', { strictFeatureValidation: strict, logger: keeper() }),
    tools: [tool({ name: 'work', parameters, execute: () => '42' })],
    handoffs,
  });
}

/** An agent behind the Responses API, of the same server. */
function frontDesk(server: OpenAITestServer, colleague: Agent): Agent {
  return new Agent({
    name: 'Front desk',
    model: new OpenAIResponsesModel({ apiKey: 'sk-test', baseURL: server.url }, 'gpt-4.1'),
    tools: [tool({ name: 'look_up', parameters, execute: () => 'found' })],
    handoffs: [colleague],
  });
}

function optionsOf(kept: Kept): RunOptions<never> {
  const logger = keeper();
  if (kept === 'autoPreviousResponseId') return { logger, autoPreviousResponseId: true };
  return { logger, [kept]: kept === 'conversationId' ? 'conv_1' : 'resp_1' };
}

/** Where the run's conversation is to be. */
async function placeFor(server: OpenAITestServer, kept: Kept): Promise<RunOptions<never>> {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: server.url });
  const logger = keeper();
  switch (kept) {
    case 'conversationId':
      return { logger, conversationId: (await client.conversations.create()).id };
    case 'previousResponseId':
      return {
        logger,
        previousResponseId: (await client.responses.create({ model: 'gpt', input: 'Hi.' })).id,
      };
    case 'autoPreviousResponseId':
      return { logger, autoPreviousResponseId: true };
  }
}

function aCall(id: string, name: string): object {
  return { id, type: 'function', function: { name, arguments: '{}' } };
}
