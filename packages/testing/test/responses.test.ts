import { describe, expect, it } from 'vitest';
import {
  customToolCall,
  functionCall,
  message,
  reasoning,
  refusal,
  type ReplyRequest,
} from '../src/index.js';
import { checkedClient } from './support/checked-client.js';
import { checkedFetch } from './support/checked-fetch.js';
import { post } from './support/post.js';
import { withServer } from './support/with-server.js';

const model = 'gpt-test';

describe('a reply', () => {
  it('arrives whole at the real client', async () => {
    const server = await withServer({ script: ['Hello there.'] });
    const response = await checkedClient(server.url).responses.create({ model, input: 'Hi' });
    expect(response).toMatchObject({
      id: 'resp_1',
      status: 'completed',
      model,
      output_text: 'Hello there.',
    });
  });

  it('arrives in several deltas when streamed', async () => {
    const server = await withServer({ script: ['Hello, dear world.'] });
    const stream = await checkedClient(server.url).responses.create({
      model,
      input: 'Hi',
      stream: true,
    });
    const deltas: string[] = [];
    for await (const event of stream)
      if (event.type === 'response.output_text.delta') deltas.push(event.delta);
    expect(deltas).toEqual(['Hello', ',', ' dear', ' world', '.']);
  });

  it('is split by the chunk function of the server, or of the reply', async () => {
    const server = await withServer({
      chunk: (text) => text.split(''),
      script: ['abc', { output: 'abc', chunk: (text) => [text] }],
    });
    expect(await textDeltas(server.url)).toEqual(['a', 'b', 'c']);
    expect(await textDeltas(server.url)).toEqual(['abc']);
  });

  it('whose chunks do not join to the text is refused with the reason', async () => {
    const server = await withServer({ chunk: (text) => text.split(' '), script: ['two words'] });
    const { status, text } = await post(
      server.url,
      { model, input: 'Hi', stream: true },
      { fetch: checkedFetch },
    );
    expect([status, text]).toEqual([500, expect.stringContaining('join to the text')]);
  });

  it('may be a function of the request, after the script', async () => {
    const server = await withServer({
      script: ['scripted'],
      reply: async ({ index, lastUserText }) => `${index}: ${lastUserText}`,
    });
    const client = checkedClient(server.url);
    const texts = [];
    for (const input of ['one', 'two'])
      texts.push((await client.responses.create({ model, input })).output_text);
    expect(texts).toEqual(['scripted', '1: two']);
  });

  it('to a prompt template needs no model in the request', async () => {
    const server = await withServer({ reply: ({ body }) => body.model });
    const response = (await post(server.url, { prompt: { id: 'pmpt_1' } })).json();
    expect(response).toMatchObject({
      model: 'model-of-the-template',
      output: [{ content: [{ text: 'model-of-the-template' }] }],
    });
    expect(server.requests[0]?.body).toEqual({ prompt: { id: 'pmpt_1' } });
  });

  it('in the form of another SDK is refused with what to import', async () => {
    const foreign = [
      { type: 'function_call', callId: 'call_a', name: 'f', arguments: '{}' },
      { type: 'reasoning', content: [{ type: 'input_text', text: 'Hm.' }] },
    ];
    for (const item of foreign) {
      const server = await withServer({ script: [[message('One moment.'), item]] });
      const { status, text } = await post(server.url, { model, input: 'Hi' });
      expect([status, text]).toEqual([500, expect.stringContaining("from '@baton/testing'")]);
    }
  });

  it('has a call id where a client is to search for tools, and none where the server does', async () => {
    const searches = ['client', 'server'].map((execution) => ({
      type: 'tool_search_call',
      execution,
      arguments: {},
    }));
    const server = await withServer({ script: [searches] });
    const answer = await post(server.url, { model, input: 'Hi' }, { fetch: checkedFetch });
    expect(answer.json()).toMatchObject({ output: [{ call_id: 'call_1' }, { call_id: null }] });
  });

  it('may report no usage', async () => {
    const server = await withServer({ script: [{ output: 'Hi', usage: null }] });
    const answer = await post(server.url, { model, input: 'Hi' }, { fetch: checkedFetch });
    expect(answer.json()).toMatchObject({ usage: null });
  });

  it('has the same ids in every run', async () => {
    const ids = async (): Promise<unknown> => {
      const server = await withServer({
        reply: () => [reasoning('Hm.'), message('Hi'), functionCall('f'), functionCall('g')],
      });
      const { id, output } = await checkedClient(server.url).responses.create({
        model,
        input: 'Hi',
      });
      return [id, ...output.map((item) => [item.id, 'call_id' in item ? item.call_id : null])];
    };
    expect(await ids()).toEqual([
      'resp_1',
      ['rs_1', null],
      ['msg_1', null],
      ['fc_1', 'call_1'],
      ['fc_2', 'call_2'],
    ]);
    expect(await ids()).toEqual(await ids());
  });

  it('reports the tokens it is told to report, and their sum', async () => {
    const usage = { inputTokens: 10, cachedTokens: 4, outputTokens: 7, reasoningTokens: 3 };
    const server = await withServer({ script: [{ output: 'Hi', usage }] });
    const response = await checkedClient(server.url).responses.create({ model, input: 'Hi' });
    expect(response.usage).toEqual({
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
      output_tokens: 7,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 17,
    });
  });

  it('counts a long conversation that the server knows as cached', async () => {
    const server = await withServer({ reply: () => 'word '.repeat(2000) });
    const client = checkedClient(server.url);
    const first = await client.responses.create({ model, input: 'Hi' });
    const second = await client.responses.create({
      model,
      input: 'Again',
      previous_response_id: first.id,
    });
    expect(first.usage?.input_tokens_details.cached_tokens).toBe(0);
    expect(second.usage?.input_tokens_details.cached_tokens).toSatisfy(
      (count: number) => count >= 1024 && count % 128 === 0,
    );
  });

  it('may end incomplete, and its last item with it', async () => {
    const server = await withServer({
      script: [{ output: 'Once upon', incomplete: 'max_output_tokens' }],
    });
    const response = await checkedClient(server.url).responses.create({ model, input: 'Hi' });
    expect(response).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ status: 'incomplete' }],
    });
  });

  it('may end failed', async () => {
    const server = await withServer({ script: [{ failed: { message: 'The model broke.' } }] });
    const response = await checkedClient(server.url).responses.create({ model, input: 'Hi' });
    expect(response).toMatchObject({
      status: 'failed',
      error: { code: 'server_error', message: 'The model broke.' },
    });
  });

  it('has encrypted reasoning exactly when the request includes it', async () => {
    const server = await withServer({
      reply: () => [reasoning('Hm.', { encryptedContent: 'secret' }), 'Hi'],
    });
    const client = checkedClient(server.url);
    const without = await client.responses.create({ model, input: 'Hi' });
    const withIt = await client.responses.create({
      model,
      input: 'Hi',
      include: ['reasoning.encrypted_content'],
    });
    expect(without.output[0]).not.toHaveProperty('encrypted_content');
    expect(withIt.output[0]).toMatchObject({ encrypted_content: 'secret' });
  });
});

