import { APIError } from 'openai';
import { describe, expect, it } from 'vitest';
import { functionCall, httpError, reasoning } from '../src/index.js';
import { checkedClient } from './support/checked-client.js';
import { withServer } from './support/with-server.js';

const model = 'gpt-test';
const user = (content: string) => ({ role: 'user' as const, content });

describe('a conversation', () => {
  it('is created, read, changed and deleted', async () => {
    const { conversations } = checkedClient((await withServer()).url);
    const { id } = await conversations.create({ metadata: { a: '1' }, items: [user('Hi')] });
    expect(id).toBe('conv_1');
    expect((await conversations.update(id, { metadata: { b: '2' } })).metadata).toEqual({ b: '2' });
    expect((await conversations.retrieve(id)).metadata).toEqual({ b: '2' });
    expect((await conversations.delete(id)).deleted).toBe(true);
    await expect(conversations.retrieve(id)).rejects.toMatchObject({ status: 404 });
  });

  it('lists its items in pages, newest first unless asked otherwise', async () => {
    const { conversations } = checkedClient((await withServer()).url);
    const { id } = await conversations.create();
    const texts = ['a', 'b', 'c', 'd', 'e'];
    await conversations.items.create(id, { items: texts.map(user) });
    const read = async (query: { order?: 'asc'; limit?: number }) => {
      const all: unknown[] = [];
      for await (const item of conversations.items.list(id, query)) all.push(item);
      return JSON.stringify(all).match(/(?<="text":")./g);
    };
    expect(await read({ limit: 2 })).toEqual(texts.toReversed());
    expect(await read({ limit: 3, order: 'asc' })).toEqual(texts);
    const page = await conversations.items.list(id, { limit: 2 });
    expect([page.data.length, page.has_more]).toEqual([2, true]);
  });

  it('takes items away, one by one', async () => {
    const { conversations } = checkedClient((await withServer()).url);
    const { id } = await conversations.create({ items: [user('a'), user('b')] });
    const first = (await conversations.items.list(id)).data[1]?.id ?? '';
    expect(await conversations.items.retrieve(first, { conversation_id: id })).toMatchObject({
      content: [{ text: 'a' }],
    });
    await conversations.items.delete(first, { conversation_id: id });
    expect((await conversations.items.list(id)).data).toHaveLength(1);
    await expect(
      conversations.items.retrieve(first, { conversation_id: id }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it.each([
    [
      'more than 20 items',
      { items: Array.from({ length: 21 }, () => user('a')) },
      'array too long',
    ],
    ['an unknown field', { items: [{ ...user('a'), foo: 1 }] }, 'Unknown parameter'],
    [
      'reasoning that nobody knows',
      { items: [{ type: 'reasoning', id: 'rs_x', summary: [] }] },
      'not found',
    ],
  ])('refuses %s', async (_what, body, message) => {
    const server = await withServer();
    const client = checkedClient(server.url);
    const { id } = await client.conversations.create();
    await expect(client.post(`/conversations/${id}/items`, { body })).rejects.toThrow(message);
    expect((await client.conversations.items.list(id)).data).toEqual([]);
  });
});

describe('a response on a conversation', () => {
  it('sees what was said before, and leaves its input and output there', async () => {
    const server = await withServer({
      script: [
        [reasoning('Hm.'), functionCall('f', {}, { callId: 'call_a' })],
        ({ conversation }) => `There were ${conversation.length}.`,
      ],
    });
    const client = checkedClient(server.url);
    const { id } = await client.conversations.create({ items: [user('Hi')] });
    const tools = [{ type: 'function' as const, name: 'f', parameters: null, strict: false }];
    const first = await client.responses.create({ model, conversation: id, input: 'Go', tools });
    expect(first.conversation).toEqual({ id });
    const input = [{ type: 'function_call_output' as const, call_id: 'call_a', output: '1' }];
    const second = await client.responses.create({ model, conversation: { id }, input, tools });
    expect(second.output_text).toBe('There were 5.');
    const { data } = await client.conversations.items.list(id, { order: 'asc' });
    expect(data.map(({ type }) => type)).toEqual([
      'message',
      'message',
      'reasoning',
      'function_call',
      'function_call_output',
      'message',
    ]);
  });

  it('locks it until it is through, also when it fails or its client goes away', async () => {
    const server = await withServer({
      script: [
        { output: 'Slow', delayMs: 100 },
        httpError(500),
        { output: 'Cut', fault: { kind: 'drop', afterEvents: 2 } },
        'Fine.',
      ],
    });
    const client = checkedClient(server.url);
    const { id } = await client.conversations.create();
    const ask = () => client.responses.create({ model, conversation: id, input: 'Hi' });
    const slow = ask();
    const refused = await ask().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(APIError);
    expect(refused).toMatchObject({ status: 400, code: 'conversation_locked' });
    await slow;
    await expect(ask()).rejects.toMatchObject({ status: 500 });
    const cut = await client.responses.create({
      model,
      conversation: id,
      input: 'Hi',
      stream: true,
    });
    await expect(
      cut[Symbol.asyncIterator]()
        .next()
        .then(() => drain(cut)),
    ).rejects.toThrow();
    expect((await ask()).output_text).toBe('Fine.');
    expect((await client.conversations.items.list(id)).data).toHaveLength(4);
  });

  it('refuses a conversation that is not there, and a call that waits there for its output', async () => {
    const server = await withServer({ script: [functionCall('f', {}, { callId: 'call_a' })] });
    const client = checkedClient(server.url);
    const { id } = await client.conversations.create();
    const ask = (conversation: string) =>
      client.responses.create({ model, conversation, input: 'Hi' });
    await expect(ask('conv_x')).rejects.toMatchObject({ status: 404 });
    await ask(id);
    await expect(ask(id)).rejects.toThrow('No tool output found for function call call_a');
  });
});

describe('compaction', () => {
  it('keeps what users said, and makes one item of the rest', async () => {
    const server = await withServer({ script: ['One.', 'Two.'] });
    const client = checkedClient(server.url);
    const { id } = await client.responses.create({ model, input: 'a' });
    const compacted = await client.responses.compact({
      model,
      previous_response_id: id,
      input: 'b',
    });
    expect(compacted.output).toMatchObject([
      { role: 'user', content: [{ text: 'a' }] },
      { role: 'user', content: [{ text: 'b' }] },
      { type: 'compaction' },
    ]);
    const next = await client.responses.create({
      model,
      // The client's types do not take back all that they give; a user's message has no id when it is sent.
      input: compacted.output.map(({ id, ...item }) =>
        item.type === 'message' ? item : { ...item, id },
      ) as never,
    });
    expect(next.output_text).toBe('Two.');
  });

  it('does what the test says', async () => {
    const server = await withServer({
      compact: ({ index }) => (index === 0 ? httpError(503) : 'Short.'),
    });
    const { responses } = checkedClient(server.url);
    await expect(responses.compact({ model, input: 'a' })).rejects.toMatchObject({ status: 503 });
    expect((await responses.compact({ model, input: 'a' })).output).toMatchObject([
      { role: 'assistant', content: [{ text: 'Short.' }] },
    ]);
  });
});

async function drain(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _event of events);
}
