import { Agent, Runner, type RunOptions, RunState, type Tool, tool, user } from '@baton/core';
import {
  functionCall,
  httpError,
  type OpenAITestServer,
  type ReplyFunction,
  startOpenAIServer,
} from '@baton/testing';
import OpenAI from 'openai';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { OpenAIResponsesProvider } from '../src/index.js';
import { forcedGc } from './support/forced-gc.js';
import { expectValidBody } from './support/request-schema.js';

const gc = forcedGc();

const TURNS = 300;
const MODES = ['conversationId', 'previousResponseId', 'autoPreviousResponseId'] as const;
type Mode = (typeof MODES)[number];

const noParameters = {
  type: 'object',
  properties: {},
  required: [],
  additionalProperties: false,
} as const;
const work = tool({ name: 'work', parameters: noParameters, execute: () => '42' });
const soon = { headers: { 'retry-after-ms': '1' } };

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

/** Some of each run; checked at the end, as OpenAI's schema makes each garbage collection ten times as long. */
const bodies: string[] = [];
afterAll(() => {
  for (const body of bodies) expectValidBody(JSON.parse(body));
});

const everyWay = MODES.flatMap((mode) =>
  [false, true].flatMap((stream) => [false, true].map((clone) => ({ mode, stream, clone }))),
);

describe('in a conversation that the provider keeps, of 300 turns with two calls whose outputs are the same text', () => {
  it.each(everyWay)(
    'no output is missing and none is sent twice, whatever is garbage [S0-1, S0-2, S0-4, S0-5, S0-9, S0-10, S0-11, B11] ($mode, streamed: $stream, cloned by a filter: $clone)',
    { timeout: 120_000 },
    async ({ mode, stream, clone }) => {
      await using server = await startOpenAIServer({ reply: worker(TURNS) });
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
      const outputs = [
        { call_id: 'call_a', output: '42' },
        { call_id: 'call_b', output: '42' },
      ];
      for (const body of sent.slice(1)) {
        expect(inputOf(body)).toMatchObject(outputs);
        expect(inputOf(body)).toHaveLength(2);
      }
      // The ids of responses get longer; nothing else does.
      const sizes = sent.slice(2).map((body) => body.replaceAll(/resp_\d+/g, 'resp').length);
      expect(new Set(sizes).size).toBe(1);
      bodies.push(...sent.slice(0, 2), sent.at(-1) ?? '');
    },
  );
});

describe.each(MODES)('in a conversation that the provider keeps by %s', (mode) => {
  it('an output that a tool gives twice, the same object, is sent once for each call [S0-3, S0-5]', async () => {
    const output = { type: 'text' as const, text: '42' };
    const same = tool({ name: 'work', parameters: noParameters, execute: () => output });
    await using server = await startOpenAIServer({ reply: worker(3) });
    const sent: unknown[] = [];
    await runIn(server, mode, { tools: [same], onRequest: (body) => sent.push(inputOf(body)) });
    const outputs = [
      expect.objectContaining({ call_id: 'call_a' }),
      expect.objectContaining({ call_id: 'call_b' }),
    ];
    expect(sent.slice(1)).toEqual([outputs, outputs, outputs]);
  });

  it('outputs of a run that went on in another process are sent once, and nothing else again [S0-6, S0-8, S0-11]', async () => {
    await using server = await startOpenAIServer({ reply: worker(3) });
    const sent: (readonly object[])[] = [];
    const onRequest = (body: string): void => void sent.push(inputOf(body));
    const asking = tool({
      name: 'work',
      parameters: noParameters,
      needsApproval: true,
      execute: () => '42',
    });
    let { state } = await runIn(server, mode, { tools: [asking], onRequest });
    for (let stops = 0; state.getInterruptions().length > 0; stops++) {
      expect(stops).toBeLessThan(3);
      const agent = new Agent({ name: 'Worker', tools: [asking] });
      const revived = RunState.fromString(agent, state.toString());
      for (const interruption of revived.getInterruptions()) revived.approve(interruption);
      gc();
      const runner = new Runner({ modelProvider: providerOf(server, onRequest) });
      ({ state } = await runner.run(agent, revived));
    }
    expect(sent.map((input) => input.length)).toEqual([1, 2, 2, 2]);
    for (const input of sent.slice(1)) {
      expect(input).toMatchObject([{ call_id: 'call_a' }, { call_id: 'call_b' }]);
    }
  });

  it('outputs are sent once where the server was down for a moment [S0-9]', async () => {
    const failures = [httpError(503, soon), httpError(429, soon)];
    const work = worker(3);
    await using server = await startOpenAIServer({
      reply: (request) =>
        (request.toolOutputs.length > 0 ? failures.shift() : undefined) ?? work(request),
    });
    const result = await runIn(server, mode, {});
    expect(result.finalOutput).toBe('Done.');
    expect(failures).toEqual([]);
  });
});