describe('a stream sends', () => {
  const start = ['response.created', 'response.in_progress'];
  const added = 'response.output_item.added';
  const done = 'response.output_item.done';

  it.each([
    [
      'text',
      message('Hi you'),
      [
        'content_part.added',
        'output_text.delta',
        'output_text.delta',
        'output_text.done',
        'content_part.done',
      ],
    ],
    [
      'annotated text',
      message('Hi', { annotations: [{ type: 'file_path', file_id: 'f', index: 0 }] }),
      [
        'content_part.added',
        'output_text.delta',
        'output_text.done',
        'output_text.annotation.added',
        'content_part.done',
      ],
    ],
    ['empty text', message(''), ['content_part.added', 'output_text.done', 'content_part.done']],
    [
      'a refusal',
      refusal('No way'),
      ['content_part.added', 'refusal.delta', 'refusal.delta', 'refusal.done', 'content_part.done'],
    ],
    [
      'a reasoning summary',
      reasoning(['Hm', 'Well']),
      [1, 2].flatMap(() => [
        'reasoning_summary_part.added',
        'reasoning_summary_text.delta',
        'reasoning_summary_text.done',
        'reasoning_summary_part.done',
      ]),
    ],
    [
      'reasoning text',
      reasoning([], { content: 'Hm' }),
      ['content_part.added', 'reasoning_text.delta', 'reasoning_text.done', 'content_part.done'],
    ],
    [
      'a function call',
      functionCall('f', 'ab cd'),
      [
        'function_call_arguments.delta',
        'function_call_arguments.delta',
        'function_call_arguments.done',
      ],
    ],
    [
      'a custom tool call',
      customToolCall('t', 'ab cd'),
      [
        'custom_tool_call_input.delta',
        'custom_tool_call_input.delta',
        'custom_tool_call_input.done',
      ],
    ],
    [
      'a web search',
      { type: 'web_search_call', action: { type: 'search', query: 'x' } },
      ['web_search_call.in_progress', 'web_search_call.searching', 'web_search_call.completed'],
    ],
    [
      'a file search',
      { type: 'file_search_call', queries: ['x'] },
      ['file_search_call.in_progress', 'file_search_call.searching', 'file_search_call.completed'],
    ],
    [
      'code',
      { type: 'code_interpreter_call', code: 'x' },
      [
        'code_interpreter_call.in_progress',
        'code_interpreter_call_code.delta',
        'code_interpreter_call_code.done',
        'code_interpreter_call.interpreting',
        'code_interpreter_call.completed',
      ],
    ],
    [
      'an image',
      { type: 'image_generation_call', result: 'aGk=' },
      [
        'image_generation_call.in_progress',
        'image_generation_call.generating',
        'image_generation_call.completed',
      ],
    ],
    [
      'an MCP call',
      { type: 'mcp_call', server_label: 's', name: 'n', arguments: '{}', output: 'x' },
      [
        'mcp_call.in_progress',
        'mcp_call_arguments.delta',
        'mcp_call_arguments.done',
        'mcp_call.completed',
      ],
    ],
    [
      'a failed MCP call',
      { type: 'mcp_call', server_label: 's', name: 'n', arguments: '{}', status: 'failed' },
      [
        'mcp_call.in_progress',
        'mcp_call_arguments.delta',
        'mcp_call_arguments.done',
        'mcp_call.failed',
      ],
    ],
    [
      'an MCP tool list',
      { type: 'mcp_list_tools', server_label: 's', tools: [] },
      ['mcp_list_tools.in_progress', 'mcp_list_tools.completed'],
    ],
    ['a computer call', { type: 'computer_call', action: { type: 'screenshot' } }, []],
    [
      'a shell call',
      {
        type: 'shell_call',
        action: { commands: ['ls'], timeout_ms: null, max_output_length: null },
      },
      [],
    ],
    ['a patch', { type: 'apply_patch_call', operation: { type: 'delete_file', path: 'a' } }, []],
  ])('%s in the order of the real API', async (_what, output, between) => {
    const server = await withServer({ script: [output] });
    const { events } = await post(
      server.url,
      { model, input: 'Hi', stream: true },
      { fetch: checkedFetch },
    );
    const types = events().map((event) => event.type);
    expect(types).toEqual([
      ...start,
      added,
      ...between.map((type) => `response.${type}`),
      done,
      'response.completed',
    ]);
    expect(events().map((event) => event.sequence_number)).toEqual([...types.keys()]);
  });

  it.each([
    ['response.incomplete', { output: 'Hi', incomplete: 'content_filter' as const }],
    ['response.failed', { output: 'Hi', failed: { message: 'Broken.' } }],
  ])('%s last when the reply ends so', async (type, reply) => {
    const server = await withServer({ script: [reply] });
    const { events } = await post(
      server.url,
      { model, input: 'Hi', stream: true },
      { fetch: checkedFetch },
    );
    expect(events().at(-1)?.type).toBe(type);
  });
});

