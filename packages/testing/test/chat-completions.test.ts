import { describe, expect, it } from 'vitest';
import {
  customToolCall,
  functionCall,
  message,
  type OutputItem,
  reasoning,
  refusal,
  type ReplyRequest,
} from '../src/index.js';
import { checkedClient } from './support/checked-client.js';
import { checkedFetch } from './support/checked-fetch.js';
import { type Answer, post } from './support/post.js';
import { withServer } from './support/with-server.js';

const model = 'gpt-test';
const messages = [{ role: 'user' as const, content: 'Hi' }];

function ask(url: string, fields: object = {}): Promise<Answer> {
  const path = '/chat/completions';
  return post(url, { model, messages, ...fields }, { path, fetch: checkedFetch });
}

describe('a chat completion', () => {
  it('arrives whole at the real client', async () => {
    const server = await withServer({ script: ['Hello there.'] });
    const completion = await checkedClient(server.url).chat.completions.create({ model, messages });
    expect(completion).toMatchObject({
      id: 'chatcmpl_1',
      object: 'chat.completion',
      model,
      choices: [{ index: 0, finish_reason: 'stop', logprobs: null }],
    });
    expect(completion.choices[0]?.message).toEqual({
      role: 'assistant',
      content: 'Hello there.',
      refusal: null,
      annotations: [],
    });
  });

  it('is recorded like every other request', async () => {
    const server = await withServer({ script: ['Hello.'] });
    await ask(server.url);
    expect(server.requests).toMatchObject([
      { method: 'POST', path: '/v1/chat/completions', body: { model, messages } },
    ]);
  });

  it('has its parallel calls in one message, with counted ids', async () => {
    const server = await withServer({
      script: [[message('One moment.'), functionCall('f', { a: 1 }), customToolCall('g', 'x')]],
    });
    const { choices } = (await ask(server.url)).json() as { choices: object[] };
    expect(choices).toMatchObject([
      {
        finish_reason: 'tool_calls',
        message: {
          content: 'One moment.',
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
            { id: 'call_2', type: 'custom', custom: { name: 'g', input: 'x' } },
          ],
        },
      },
    ]);
  });

  it('has no content beside calls alone', async () => {
    const server = await withServer({ script: [functionCall('f')] });
    expect((await ask(server.url)).json()).toMatchObject({
      choices: [{ message: { content: null } }],
    });
  });

  it('ends with `stop` when the request named the tool to call', async () => {
    const server = await withServer({ script: [functionCall('f')] });
    const tools = [{ type: 'function', function: { name: 'f' } }];
    const tool_choice = { type: 'function', function: { name: 'f' } };
    const answer = await ask(server.url, { tools, tool_choice });
    expect(answer.json()).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
  });

  it.each([
    ['max_output_tokens', 'length'],
    ['content_filter', 'content_filter'],
  ] as const)('cut short by %s ends with `%s`', async (incomplete, finish_reason) => {
    const server = await withServer({ script: [{ output: 'Cut sho', incomplete }] });
    expect((await ask(server.url)).json()).toMatchObject({ choices: [{ finish_reason }] });
  });

  it('may be a refusal', async () => {
    const server = await withServer({ script: [refusal('No.')] });
    expect((await ask(server.url)).json()).toMatchObject({
      choices: [{ message: { content: null, refusal: 'No.' }, finish_reason: 'stop' }],
    });
  });

  it('cites as Chat Completions cite', async () => {
    const citation = { start_index: 0, end_index: 2, url: 'https://example.com', title: 'Example' };
    const annotations = [{ type: 'url_citation', ...citation }];
    const server = await withServer({ script: [message('Hi', { annotations })] });
    expect((await ask(server.url)).json()).toMatchObject({
      choices: [{ message: { annotations: [{ type: 'url_citation', url_citation: citation }] } }],
    });
  });

  it('counts reasoning and never shows its summary, as OpenAI', async () => {
    const server = await withServer({ script: [[reasoning('Hm.'), message('42')]] });
    const answer = await ask(server.url);
    expect(answer.text).not.toContain('Hm.');
    expect(answer.json()).toMatchObject({
      usage: { completion_tokens: 65, completion_tokens_details: { reasoning_tokens: 64 } },
    });
  });

  it('shows raw reasoning where open models show it', async () => {
    const server = await withServer({
      script: [[reasoning([], { content: 'Hm.' }), message('42')]],
    });
    expect((await ask(server.url)).json()).toMatchObject({
      choices: [{ message: { reasoning_content: 'Hm.', content: '42' } }],
    });
  });

  it('passes on what endpoints say beyond OpenAI, of the message and of a call', async () => {
    const thought: OutputItem = { ...message('42'), thinking_blocks: [{ type: 'thinking' }] };
    const extra_content = { google: { thought_signature: 's' } };
    const server = await withServer({
      reply: () => [thought, { ...functionCall('f'), extra_content }],
    });
    const whole = (
      await post(server.url, { model, messages }, { path: '/chat/completions' })
    ).json();
    expect(whole).toMatchObject({
      choices: [
        { message: { thinking_blocks: [{ type: 'thinking' }], tool_calls: [{ extra_content }] } },
      ],
    });
    const body = { model, messages, stream: true };
    const streamed = await post(server.url, body, { path: '/chat/completions' });
    expect(streamed.chunks().map(({ choices }) => choices[0]?.delta)).toEqual(
      expect.arrayContaining([
        { thinking_blocks: [{ type: 'thinking' }] },
        { tool_calls: [expect.objectContaining({ index: 0, extra_content })] },
      ]),
    );
  });

  it('may be spoken', async () => {
    const spoken: OutputItem = {
      type: 'message',
      content: [{ type: 'output_audio', data: 'UklG', transcript: 'Hello.' }],
    };
    const server = await withServer({ script: [spoken] });
    const answer = await ask(server.url, {
      modalities: ['text', 'audio'],
      audio: { voice: 'alloy', format: 'wav' },
    });
    expect(answer.json()).toMatchObject({
      choices: [
        {
          message: { content: null, audio: { id: 'audio_1', data: 'UklG', transcript: 'Hello.' } },
        },
      ],
    });
  });

  it('refuses to say what Chat Completions cannot say', async () => {
    const server = await withServer({ script: [{ type: 'web_search_call' }] });
    const answer = await ask(server.url);
    expect([answer.status, answer.text]).toEqual([
      500,
      expect.stringContaining("cannot say an item of type 'web_search_call'"),
    ]);
  });
});

