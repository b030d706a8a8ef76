import { Agent, type AgentInputItem, MemorySession, run } from '@baton/core';
import { testSession } from '@baton/core/testing';
import { httpError, message, type OpenAIServerOptions, startOpenAIServer } from '@baton/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  OpenAIResponsesModel,
  OpenAIResponsesCompactionSession,
  type OpenAIResponsesCompactionSessionOptions,
} from '../src/index.js';

describe('OpenAIResponsesCompactionSession keeps the contract of a session', () => {
  const create = (): OpenAIResponsesCompactionSession =>
    new OpenAIResponsesCompactionSession({
      underlyingSession: new MemorySession(),
      shouldTriggerCompaction: () => false,
    });
  for (const law of testSession({ create })) it(law.name, law.run);
});

describe('a session that compacts', () => {
  it('replaces all but what users said by one item, once there are ten of the rest [SES-24]', async () => {
    const { server, session } = await open();
    for (let turn = 1; turn < 10; turn++) await session.addItems([user(`${turn}`), said('ok')]);
    expect(server.requests).toEqual([]);
    await session.addItems([user('10'), said('ok')]);
    const items = await session.getItems();
    expect(items.map(({ type }) => type)).toEqual([...Array(10).fill('message'), 'compaction']);
    expect(items[9]).toMatchObject({ role: 'user', content: [{ type: 'input_text', text: '10' }] });
    expect(items.slice(0, -1).every(({ id }) => id === undefined)).toBe(true);
  });

  it('waits while a call waits for its output or an output for its answer, and stays due [SES-22]', async () => {
    const { server, session } = await open({}, { shouldTriggerCompaction: () => true });
    await session.addItems([user('a'), call]);
    await session.runCompaction({ force: true });
    await session.addItems([result]);
    await session.runCompaction({ force: true });
    expect(server.requests).toEqual([]);
    await session.addItems([said('Done.')]);
    expect(server.requests).toHaveLength(1);
    expect((await session.getItems()).map(({ type }) => type)).toEqual(['message', 'compaction']);
  });

  it('sends the items, or names the response that the server keeps [SES-30, JS-68]', async () => {
    const { server, session } = await open(
      { script: ['Hi.'] },
      { shouldTriggerCompaction: () => false },
    );
    const stored = await fetch(`${server.url}/responses`, {
      method: 'POST',
      headers: { authorization: 'Bearer key' },
      body: JSON.stringify({ model: 'gpt', input: 'Hello' }),
    });
    const { id: responseId } = (await stored.json()) as { id: string };
    await session.addItems([user('Hello'), said('Hi.')]);
    for (const args of [{ store: false }, {}, { compactionMode: 'input' as const }]) {
      await session.runCompaction({ force: true, responseId, ...args });
    }
    const sent = server.requests.slice(1).map(({ body }) => Object.keys(body));
    expect(sent).toEqual([
      ['model', 'input'],
      ['model', 'previous_response_id'],
      ['model', 'input'],
    ]);
  });

  it('counts what it costs [SES-27]', async () => {
    const { session } = await open({}, { shouldTriggerCompaction: () => false });
    await session.addItems([user('Hello'), said('Hi.')]);
    const usage = await session.runCompaction({ force: true });
    expect(usage?.requestUsageEntries[0]).toMatchObject({ endpoint: 'responses.compact' });
    expect(session.usage.requests).toBe(1);
    expect(session.usage.inputTokens).toBeGreaterThan(0);
  });

  it.each([false, true])(
    'counts what it costs in the run that it comes after, streamed: %s [SES-27]',
    async (stream) => {
      const { server, session } = await open(
        { script: ['Hi.'] },
        { shouldTriggerCompaction: () => true },
      );
      const model = new OpenAIResponsesModel({ apiKey: 'key', baseURL: server.url }, 'gpt-5.4');
      const agent = new Agent({ name: 'A', model });
      const result = stream
        ? await run(agent, 'Hello', { session, stream: true })
        : await run(agent, 'Hello', { session });
      if ('completed' in result) await result.completed;
      const { usage } = result.state.context;
      expect(usage.requestUsageEntries.map(({ endpoint }) => endpoint)).toEqual([
        'responses.create',
        'responses.compact',
      ]);
      expect(usage.totalTokens).toBeGreaterThan(session.usage.totalTokens);
      expect(session.usage.requests).toBe(1);
    },
  );

  it('leaves the history as it was where the call fails [SES-23, JS-66]', async () => {
    const errors: unknown[] = [];
    const { session } = await open(
      { compact: () => httpError(400) },
      { shouldTriggerCompaction: () => true, onCompactionError: (error) => errors.push(error) },
    );
    const items = [user('Hello'), said('Hi.')];
    await session.addItems(items);
    expect(errors).toMatchObject([{ statusCode: 400 }]);
    await expect(session.runCompaction()).rejects.toMatchObject({ statusCode: 400 });
    expect(await session.getItems()).toEqual(items);
  });

  it.each(['clearSession', 'addItems'] as const)(
    'puts the whole history back where the store fails in %s [SES-23]',
    async (method) => {
      const store = new MemorySession();
      const { session } = await open(
        {},
        { underlyingSession: store, shouldTriggerCompaction: () => false },
      );
      const items = [user('Hello'), said('Hi.')];
      await session.addItems(items);
      const real = {
        clearSession: store.clearSession.bind(store),
        addItems: store.addItems.bind(store),
      };
      const failOnce = async (): Promise<void> => {
        Object.assign(store, real);
        await real.clearSession();
        await real.addItems([user('Half of it')]);
        throw new Error('disk full');
      };
      Object.assign(store, { [method]: failOnce });
      await expect(session.runCompaction({ force: true })).rejects.toThrow('disk full');
      expect(await session.getItems()).toEqual(items);
    },
  );

  it('makes items of what it is given, so that they can be sent again [SES-25, JS-67]', async () => {
    const image_url = 'data:image/png;base64,aGk=';
    const shown = {
      type: 'message',
      role: 'user',
      content: [
        { type: 'input_text', text: 'Look.' },
        { type: 'input_image', image_url, detail: 'auto' },
        { type: 'input_file', file_id: 'file-1' },
      ],
    };
    const { server, session } = await open(
      { compact: () => [shown, { type: 'compaction', encrypted_content: 'sealed' }], reply: () => 'Hi.' },
      { shouldTriggerCompaction: () => false },
    );
    await session.addItems([user('Hello'), said('Hi.')]);
    await session.runCompaction({ force: true });
    const [message, compaction] = await session.getItems();
    expect(message).toMatchObject({
      role: 'user',
      content: [
        { type: 'input_text', text: 'Look.' },
        { type: 'input_image', image: image_url, detail: 'auto' },
        { type: 'input_file', file: { id: 'file-1' } },
      ],
    });
    expect(compaction).toMatchObject({ type: 'compaction', encryptedContent: 'sealed' });
    const model = new OpenAIResponsesModel({ apiKey: 'key', baseURL: server.url }, 'gpt-5.4');
    await run(new Agent({ name: 'A', model }), 'Well?', { session });
    expect(server.requests.at(-1)?.body['input']).toMatchObject([
      { role: 'user', content: shown.content },
      { type: 'compaction' },
      { role: 'user', content: 'Well?' },
    ]);
  });

  it('does one thing after the other [JS-69]', async () => {
    let running = 0;
    const { session } = await open(
      {
        compact: async () => {
          expect(++running).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 5));
          running -= 1;
          return message('Short.');
        },
      },
      { shouldTriggerCompaction: () => false },
    );
    await session.addItems([user('Hello'), said('Hi.')]);
    await Promise.all([
      session.runCompaction({ force: true }),
      session.runCompaction({ force: true }),
      session.addItems([user('More?')]),
    ]);
    expect(await session.getItems()).toMatchObject([
      { role: 'assistant', content: [{ text: 'Short.' }] },
      { role: 'user', content: 'More?' },
    ]);
  });

  it('does not touch what was added while it was at it', async () => {
    const store = new MemorySession();
    const { session } = await open(
      { compact: async () => (await store.addItems([user('Wait!')]), message('Short.')) },
      { underlyingSession: store, shouldTriggerCompaction: () => false },
    );
    const items = [user('Hello'), said('Hi.')];
    await session.addItems(items);
    await session.runCompaction({ force: true });
    expect(await session.getItems()).toEqual([...items, user('Wait!')]);
  });
});

async function open(
  options: OpenAIServerOptions = {},
  more: Partial<OpenAIResponsesCompactionSessionOptions> = {},
) {
  const server = await startOpenAIServer(options);
  onTestFinished(() => server.close());
  const session = new OpenAIResponsesCompactionSession({
    underlyingSession: new MemorySession(),
    apiKey: 'sk-test',
    baseURL: server.url,
    ...more,
  });
  return { server, session };
}

const call: AgentInputItem = { type: 'function_call', callId: 'c1', name: 'f', arguments: '{}' };
const result: AgentInputItem = {
  type: 'function_call_result',
  callId: 'c1',
  name: 'f',
  output: '',
};

function user(content: string): AgentInputItem {
  return { type: 'message', role: 'user', content };
}

function said(text: string): AgentInputItem {
  return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] };
}