describe('a stored response', () => {
  it('is continued by previous_response_id', async () => {
    const seen: ReplyRequest[] = [];
    const server = await withServer({
      script: ['One.', (request) => (seen.push(request), 'Two.')],
    });
    const client = checkedClient(server.url);
    const first = await client.responses.create({ model, input: 'First' });
    await client.responses.create({ model, input: 'Second', previous_response_id: first.id });
    expect(seen[0]?.conversation.map((item) => [item['role'], item['content']])).toEqual([
      ['user', 'First'],
      ['assistant', [expect.objectContaining({ text: 'One.' })]],
      ['user', 'Second'],
    ]);
  });

  it('brings the whole chain before it, oldest first', async () => {
    const server = await withServer({
      reply: ({ conversation }) =>
        conversation.map((item) => (item['role'] === 'user' ? item['content'] : 'answer')).join(),
    });
    const client = checkedClient(server.url);
    let last: { id?: string; output_text?: string } = {};
    for (const input of ['one', 'two', 'three']) {
      const previous = last.id ?? null;
      last = await client.responses.create({ model, input, previous_response_id: previous });
    }
    expect(last.output_text).toBe('one,answer,two,answer,three');
  });

  it('can be continued as soon as its last event has arrived', async () => {
    const server = await withServer({ reply: () => 'Hi' });
    const client = checkedClient(server.url);
    const stream = await client.responses.create({ model, input: 'Hi', stream: true });
    for await (const event of stream) {
      if (event.type !== 'response.completed') continue;
      const next = await client.responses.create({
        model,
        input: 'More',
        previous_response_id: event.response.id,
      });
      expect(next.status).toBe('completed');
    }
  });

  it('is read and deleted by id', async () => {
    const server = await withServer({ script: ['Hi'] });
    const client = checkedClient(server.url);
    const created = await client.responses.create({ model, input: 'Hi' });
    expect(await client.responses.retrieve(created.id)).toMatchObject({
      id: created.id,
      output_text: 'Hi',
    });
    await client.responses.delete(created.id);
    await expect(client.responses.retrieve(created.id)).rejects.toMatchObject({ status: 404 });
  });

  it('lists its own input items, newest first, with ids', async () => {
    const server = await withServer({ script: [functionCall('f'), 'Hi'] });
    const client = checkedClient(server.url);
    const first = await client.responses.create({ model, input: 'Hi' });
    const second = await client.responses.create({
      model,
      previous_response_id: first.id,
      input: [
        { type: 'function_call_output', call_id: 'call_1', output: 'x' },
        { role: 'assistant', content: 'Well' },
        { role: 'user', content: [{ type: 'input_text', text: 'Go on' }] },
      ],
    });
    const page = await client.responses.inputItems.list(second.id);
    expect(page.data.map((item) => item.type)).toEqual([
      'message',
      'message',
      'function_call_output',
    ]);
    const rest = await client.responses.inputItems.list(second.id, {
      order: 'asc',
      limit: 1,
      after: page.data[2]?.id ?? '',
    });
    expect(rest.data).toMatchObject([
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Well' }] },
    ]);
    expect(rest.has_more).toBe(true);
  });

  it('lends its items to references', async () => {
    const seen: ReplyRequest[] = [];
    const server = await withServer({
      script: ['One.', (request) => (seen.push(request), 'Two.')],
    });
    const client = checkedClient(server.url);
    const first = await client.responses.create({ model, input: 'Hi' });
    const id = first.output[0]?.id ?? '';
    await client.responses.create({
      model,
      input: [
        { type: 'item_reference', id },
        { role: 'user', content: 'And?' },
      ],
    });
    expect(seen[0]?.conversation[0]).toMatchObject({ type: 'message', id, role: 'assistant' });
  });
});

