import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { type Fault, httpError, message, type Reply } from '../src/index.js';
import { post } from './support/post.js';
import { withServer } from './support/with-server.js';

const body = { model: 'gpt-test', messages: [{ role: 'user' as const, content: 'Hi' }] };

/** What a client saw of a reply before it threw, if it did. */
async function outcome(
  reply: Reply,
  stream: boolean,
): Promise<{ texts: string[]; error: unknown }> {
  const server = await withServer({ script: [reply] });
  const client = new OpenAI({
    apiKey: 'test',
    baseURL: server.url,
    maxRetries: 0,
    logLevel: 'off',
  });
  const texts: string[] = [];
  try {
    if (!stream) {
      const completion = await client.chat.completions.create(body);
      return { texts: [typeof completion], error: undefined };
    }
    for await (const { choices } of await client.chat.completions.create({ ...body, stream }))
      texts.push(choices[0]?.delta.content ?? '-');
    return { texts, error: undefined };
  } catch (error) {
    return { texts, error };
  }
}

function faulty(fault: Fault): Reply {
  return { output: message('Hello, dear world.'), fault };
}

describe('a stream of chat completions', () => {
  it('has the role first, then the pieces, the reason to finish, the usage and the end', async () => {
    const server = await withServer({
      script: [{ output: 'Hi you', usage: { inputTokens: 1, outputTokens: 2 } }],
    });
    const stream = { stream: true, stream_options: { include_usage: true } };
    const answer = await post(server.url, { ...body, ...stream }, { path: '/chat/completions' });
    const choice = (delta: object, finish_reason: string | null = null): object => ({
      usage: null,
      choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    });
    expect(answer.chunks()).toMatchObject([
      choice({ role: 'assistant', content: '', refusal: null }),
      choice({ content: 'Hi' }),
      choice({ content: ' you' }),
      choice({}, 'stop'),
      { choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
    ]);
    expect(new Set(answer.chunks().map(({ id }) => id))).toEqual(new Set(['chatcmpl_1']));
    expect(answer.text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('says nothing of usage unless it is asked to', async () => {
    const server = await withServer({ script: ['Hi'] });
    const answer = await post(server.url, { ...body, stream: true }, { path: '/chat/completions' });
    expect(answer.text).not.toContain('usage');
  });

  it('has the name and the id of a call in its first delta, then only arguments', async () => {
    const output = { type: 'function_call', name: 'f', arguments: '{"a":1}' };
    const chunk = (text: string): readonly string[] => text.match(/.{1,4}/g) ?? [];
    const server = await withServer({ script: [{ output: [output, output], chunk }] });
    const answer = await post(server.url, { ...body, stream: true }, { path: '/chat/completions' });
    const deltas = answer.chunks().map(({ choices }) => choices[0]?.delta);
    const first = (index: number): object => ({
      tool_calls: [
        {
          index,
          id: `call_${index + 1}`,
          type: 'function',
          function: { name: 'f', arguments: '' },
        },
      ],
    });
    const next = (index: number, args: string): object => ({
      tool_calls: [{ index, function: { arguments: args } }],
    });
    expect(deltas).toEqual([
      { role: 'assistant', content: null, refusal: null },
      first(0),
      next(0, '{"a"'),
      next(0, ':1}'),
      first(1),
      next(1, '{"a"'),
      next(1, ':1}'),
      {},
    ]);
  });

  it('hides the lengths of its chunks where that is wanted', async () => {
    const server = await withServer({ script: ['Hi'] });
    const stream = { stream: true, stream_options: { include_obfuscation: true } };
    const answer = await post(server.url, { ...body, ...stream }, { path: '/chat/completions' });
    expect(answer.chunks()[0]).toMatchObject({ obfuscation: expect.stringMatching(/^x+$/) });
  });
});

describe('a chat completion that goes wrong', () => {
  it('lets exactly the chunks before a dropped connection through', async () => {
    const { texts, error } = await outcome(faulty({ kind: 'drop', afterEvents: 3 }), true);
    expect(texts).toEqual(['', 'Hello', ',']);
    expect(error).toBeInstanceOf(Error);
  });

  it('is cut in the middle without a stream', async () => {
    const { error } = await outcome(faulty({ kind: 'drop', afterEvents: 0 }), false);
    expect(error).toBeInstanceOf(Error);
  });

  it.each([true, false])(
    'is an error at the client when it is no JSON (stream: %s)',
    async (stream) => {
      const { error } = await outcome(faulty({ kind: 'malformed', afterEvents: 1 }), stream);
      expect(error).toBeInstanceOf(Error);
    },
  );

  it.each([true, false])('says what is wrong (stream: %s)', async (stream) => {
    const fault: Fault = { kind: 'error', afterEvents: 1, message: 'Overloaded.' };
    const { error } = await outcome(faulty(fault), stream);
    expect(error).toBeInstanceOf(OpenAI.APIError);
    expect(error).toMatchObject({ message: expect.stringContaining('Overloaded.') });
  });

  it('may be an empty stream', async () => {
    expect(await outcome(faulty({ kind: 'empty' }), true)).toEqual({ texts: [], error: undefined });
  });

  it('may fail after it has said everything', async () => {
    const reply = { output: 'Hi', failed: { message: 'The model broke.' } };
    const streamed = await outcome(reply, true);
    expect(streamed.texts).toEqual(['', 'Hi']);
    expect(streamed.error).toMatchObject({ message: expect.stringContaining('The model broke.') });
    expect((await outcome(reply, false)).error).toMatchObject({ status: 500 });
  });

  it.each([true, false])('may be refused with a status (stream: %s)', async (stream) => {
    const { error } = await outcome(httpError(429, { message: 'Slow down.' }), stream);
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
  });

  it('may come late', async () => {
    const server = await withServer({ script: [{ output: 'Late.', delayMs: 60_000 }] });
    const client = new OpenAI({ apiKey: 'test', baseURL: server.url, maxRetries: 0, timeout: 30 });
    await expect(client.chat.completions.create(body)).rejects.toBeInstanceOf(
      OpenAI.APIConnectionTimeoutError,
    );
  });
});