it.each([false, true])(
  'a request whose answer got lost is not sent again into a conversation, which may have it, streamed: %s [S0-9]',
  async (stream) => {
    const { sent, running } = await runWithFailure('conversationId', stream, async (answer) => {
      await answer();
      return new TypeError('fetch failed');
    });
    await expect(running).rejects.toMatchObject({ isNetworkError: true });
    expect(sent()).toBe(2);
  },
);

it.each(['previousResponseId', 'autoPreviousResponseId'] as const)(
  'with %s it is sent again: the answer that got lost is no part of the chain [S0-9]',
  async (mode) => {
    const { sent, running } = await runWithFailure(mode, false, async (answer) => {
      await answer();
      return new TypeError('fetch failed');
    });
    expect((await running).finalOutput).toBe('Done.');
    expect(sent()).toBe(3);
  },
);

it('a request that never got to the server is sent again into a conversation, too [S0-9]', async () => {
  const { sent, running } = await runWithFailure('conversationId', false, () => {
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    return Promise.resolve(new TypeError('fetch failed', { cause }));
  });
  expect((await running).finalOutput).toBe('Done.');
  expect(sent()).toBe(3);
});

it('where the client is to send nothing again, nothing is sent again into a conversation [S0-9]', async () => {
  await using server = await startOpenAIServer({ script: [httpError(503, soon), 'Never said.'] });
  const given = await placeFor(server, 'conversationId');
  const openAIClient = new OpenAI({ apiKey: 'sk-test', baseURL: server.url, maxRetries: 0 });
  const runner = new Runner({ modelProvider: new OpenAIResponsesProvider({ openAIClient }) });
  const running = runner.run(new Agent({ name: 'Worker' }), 'Work.', given);
  await expect(running).rejects.toMatchObject({ statusCode: 503 });
});

it.each(MODES)('with %s a filter that drops outputs cannot lose them: the provider waits for them [S0-9]', async (mode) => {
  await using server = await startOpenAIServer({ reply: worker(3) });
  const dropping: RunOptions['callModelInputFilter'] = ({ modelData }) => ({
    ...modelData,
    input: structuredClone(modelData.input.filter((item) => item.type !== 'function_call_result')),
  });
  const result = await runIn(server, mode, { stream: false, options: { callModelInputFilter: dropping } });
  expect(result.finalOutput).toBe('Done.');
});

it.each(MODES)('with %s the output that ended a run is there for the next one to begin with', async (mode) => {
  await using server = await startOpenAIServer({ reply: worker(1) });
  const modelProvider = new OpenAIResponsesProvider({ apiKey: 'sk-test', baseURL: server.url });
  const runner = new Runner({ modelProvider });
  const ending = { name: 'Worker', tools: [work], toolUseBehavior: 'stop_on_first_tool' } as const;
  const place = await placeFor(server, mode);
  const ended = await runner.run(new Agent(ending), 'Work.', place);
  expect([ended.finalOutput, ended.unsentItems.length]).toEqual(['42', 2]);
  const kept = 'conversationId' in place ? place : { previousResponseId: ended.lastResponseId };
  const next = await runner.run(new Agent(ending), [...ended.unsentItems, user('And now?')], kept);
  expect([next.finalOutput, next.unsentItems]).toEqual(['Done.', []]);
});

