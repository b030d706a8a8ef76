import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { type Fault, httpError, message, type Reply } from '../src/index.js';
import { withServer } from './support/with-server.js';

const model = 'gpt-test';

/** What a client saw of a reply before it threw, if it did. */
async function outcome(
  reply: Reply,
  stream: boolean,
): Promise<{ types: string[]; error: unknown }> {
  const server = await withServer({ script: [reply] });
  const client = new OpenAI({
    apiKey: 'test',
    baseURL: server.url,
    maxRetries: 0,
    logLevel: 'off',
  });
  const types: string[] = [];
  try {
    if (!stream) {
      const response = await client.responses.create({ model, input: 'Hi' });
      return { types: [typeof response], error: undefined };
    }
    for await (const event of await client.responses.create({ model, input: 'Hi', stream }))
      types.push(event.type);
    return { types, error: undefined };
  } catch (error) {
    return { types, error };
  }
}

function faulty(fault: Fault): Reply {
  return { output: message('Hello, dear world.'), fault };
}

describe('a dropped connection', () => {
  it('lets exactly the events before it through and is an error at the client', async () => {
    const { types, error } = await outcome(faulty({ kind: 'drop', afterEvents: 3 }), true);
    expect(types).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
    ]);
    expect(error).toBeInstanceOf(Error);
  });

  it('may come after the last event', async () => {
    const { types, error } = await outcome(faulty({ kind: 'drop', afterEvents: 99 }), true);
    expect(types.at(-1)).toBe('response.completed');
    expect(error).toBeInstanceOf(Error);
  });

  it('cuts an answer in the middle when nothing is streamed', async () => {
    expect((await outcome(faulty({ kind: 'drop', afterEvents: 0 }), false)).error).toBeInstanceOf(
      Error,
    );
  });

  it('leaves no stored response behind when nothing is streamed', async () => {
    const server = await withServer({ script: [faulty({ kind: 'drop', afterEvents: 0 })] });
    const client = new OpenAI({ apiKey: 'test', baseURL: server.url, maxRetries: 0 });
    await expect(client.responses.create({ model, input: 'Hi' })).rejects.toThrow();
    await expect(client.responses.retrieve('resp_1')).rejects.toMatchObject({ status: 404 });
  });

  it('leaves no stored response behind in mid-stream', async () => {
    const server = await withServer({ script: [faulty({ kind: 'drop', afterEvents: 3 })] });
    const client = new OpenAI({ apiKey: 'test', baseURL: server.url, maxRetries: 0 });
    const stream = await client.responses.create({ model, input: 'Hi', stream: true });
    await expect(drain(stream)).rejects.toThrow();
    await expect(client.responses.retrieve('resp_1')).rejects.toMatchObject({ status: 404 });
  });
});

it('a malformed event is an error at the client', async () => {
  const { types, error } = await outcome(faulty({ kind: 'malformed', afterEvents: 2 }), true);
  expect(types).toEqual(['response.created', 'response.in_progress']);
  expect(error).toBeInstanceOf(Error);
});

it('a malformed body is an error at the client', async () => {
  expect(
    (await outcome(faulty({ kind: 'malformed', afterEvents: 0 }), false)).error,
  ).toBeInstanceOf(Error);
});

it('an error event in mid-stream is an API error at the client', async () => {
  const fault: Fault = {
    kind: 'error',
    afterEvents: 4,
    message: 'Overloaded.',
    code: 'server_is_overloaded',
  };
  const { types, error } = await outcome(faulty(fault), true);
  expect(types).toHaveLength(4);
  expect(error).toMatchObject({ message: expect.stringContaining('Overloaded.') });
});

it('an error fault without a stream is a 500', async () => {
  const { error } = await outcome(
    faulty({ kind: 'error', afterEvents: 0, message: 'Overloaded.' }),
    false,
  );
  expect(error).toMatchObject({ status: 500, message: expect.stringContaining('Overloaded.') });
});

it('an empty stream has no events and no error', async () => {
  expect(await outcome(faulty({ kind: 'empty' }), true)).toEqual({ types: [], error: undefined });
});

it('an HTTP error arrives with its status, code and headers', async () => {
  const reply = httpError(429, { message: 'Slow down.', headers: { 'retry-after': '7' } });
  for (const stream of [true, false]) {
    const { error } = await outcome(reply, stream);
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
    expect(error).toMatchObject({
      code: 'rate_limit_exceeded',
      message: expect.stringContaining('Slow down.'),
    });
    expect((error as InstanceType<typeof OpenAI.APIError>).headers?.get('retry-after')).toBe('7');
  }
});

it('a client that retries gets the next reply of the script', async () => {
  const server = await withServer({
    script: [httpError(503, { headers: { 'retry-after-ms': '1' } }), 'Hi'],
  });
  const client = new OpenAI({ apiKey: 'test', baseURL: server.url, maxRetries: 1 });
  expect((await client.responses.create({ model, input: 'Hi' })).output_text).toBe('Hi');
  expect(server.requests).toHaveLength(2);
});

it('a delayed reply can be timed out by the client, whose leaving the reply function sees', async () => {
  const left = withResolvers();
  const server = await withServer({
    reply: ({ signal }) => {
      signal.addEventListener('abort', () => left.resolve());
      return { output: 'Late.', delayMs: 60_000 };
    },
  });
  const client = new OpenAI({ apiKey: 'test', baseURL: server.url, maxRetries: 0, timeout: 30 });
  await expect(client.responses.create({ model, input: 'Hi' })).rejects.toBeInstanceOf(
    OpenAI.APIConnectionTimeoutError,
  );
  await left.promise;
});

it('a stream with a pace can be left by the client in the middle', async () => {
  const left = withResolvers();
  const server = await withServer({
    reply: ({ signal }) => {
      signal.addEventListener('abort', () => left.resolve());
      return { output: 'word '.repeat(1000), eventDelayMs: 1 };
    },
  });
  const client = new OpenAI({ apiKey: 'test', baseURL: server.url, maxRetries: 0 });
  for await (const event of await client.responses.create({ model, input: 'Hi', stream: true })) {
    if (event.type === 'response.output_text.delta') break;
  }
  await left.promise;
});

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _event of stream);
}

// Node 20 has no Promise.withResolvers.
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