describe('several choices', () => {
  it('say the same, or what the reply has for each', async () => {
    const server = await withServer({
      script: ['Same.', { output: 'One.', choices: [functionCall('f')] }],
    });
    const contents = async (): Promise<unknown> => {
      const { choices } = (await ask(server.url, { n: 2 })).json() as { choices: object[] };
      return choices;
    };
    expect(await contents()).toMatchObject([
      { index: 0, message: { content: 'Same.' } },
      { index: 1, message: { content: 'Same.' } },
    ]);
    expect(await contents()).toMatchObject([
      { index: 0, message: { content: 'One.' }, finish_reason: 'stop' },
      { index: 1, message: { content: null }, finish_reason: 'tool_calls' },
    ]);
  });

  it('are streamed at the same time', async () => {
    const server = await withServer({ script: [{ output: 'a b', choices: ['c'] }] });
    const chunks = (await ask(server.url, { n: 2, stream: true })).chunks();
    expect(chunks.map(({ choices }) => choices.map(({ index }) => index))).toEqual([
      [0],
      [1],
      [0],
      [1],
      [0],
      [1],
      [0],
    ]);
  });
});

describe('log probabilities', () => {
  it('come only when they are wanted', async () => {
    const server = await withServer({ reply: () => 'Hi' });
    expect((await ask(server.url)).json()).toMatchObject({ choices: [{ logprobs: null }] });
  });

  it('are made up, one per chunk, with as many alternatives as are wanted', async () => {
    const server = await withServer({ script: ['Hi you'] });
    const answer = await ask(server.url, { logprobs: true, top_logprobs: 2 });
    expect(answer.json()).toMatchObject({
      choices: [
        {
          logprobs: {
            content: [
              { token: 'Hi', bytes: [72, 105], top_logprobs: [{ token: 'Hi' }, {}] },
              { token: ' you' },
            ],
            refusal: null,
          },
        },
      ],
    });
  });

  it('are those of the reply, and its tokens are the chunks', async () => {
    const logprobs = ['H', 'i'].map((token) => ({
      token,
      logprob: -1,
      bytes: null,
      top_logprobs: [],
    }));
    const output: OutputItem = {
      type: 'message',
      content: [{ type: 'output_text', text: 'Hi', logprobs }],
    };
    const server = await withServer({ reply: () => output });
    expect((await ask(server.url, { logprobs: true })).json()).toMatchObject({
      choices: [{ logprobs: { content: logprobs } }],
    });
    const chunks = (await ask(server.url, { logprobs: true, stream: true })).chunks();
    expect(chunks.map(({ choices }) => choices[0]?.delta['content'])).toEqual([
      '',
      'H',
      'i',
      undefined,
    ]);
    expect(chunks[1]).toMatchObject({ choices: [{ logprobs: { content: [logprobs[0]] } }] });
  });
});