it.each([false, true])(
  'outputs are sent once where the conversation is locked for a moment, streamed: %s [B21]',
  async (stream) => {
    const locked = [httpError(400, { code: 'conversation_locked' })];
    const reply = worker(1);
    await using server = await startOpenAIServer({
      reply: (request) =>
        (request.toolOutputs.length > 0 ? locked.shift() : undefined) ?? reply(request),
    });
    const result = await runIn(server, 'conversationId', { stream });
    expect([result.finalOutput, locked]).toEqual(['Done.', []]);
    const inputs = server.requests.slice(1).map(({ body }) => body['input']);
    expect(inputs[2]).toEqual(inputs[1]);
    expect(result.state.context.usage.requests).toBe(3);
  },
);

it('a locked conversation is an error at once where nobody shall try again [B21]', async () => {
  await using server = await startOpenAIServer({
    script: [httpError(400, { code: 'conversation_locked' }), 'Never said.'],
  });
  const runner = new Runner({ modelProvider: providerOf(server) });
  const agent = new Agent({ name: 'Worker', modelSettings: { retry: { maxRetries: 0 } } });
  await expect(runner.run(agent, 'Work.')).rejects.toMatchObject({
    errorCode: 'conversation_locked',
  });
});

it('an output that is all there is to say is sent, although its call is not in the run [S0-7]', async () => {
  await using server = await startOpenAIServer({ script: [call('call_a'), 'Done.'] });
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: server.url });
  const tools = [
    { type: 'function' as const, name: 'work', parameters: noParameters, strict: true },
  ];
  const { id } = await client.responses.create({ model: 'gpt', input: 'Work.', tools });
  const runner = new Runner({ modelProvider: providerOf(server) });
  const result = await runner.run(
    new Agent({ name: 'Worker', tools: [work] }),
    [{ type: 'function_call_result', callId: 'call_a', name: 'work', output: '42' }],
    { previousResponseId: id },
  );
  expect(result.finalOutput).toBe('Done.');
});

function inputOf(body: string): readonly object[] {
  return (JSON.parse(body) as { input: readonly object[] }).input;
}

interface Play {
  readonly tools?: readonly Tool[];
  readonly stream?: boolean;
  readonly options?: RunOptions;
  readonly onRequest?: (body: string) => void;
}

function providerOf(
  server: OpenAITestServer,
  onRequest?: Play['onRequest'],
): OpenAIResponsesProvider {
  return new OpenAIResponsesProvider({
    apiKey: 'sk-test',
    baseURL: server.url,
    fetch: (url, init) => {
      onRequest?.(String(init?.body));
      return fetch(url, init);
    },
  });
}

/** A run whose second request fails as it is told; and how many were sent. */
async function runWithFailure(
  mode: Mode,
  stream: boolean,
  failure: (answer: () => Promise<string>) => Promise<Error>,
) {
  const server = await startOpenAIServer({ reply: worker(1) });
  onTestFinished(() => server.close());
  let count = 0;
  const failing: typeof fetch = async (url, init) => {
    if (++count !== 2) return fetch(url, init);
    throw await failure(async () => (await fetch(url, init)).text());
  };
  const client = { apiKey: 'sk-test', baseURL: server.url, fetch: failing };
  const runner = new Runner({ modelProvider: new OpenAIResponsesProvider(client) });
  const agent = new Agent({ name: 'Worker', tools: [work] });
  const given = await placeFor(server, mode);
  const run = async () => {
    if (!stream) return runner.run(agent, 'Work.', given);
    const result = await runner.run(agent, 'Work.', { ...given, stream: true });
    await result.completed;
    return result;
  };
  return { sent: () => count, running: run() };
}

/** A run of the worker on a conversation of its own that the server keeps. */
async function runIn(
  server: OpenAITestServer,
  mode: Mode,
  { stream = false, options = {}, onRequest, tools = [work] }: Play,
) {
  const runner = new Runner({ modelProvider: providerOf(server, onRequest) });
  const agent = new Agent({ name: 'Worker', tools });
  const given = { ...(await placeFor(server, mode)), ...options };
  if (!stream) return runner.run(agent, 'Work.', given);
  const result = await runner.run(agent, 'Work.', { ...given, stream: true });
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
