import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { type Reply, startOpenAIServer } from '../src/index.js';
import { checkedClient } from './support/checked-client.js';
import { post } from './support/post.js';
import { withServer } from './support/with-server.js';

const model = 'gpt-test';

describe('the server', () => {
  it('records every request with its key redacted, refused ones too', async () => {
    const server = await withServer({ script: ['Hi'] });
    await post(
      server.url,
      { model, input: 'Hi' },
      { headers: { authorization: 'Bearer secret', 'x-custom': 'yes' } },
    );
    await post(server.url, 'not json');
    await fetch(`${server.url}/responses/resp_1/input_items?limit=1`, {
      headers: { authorization: 'Bearer secret' },
    });
    expect(server.requests.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      { method: 'POST', path: '/v1/responses', body: { model, input: 'Hi' } },
      { method: 'POST', path: '/v1/responses', body: {} },
      { method: 'GET', path: '/v1/responses/resp_1/input_items?limit=1', body: {} },
    ]);
    expect(server.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer [redacted]',
      'x-custom': 'yes',
    });
    expect(JSON.stringify(server.requests)).not.toContain('secret');
    expect(server.requests[0]?.at).toBeTypeOf('number');
  });

  it('gives every answer a request id', async () => {
    const server = await withServer({ script: ['Hi'] });
    const { _request_id: id } = await clientOf(server.url).responses.create({
      model,
      input: 'Hi',
    });
    expect(id).toBe('req_1');
  });

  it('says how many requests were scripted when one more comes, once', async () => {
    const server = await withServer({ script: ['One.', 'Two.'] });
    const client = new OpenAI({ apiKey: 'test', baseURL: server.url });
    for (const input of ['1', '2']) await client.responses.create({ model, input });
    await expect(client.responses.create({ model, input: '3' })).rejects.toMatchObject({
      status: 500,
      message: expect.stringContaining('2 requests were scripted and this is request 3'),
    });
    expect(server.requests).toHaveLength(3);
  });

  it('says what to do when it was given nothing to reply', async () => {
    const server = await withServer();
    const { status, text } = await post(server.url, { model, input: 'Hi' });
    expect([status, text]).toEqual([
      500,
      expect.stringContaining('start it with `script` or `reply`'),
    ]);
  });

  it('quotes what a reply function threw', async () => {
    const server = await withServer({
      reply: () => {
        throw new Error('Unexpected tool.');
      },
    });
    const { status, text } = await post(server.url, { model, input: 'Hi' });
    expect([status, text]).toEqual([500, expect.stringContaining('Unexpected tool.')]);
  });

  it.each([
    ['nothing', undefined],
    ['an unknown field', { output: 'Hi', incompete: 'max_output_tokens' }],
  ])('says what a reply may be when it gets %s', async (_what, reply) => {
    // The types refuse only some of these.
    const server = await withServer({ reply: () => reply as Reply });
    const { status, text } = await post(server.url, { model, input: 'Hi' });
    expect([status, text]).toEqual([500, expect.stringContaining('A reply must be a text')]);
  });

  it('does not spend a step of the script on a refused request', async () => {
    const server = await withServer({ script: ['First.'] });
    expect((await post(server.url, { model, input: 'Hi', foo: 1 })).status).toBe(400);
    expect((await clientOf(server.url).responses.create({ model, input: 'Hi' })).output_text).toBe(
      'First.',
    );
  });

  it('lists the models it was given', async () => {
    const server = await withServer({ models: ['a', 'b'] });
    const client = checkedClient(server.url);
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await client.models.retrieve('a')).toMatchObject({ id: 'a', object: 'model' });
  });

  it('ends open streams and waiting requests at once when closed', async () => {
    const server = await startOpenAIServer({
      script: [
        { output: 'word '.repeat(1000), eventDelayMs: 5 },
        { output: 'Late.', delayMs: 60_000 },
      ],
    });
    const client = clientOf(server.url);
    const stream = await client.responses.create({ model, input: 'Hi', stream: true });
    const waiting = expect(client.responses.create({ model, input: 'Hi' })).rejects.toBeInstanceOf(
      OpenAI.APIConnectionError,
    );
    const read = (async () => {
      for await (const event of stream)
        if (event.type === 'response.in_progress') await server.close();
    })();
    await expect(read).rejects.toThrow();
    await waiting;
  });

  it('can be closed twice, and by `await using`', async () => {
    const server = await startOpenAIServer();
    await server[Symbol.asyncDispose]();
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow();
  });

  it('keeps servers apart', async () => {
    const [one, two] = [
      await withServer({ script: ['One.'] }),
      await withServer({ script: ['Two.'] }),
    ];
    await clientOf(one.url).responses.create({ model, input: 'Hi' });
    await expect(clientOf(two.url).responses.retrieve('resp_1')).rejects.toMatchObject({
      status: 404,
    });
  });
});

function clientOf(url: string): OpenAI {
  return new OpenAI({ apiKey: 'test', baseURL: url, maxRetries: 0 });
}