describe('a reply function sees', () => {
  it('the tool outputs since the last user message, with the names of their calls', async () => {
    const seen: ReplyRequest[] = [];
    const server = await withServer({
      script: [
        [functionCall('f', { a: 1 }), customToolCall('t', 'x')],
        (request) => (seen.push(request), 'Done.'),
      ],
    });
    const client = checkedClient(server.url);
    const first = await client.responses.create({ model, input: 'Go' });
    await client.responses.create({
      model,
      previous_response_id: first.id,
      input: [
        { type: 'custom_tool_call_output', call_id: 'call_2', output: 'two' },
        {
          type: 'function_call_output',
          call_id: 'call_1',
          output: [{ type: 'input_text', text: 'one' }],
        },
      ],
    });
    expect(seen[0]?.lastUserText).toBe('Go');
    expect(seen[0]?.toolOutputs).toEqual([
      { callId: 'call_2', name: 't', output: 'two' },
      { callId: 'call_1', name: 'f', output: 'one' },
    ]);
  });

  it('no tool outputs from before the last user message', async () => {
    const server = await withServer({
      reply: ({ toolOutputs }) => `${toolOutputs.length} outputs`,
    });
    const response = await checkedClient(server.url).responses.create({
      model,
      input: [
        { type: 'function_call', call_id: 'call_a', name: 'f', arguments: '{}' },
        { type: 'function_call_output', call_id: 'call_a', output: 'old' },
        { role: 'user', content: 'Thanks.' },
      ],
    });
    expect(response.output_text).toBe('0 outputs');
  });

  it('the body, and headers without the key', async () => {
    const seen: ReplyRequest[] = [];
    const server = await withServer({ reply: (request) => (seen.push(request), 'Hi') });
    await checkedClient(server.url).responses.create({
      model,
      input: 'Hi',
      instructions: 'Be kind.',
    });
    expect(seen[0]?.body).toEqual({ model, input: 'Hi', instructions: 'Be kind.' });
    expect(seen[0]?.headers['authorization']).toBe('Bearer [redacted]');
  });
});

async function textDeltas(url: string): Promise<readonly unknown[]> {
  const { events } = await post(url, { model, input: 'Hi', stream: true }, { fetch: checkedFetch });
  return events()
    .filter((event) => event.type === 'response.output_text.delta')
    .map((event) => event['delta']);
}
