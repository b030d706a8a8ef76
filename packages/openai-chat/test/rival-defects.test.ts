import type { CommonSdk } from '@baton/openai-shared/test-support/differential';
import { eventStream, withRawServer } from '@baton/openai-shared/test-support';
import { calls, weather } from '@baton/openai-shared/test-support/programs';
import { type OpenAIServerOptions, startOpenAIServer } from '@baton/testing';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Wire } from './fixtures/wire-shape.js';
import { sides } from './support/differential.js';
import { aCall, aChunk, aStream } from './support/read.js';

// Where `@openai/agents` 0.20 goes wrong and Baton does not mean to follow. Each of these differences is argued in
// the specification under its D; a test that fails here because the other has changed may simply go.

/** What became of a program: what it gave, or the message of its error. */
async function outcomeOf(
  program: (sdk: CommonSdk) => Promise<unknown>,
  sdk: CommonSdk,
): Promise<unknown> {
  try {
    return await program(sdk);
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The same program with both, each against a strict server of its own. */
async function withStrictServer(
  program: (sdk: CommonSdk) => Promise<unknown>,
  options: OpenAIServerOptions,
): Promise<{ readonly baton: unknown; readonly rival: unknown }> {
  const run = async (side: (client: OpenAI) => CommonSdk): Promise<unknown> => {
    await using server = await startOpenAIServer(options);
    return await outcomeOf(program, side(clientOf(server)));
  };
  return { baton: await run(sides.baton), rival: await run(sides.rival) };
}

/** The same program with both, each against a server that streams these answers, one after the other. */
async function withStreams(
  program: (sdk: CommonSdk) => Promise<unknown>,
  streams: readonly (readonly Wire[])[],
): Promise<{ readonly baton: unknown; readonly rival: unknown }> {
  const run = async (side: (client: OpenAI) => CommonSdk): Promise<unknown> => {
    let answers = 0;
    const server = await withRawServer((request, response) => {
      eventStream(streams[answers++] ?? [])(request, response);
    });
    return await outcomeOf(program, side(clientOf(server)));
  };
  return { baton: await run(sides.baton), rival: await run(sides.rival) };
}

function clientOf({ url }: { readonly url: string }): OpenAI {
  return new OpenAI({ apiKey: 'sk-test', baseURL: url, maxRetries: 0 });
}

async function answer(
  sdk: CommonSdk,
  options: { readonly [option: string]: unknown } = {},
): Promise<unknown> {
  const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [weather(sdk)], ...options });
  return (await sdk.run(agent, 'Weather?', { stream: true })).finalOutput;
}

/** The types of the model's events, each once, in the order in which they came first. */
async function rawTypesOf(sdk: CommonSdk, agent: object): Promise<readonly string[]> {
  const types = new Set<string>();
  const result = await sdk.stream(agent, 'Hello');
  for await (const event of result) {
    if (event.type === 'raw_model_stream_event') types.add(event.data.type);
  }
  return [...types];
}

