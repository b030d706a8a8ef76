import { Agent, type AgentInputItem, Runner, tool } from '@baton/core';
import { testSession } from '@baton/core/testing';
import {
  functionCall,
  type OpenAIServerOptions,
  reasoning,
  startOpenAIServer,
} from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { OpenAIConversationsSession, OpenAIResponsesProvider } from '../src/index.js';

const apiKey = 'sk-test';

describe('OpenAIConversationsSession keeps the contract of a session [SES-12, SES-14, SES-15, SES-19]', () => {
  let server: Awaited<ReturnType<typeof startOpenAIServer>>;
  beforeAll(async () => void (server = await startOpenAIServer()));
  afterAll(() => server.close());
  const laws = testSession({
    create: () => new OpenAIConversationsSession({ apiKey, baseURL: server.url }),
    reopen: async (session) =>
      new OpenAIConversationsSession({
        apiKey,
        baseURL: server.url,
        conversationId: await session.getSessionId(),
      }),
    view: textOf,
    timeoutMs: 30_000,
  });
  for (const law of laws) {
    const exception = EXCEPTIONS.find(([words]) => law.name.includes(words));
    if (exception === undefined) it(law.name, { timeout: 30_000 }, law.run);
    else it.skip(`${law.name} - ${exception[1]}`, law.run);
  }
});

/** What a conversation of OpenAI's is not made for; each has tests of its own below. */
const EXCEPTIONS: readonly (readonly [words: string, reason: string])[] = [
  [
    'a session has one id',
    'clearing deletes the conversation, as there is no call that empties it',
  ],
  ['items of every kind', 'it holds what OpenAI knows'],
  ['two runs with tools', 'the reasoning of the scripted model has no id'],
];