describe('a reply function', () => {
  it('sees the messages as items, whichever API it serves', async () => {
    const seen: ReplyRequest[] = [];
    const server = await withServer({
      reply: (request) => {
        seen.push(request);
        return 'Fine.';
      },
    });
    const call = { id: 'call_a', type: 'function', function: { name: 'f', arguments: '{}' } };
    const custom = { id: 'call_b', type: 'custom', custom: { name: 'g', input: 'x' } };
    await ask(server.url, {
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
        { role: 'assistant', content: null, tool_calls: [call, custom] },
        { role: 'tool', tool_call_id: 'call_a', content: '42' },
        { role: 'tool', tool_call_id: 'call_b', content: [{ type: 'text', text: '43' }] },
      ],
    });
    expect(seen[0]).toMatchObject({
      lastUserText: 'Hi',
      toolOutputs: [
        { callId: 'call_a', name: 'f', output: '42' },
        { callId: 'call_b', name: 'g', output: '43' },
      ],
    });
    expect(seen[0]?.conversation.map(({ type }) => type)).toEqual([
      'message',
      'message',
      'function_call',
      'custom_tool_call',
      'function_call_output',
      'custom_tool_call_output',
    ]);
  });
});

describe('usage', () => {
  it('is what the reply says, and its sum', async () => {
    const usage = { inputTokens: 10, cachedTokens: 4, outputTokens: 7, reasoningTokens: 3 };
    const server = await withServer({ script: [{ output: 'Hi', usage }] });
    expect((await ask(server.url)).json()).toMatchObject({
      usage: {
        prompt_tokens: 10,
        completion_tokens: 7,
        total_tokens: 17,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 3 },
      },
    });
  });

  it('may not be reported at all', async () => {
    const server = await withServer({ reply: () => ({ output: 'Hi', usage: null }) });
    expect((await ask(server.url)).json()).not.toHaveProperty('usage');
    const stream_options = { include_usage: true };
    const chunks = (await ask(server.url, { stream: true, stream_options })).chunks();
    expect(chunks.at(-1)?.choices).toHaveLength(1);
  });
});

describe('an endpoint that is compatible', () => {
  const assistant = { role: 'assistant', content: '42', reasoning_content: 'Hm.' };
  const body = { model, messages: [...messages, assistant, ...messages], top_k: 3 };
  const path = '/chat/completions';

  it('takes its own fields, at any depth', async () => {
    const compatible = { fields: ['reasoning_content', 'top_k'] };
    const server = await withServer({ script: ['Fine.'], compatible });
    expect((await post(server.url, body, { path })).status).toBe(200);
    expect(server.requests[0]?.body).toEqual(body);
  });

  it('takes no others', async () => {
    const server = await withServer({ compatible: { fields: ['top_k'] } });
    expect((await post(server.url, body, { path })).json()).toMatchObject({
      error: { message: "Unknown parameter: 'messages[1].reasoning_content'." },
    });
  });

  it('may take any content in any message', async () => {
    const call = { id: 'call_a', type: 'function', function: { name: 'f', arguments: '{}' } };
    const image = { type: 'image_url', image_url: { url: 'https://example.com/x.png' } };
    const turn = [
      { role: 'assistant', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'call_a', content: [image] },
    ];
    const server = await withServer({ reply: () => 'Fine.', compatible: { anyContent: true } });
    const answer = await post(server.url, { model, messages: [...messages, ...turn] }, { path });
    expect(answer.status).toBe(200);
  });
});