describe('where the other has a defect, Baton has none', () => {
  it.each([{ conversationId: 'conv_1' }, { previousResponseId: 'resp_1' }])(
    'a conversation that the server is to keep is sent whole; the other sends an output without its call [D1] %j',
    async (options) => {
      const program = async (sdk: CommonSdk): Promise<unknown> => {
        const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [weather(sdk)] });
        return (await sdk.run(agent, 'Weather?', options)).finalOutput;
      };
      const { baton, rival } = await withStrictServer(program, { script: calls });
      expect(baton).toBe('Sunny in both.');
      expect(rival).toMatch(/^failed: 400 /);
    },
  );

  it('a completion has no id to go on from; the other gives one that no server keeps [D3]', async () => {
    const program = async (sdk: CommonSdk): Promise<unknown> => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model() });
      return (await sdk.run(agent, 'Hello', { stream: true })).lastResponseId ?? 'none';
    };
    const { baton, rival } = await withStrictServer(program, { script: ['Hello.'] });
    expect(baton).toBe('none');
    expect(rival).toMatch(/^chatcmpl/);
  });

  it('a text goes back as a text; the other puts fields into it that the schema does not know', async () => {
    const program = async (sdk: CommonSdk): Promise<unknown> => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model() });
      const { history } = await sdk.run(agent, 'Hello');
      return (await sdk.run(agent, [...history, { role: 'user', content: 'And?' }])).finalOutput;
    };
    const { baton, rival } = await withStrictServer(program, { script: ['Hello.', 'Yes.'] });
    expect(baton).toBe('Yes.');
    expect(rival).toMatch(/^failed: 400 Unknown parameter: 'messages\[1\]\.content\[0\]/);
  });

  it('reasoning models get `max_completion_tokens`; the other sends what they refuse', async () => {
    const program = async (sdk: CommonSdk): Promise<unknown> => {
      const modelSettings = { maxTokens: 500, reasoning: { effort: 'low' } };
      const agent = new sdk.Agent({ name: 'A', model: sdk.model('gpt-5.4'), modelSettings });
      return (await sdk.run(agent, 'Hello')).finalOutput;
    };
    const { baton, rival } = await withStrictServer(program, { script: ['Hello.'] });
    expect(baton).toBe('Hello.');
    expect(rival).toMatch(/^failed: 400 Unsupported parameter: 'max_tokens'/);
  });

  it('items have the order in which they began; the other has one of its own [D9]', async () => {
    const program = async (sdk: CommonSdk): Promise<unknown> => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model() });
      const { rawResponses } = await sdk.run(agent, 'Hello', { stream: true });
      return rawResponses[0]?.output.map(({ type }) => type);
    };
    const { baton, rival } = await withStreams(program, [
      aStream([{ content: 'Yes.' }, { reasoning: 'Late.' }]),
    ]);
    expect(baton).toEqual(['message', 'reasoning']);
    expect(rival).toEqual(['reasoning', 'message']);
  });

  it('a name that is sent again with each piece is one name; the other strings it together [D10]', async () => {
    const repeated = [
      { tool_calls: [aCall('call_1', 'get_weather', '', { index: 0 })] },
      {
        tool_calls: [{ index: 0, function: { name: 'get_weather', arguments: '{"city":"Rome"}' } }],
      },
    ];
    const streams = [aStream(repeated, 'tool_calls'), aStream([{ content: 'Sunny.' }])];
    const { baton, rival } = await withStreams(answer, streams);
    expect(baton).toBe('Sunny.');
    expect(rival).toMatch(/^failed: .*get_weatherget_weather/);
  });

  it('calls without ids get some, calls counted alike stay apart; the other makes one of them [D11]', async () => {
    const idless = ['Rome', 'Oslo'].map((city) => ({
      tool_calls: [
        { index: 0, function: { name: 'get_weather', arguments: JSON.stringify({ city }) } },
      ],
    }));
    const program = async (sdk: CommonSdk): Promise<unknown> => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [weather(sdk)] });
      const { history } = await sdk.run(agent, 'Weather?', { stream: true });
      return history.flatMap((item) => {
        const { type, callId } = item as { readonly type: string; readonly callId: string };
        return type === 'function_call' ? [callId] : [];
      });
    };
    const streams = [aStream(idless, 'stop'), aStream([{ content: 'Sunny.' }])];
    const { baton, rival } = await withStreams(program, streams);
    expect(baton).toEqual(['call_1_1', 'call_1_2']);
    expect(rival).not.toEqual(baton);
  });

  it('an empty answer ends a run with an output type at once; the other asks until no turn is left [D12]', async () => {
    const program = async (sdk: CommonSdk): Promise<unknown> => {
      const outputType = z.object({ city: z.string() });
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), outputType });
      return (await sdk.run(agent, 'Where?', { stream: true, maxTurns: 3 })).finalOutput;
    };
    const streams = Array.from({ length: 9 }, () => aStream([{ content: '' }]));
    const { baton, rival } = await withStreams(program, streams);
    expect(baton).toMatch(/^failed: .*empty answer/);
    expect(rival).toMatch(/^failed: Max turns \(3\) exceeded/);
  });

  it('calls and thoughts are told while they come; the other tells of texts only [D14]', async () => {
    const program = async (sdk: CommonSdk): Promise<unknown> => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model() });
      const types = await rawTypesOf(sdk, agent);
      return types.filter((type) => type !== 'model');
    };
    const deltas = [{ reasoning: 'Hm.' }, { content: 'Yes.' }];
    const { baton, rival } = await withStreams(program, [aStream(deltas)]);
    expect(baton).toEqual([
      'response_started',
      'reasoning_start',
      'reasoning_delta',
      'reasoning_end',
      'output_text_start',
      'output_text_delta',
      'output_item_done',
      'output_text_end',
      'response_done',
    ]);
    expect(rival).toEqual(['response_started', 'output_text_delta', 'response_done']);
  });

  it('items of hosted tools in the history do not end a run; the other throws [D15]', async () => {
    const program = async (sdk: CommonSdk): Promise<unknown> => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model() });
      const search = {
        type: 'hosted_tool_call',
        id: 'ws_1',
        name: 'web_search_call',
        status: 'completed',
      };
      const input = [{ role: 'user', content: 'News?' }, search, { role: 'user', content: 'And?' }];
      return (await sdk.run(agent, input)).finalOutput;
    };
    const { baton, rival } = await withStrictServer(program, { script: ['None.'] });
    expect(baton).toBe('None.');
    expect(rival).toMatch(/^failed: Hosted tool calls are not supported/);
  });

  it('a stream that breaks off is an error; the other takes it for an answer', async () => {
    const { baton, rival } = await withStreams(answer, [[aChunk({ content: 'Half an ans' })]]);
    expect(baton).toMatch(/^failed: .*ended before the response was complete/);
    expect(rival).toBe('Half an ans');
  });
});