describe('a session in a conversation of OpenAI', () => {
  it('creates one conversation for writes that come first at once [SES-15]', async () => {
    const { server, session } = await open();
    await Promise.all([
      session.addItems([user('a')]),
      session.getSessionId(),
      session.addItems([user('b')]),
      session.getSessionId(),
    ]);
    const created = server.requests.filter(({ path }) => path === '/v1/conversations');
    expect(created).toHaveLength(1);
    expect(session.sessionId).toBe('conv_1');
  });

  it('makes no call for nothing: a limit of 0, no items, an end before a beginning [SES-12, SES-19]', async () => {
    const { server, session } = await open();
    await session.addItems([]);
    await session.clearSession();
    expect(await session.getItems()).toEqual([]);
    expect(await session.popItem()).toBeUndefined();
    expect(server.requests).toEqual([]);
    await session.addItems([user('a')]);
    const before = server.requests.length;
    expect(await session.getItems(0)).toEqual([]);
    expect(server.requests).toHaveLength(before);
  });

  it('begins another conversation once it was cleared; where that fails it keeps its id [SES-19]', async () => {
    const down = { now: true };
    const { session } = await open({}, (url, init) =>
      init?.method === 'DELETE' && down.now
        ? Promise.resolve(new Response('{"error":{"message":"no"}}', { status: 403 }))
        : fetch(url, init),
    );
    await session.addItems([user('a')]);
    await expect(session.clearSession()).rejects.toMatchObject({ statusCode: 403 });
    expect(session.sessionId).toBe('conv_1');
    expect(await session.getItems()).toHaveLength(1);
    down.now = false;
    await session.clearSession();
    expect(session.sessionId).toBeUndefined();
    await session.addItems([user('b')]);
    expect(session.sessionId).toBe('conv_2');
  });

  it('takes a batch back where a part of it could not be added [SES-14]', async () => {
    let posts = 0;
    const { session } = await open({}, (url, init) =>
      String(url).endsWith('/items') && init?.method === 'POST' && ++posts === 2
        ? Promise.resolve(new Response('{"error":{"message":"no"}}', { status: 403 }))
        : fetch(url, init),
    );
    const items = Array.from({ length: 45 }, (_, index) => user(`${index}`));
    await expect(session.addItems(items)).rejects.toMatchObject({ statusCode: 403 });
    expect(await session.getItems()).toEqual([]);
    await session.addItems(items);
    expect((await session.getItems()).map(textOf)).toEqual(items.map(textOf));
  });

  it.each([
    ['whose answer got lost are not added again: the conversation may have them', true],
    ['that the server had no time for are added again', false],
  ])('items %s [SES-14]', async (_what, lost) => {
    let posts = 0;
    const { session } = await open({}, async (url, init) => {
      const isAdding = String(url).endsWith('/items') && init?.method === 'POST';
      if (!isAdding || ++posts !== 2) return fetch(url, init);
      if (!lost) return new Response('{}', { status: 503, headers: { 'retry-after-ms': '1' } });
      await fetch(url, init);
      throw new TypeError('fetch failed');
    });
    await session.addItems([user('a')]);
    const outcome = await session.addItems([user('b')]).catch((error: unknown) => error);
    expect(outcome).toEqual(lost ? expect.objectContaining({ isNetworkError: true }) : undefined);
    expect((await session.getItems()).map(textOf)).toEqual(['a', 'b']);
  });

  it('leaves out what only other providers understand, and ids that OpenAI did not give [SES-20]', async () => {
    const { server, session } = await open();
    await session.addItems([
      user('a'),
      { type: 'reasoning', content: [], providerData: { provider: 'acme' } },
      { type: 'reasoning', content: [{ type: 'input_text', text: 'No id.' }] },
      { type: 'unknown', providerData: { provider: 'acme', type: 'hologram' } },
      {
        type: 'message',
        id: '__fake_id__',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'b' }],
      },
    ]);
    expect(server.requests.at(-1)?.body['items']).toEqual([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
    ]);
  });

  it.each([false, true])(
    'holds two runs with reasoning and tools, each item once, streamed: %s [SES-01, SES-20, JS-72]',
    async (stream) => {
      const { server, session } = await open({
        script: [
          [reasoning('Both.'), functionCall('look_up'), functionCall('look_up')],
          [reasoning('Fine.'), 'A and B.'],
          functionCall('look_up'),
          'C.',
        ],
      });
      const runner = new Runner({
        modelProvider: new OpenAIResponsesProvider({ apiKey, baseURL: server.url }),
      });
      const lookUp = tool({ name: 'look_up', execute: () => 'found' });
      const agent = new Agent({ name: 'Librarian', tools: [lookUp] });
      for (const question of ['a and b?', 'c?']) {
        if (!stream) await runner.run(agent, question, { session });
        else {
          const result = await runner.run(agent, question, { session, stream: true });
          for await (const _event of result);
          await result.completed;
        }
      }
      const items = await session.getItems();
      expect(items.map((item) => ('role' in item ? item.role : item.type))).toEqual([
        'user',
        'reasoning',
        'function_call',
        'function_call',
        'function_call_result',
        'function_call_result',
        'reasoning',
        'assistant',
        'user',
        'function_call',
        'function_call_result',
        'assistant',
      ]);
      // Reasoning means nothing without its id; what a request quotes has none.
      for (const item of items) expect(item.id !== undefined).toBe(item.type === 'reasoning');
      expect(items[4]).toMatchObject({ name: 'look_up', callId: 'call_1', output: 'found' });
    },
  );
});

async function open(options: OpenAIServerOptions = {}, fetch?: typeof globalThis.fetch) {
  const server = await startOpenAIServer(options);
  onTestFinished(() => server.close());
  const session = new OpenAIConversationsSession({ apiKey, baseURL: server.url, fetch });
  return { server, session };
}

function user(content: string): AgentInputItem {
  return { type: 'message', role: 'user', content };
}

/** The text of a message, whichever way it is written. */
function textOf(item: AgentInputItem): unknown {
  if (!('role' in item)) {
    const { id: _id, providerData: _data, ...rest } = { ...item, status: undefined };
    return rest;
  }
  const { content } = item;
  return typeof content === 'string'
    ? content
    : content.map((part) => ('text' in part ? part.text : '')).join('');
}
