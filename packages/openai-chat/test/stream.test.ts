import { ModelBehaviorError, type ModelStreamEvent, UserError } from '@baton/core/model';
import { responseOf } from '@baton/openai-shared/test-support';
import { describe, expect, it, vi } from 'vitest';
import { ChatStreamReader } from '../src/response/stream-reader.js';
import type { Wire } from './fixtures/wire-shape.js';
import {
  aCall,
  aChunk,
  aContext,
  aStream,
  messageIn,
  readChunks,
  readStream,
  told,
} from './support/read.js';

describe('a stream', () => {
  it('is told as the Responses model tells one: start, parts, items, end [D14, CC-4, CC-5, CC-8]', () => {
    const chunks = aStream(
      [
        { role: 'assistant', content: '' },
        { reasoning: 'Hm' },
        { reasoning: '.' },
        { content: 'Hello' },
        { content: ' you' },
        { tool_calls: [aCall('call_1', 'f', '{"a"', { index: 0 })] },
        { tool_calls: [{ index: 0, function: { arguments: ':1}' } }] },
      ],
      'tool_calls',
    );
    expect(told(readChunks(chunks))).toEqual([
      'response_started',
      'reasoning_start 0.0',
      'reasoning_delta 0.0 Hm',
      'reasoning_delta 0.0 .',
      'reasoning_end 0.0',
      'output_text_start 1.0',
      'output_text_delta 1.0 Hello',
      'output_text_delta 1.0  you',
      'tool_call_start 2',
      'tool_call_arguments_delta 2 {"a"',
      'tool_call_arguments_delta 2 :1}',
      'output_item_done 0',
      'output_text_end 1.0',
      'output_item_done 1',
      'tool_call_end 2',
      'output_item_done 2',
      'response_done',
    ]);
  });

  it('has each raw chunk before what it says, and no id that can be referred to [D3, CC-4]', () => {
    const chunks = aStream([{ content: 'a' }, { content: 'b' }]);
    const events = readChunks(chunks);
    const raw = events.filter((event) => event.type === 'model');
    expect(raw.map(({ event }) => event)).toEqual(chunks);
    expect(events.slice(0, 2)).toEqual([
      { type: 'model', event: chunks[0] },
      { type: 'response_started' },
    ]);
    expect(responseOf(events).responseId).toBeUndefined();
    expect(responseOf(events).requestId).toBe('req_1');
  });

  it('keeps the id of the chunks with the items [JS-118]', () => {
    const { output, providerData } = readStream(aStream([{ content: 'a' }]));
    expect(output[0]?.providerData).toMatchObject({ response_id: 'chatcmpl-1' });
    expect(providerData).toMatchObject({ id: 'chatcmpl-1', model: 'gpt-4.1-2025-04-14' });
  });

  it('ends the thoughts where calls begin', () => {
    const chunks = aStream([
      { reasoning: 'Hm' },
      { tool_calls: [aCall('c', 'f', '{"a":1}', { index: 0 })] },
    ]);
    expect(told(readChunks(chunks)).slice(3, 5)).toEqual([
      'reasoning_end 0.0',
      'tool_call_start 1',
    ]);
  });

  it('keeps what is said of the completion at its end', () => {
    const chunks = [
      aChunk({ content: 'a' }),
      aChunk({}, 'stop', { id: '', citations: ['https://x.example/'] }),
    ];
    const { providerData } = readStream(chunks);
    expect(providerData).toMatchObject({ id: 'chatcmpl-1', citations: ['https://x.example/'] });
  });

  it('opens nothing for empty texts', () => {
    const silent = ['', null].map((content) => ({ role: 'assistant', content, refusal: null }));
    expect(told(readChunks(aStream(silent)))).toEqual(['response_started', 'response_done']);
  });

  it('says when output has begun, which is when some was handed out', () => {
    const reader = new ChatStreamReader(aContext());
    reader.read(aChunk({ role: 'assistant', content: '' }));
    expect(reader.outputStarted).toBe(false);
    reader.read(
      aChunk({ tool_calls: [{ index: 0, id: 'call_1', function: { name: 'f', arguments: '' } }] }),
    );
    expect(reader.outputStarted).toBe(false);
    reader.read(aChunk({ content: 'Hi' }));
    expect(reader.outputStarted).toBe(true);
    expect(reader.complete).toBe(false);
    reader.read(aChunk({}, 'stop'));
    expect(reader.complete).toBe(true);
  });

  it('of a server that does not stream is its one message', () => {
    const choice = {
      index: 0,
      message: { content: 'All of it', tool_calls: [aCall('c', 'f', '{}')] },
    };
    const reader = new ChatStreamReader(aContext());
    reader.read({ choices: [choice] });
    expect(reader.complete).toBe(true);
    const { output } = readStream([{ choices: [choice] }]);
    expect(output).toMatchObject([{ content: [{ text: 'All of it' }] }, { name: 'f' }]);
  });
});

describe('text and refusal', () => {
  it('are parts of one message, in the order in which they came [CHT-07, CC-6]', () => {
    const chunks = aStream([
      { refusal: 'I can' },
      { content: 'But' },
      { refusal: 'not' },
      { content: '…' },
    ]);
    const events = readChunks(chunks);
    expect(told(events).slice(1, 7)).toEqual([
      'refusal_start 0.0',
      'refusal_delta 0.0 I can',
      'output_text_start 0.1',
      'output_text_delta 0.1 But',
      'refusal_delta 0.0 not',
      'output_text_delta 0.1 …',
    ]);
    expect(messageIn(responseOf(events)).content).toEqual([
      { type: 'refusal', refusal: 'I cannot' },
      { type: 'output_text', text: 'But…' },
    ]);
  });

  it('a refusal is announced as a refusal [CHT-26]', () => {
    expect(told(readChunks(aStream([{ refusal: 'No' }])))[1]).toBe('refusal_start 0.0');
  });
});

describe('the order of items', () => {
  it('is that in which they began, and their indexes never change [CHT-06, D9]', () => {
    const chunks = aStream(
      [
        { tool_calls: [aCall('call_1', 'f', '{"a":1', { index: 0 })] },
        { content: 'Text' },
        { tool_calls: [aCall('call_2', 'g', '{"b":2}', { index: 1 })] },
        { reasoning: 'Late' },
        { content: ' goes on' },
        { tool_calls: [{ index: 0, function: { arguments: '}' } }] },
      ],
      'tool_calls',
    );
    const { output } = readStream(chunks);
    expect(output).toMatchObject([
      { callId: 'call_1', arguments: '{"a":1}' },
      { content: [{ text: 'Text goes on' }] },
      { callId: 'call_2' },
      { type: 'reasoning', rawContent: [{ text: 'Late' }] },
    ]);
  });

  it('thoughts end where the answer begins; more of them are a further part [D9]', () => {
    const events = readChunks(
      aStream([{ reasoning: 'A' }, { content: 'x' }, { reasoning: 'B' }, { content: 'y' }]),
    );
    expect(told(events).slice(1, -2)).toEqual([
      'reasoning_start 0.0',
      'reasoning_delta 0.0 A',
      'reasoning_end 0.0',
      'output_text_start 1.0',
      'output_text_delta 1.0 x',
      'reasoning_start 0.1',
      'reasoning_delta 0.1 B',
      'reasoning_end 0.1',
      'output_text_delta 1.0 y',
      'output_item_done 0',
      'output_text_end 1.0',
    ]);
  });
});

describe('usage in a stream', () => {
  const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
  const places: Record<string, readonly Wire[]> = {
    'a chunk without choices [CHT-05]': [
      ...aStream([{ content: 'Hi' }]),
      aChunk({}, null, { choices: [], usage }),
    ],
    'a chunk without any list of choices [CHT-24]': [
      ...aStream([{ content: 'Hi' }]),
      aChunk({}, null, { choices: null, usage }),
    ],
    'the last chunk': [aChunk({ content: 'Hi' }), aChunk({}, 'stop', { usage })],
    'the first chunk [JS-112] [CHT-25]': [
      aChunk({ content: 'H' }, null, { usage }),
      aChunk({ content: 'i' }, null, { usage: null }),
      aChunk({}, 'stop'),
    ],
    'all chunks, growing': [
      aChunk({ content: 'Hi' }, null, { usage: { ...usage, completion_tokens: 1 } }),
      aChunk({}, 'stop', { usage }),
    ],
    'a field of Groq': [
      aChunk({ content: 'Hi' }),
      aChunk({}, 'stop', { x_groq: { id: 'req', usage } }),
    ],
  };
  it.each(Object.entries(places))('in %s is counted [CC-9, CHT-25, JS-112]', (_place, chunks) => {
    const { inputTokens, outputTokens, totalTokens, requests } = readStream(chunks).usage;
    expect({ inputTokens, outputTokens, totalTokens, requests }).toEqual({
      inputTokens: 3,
      outputTokens: 2,
      totalTokens: 5,
      requests: 1,
    });
  });

  it('that is nowhere is one request without tokens [RUN-35]', () => {
    expect(readStream(aStream([{ content: 'Hi' }])).usage.requests).toBe(1);
  });

  it('is kept as it came where that is asked for', () => {
    const chunks = [aChunk({ content: 'Hi' }), aChunk({}, 'stop', { usage })];
    expect(readStream(chunks, { preserveRawUsage: true }).rawUsage).toEqual(usage);
  });
});

describe('the end of a stream', () => {
  it('by a content filter that left nothing is a refusal, after the thoughts [CHT-09] [JS-116]', () => {
    const events = readChunks(aStream([{ reasoning: 'Hm' }, { content: '' }], 'content_filter'));
    expect(told(events).slice(3)).toEqual([
      'reasoning_end 0.0',
      'refusal_start 1.0',
      "refusal_delta 1.0 Response withheld by the provider's content filter.",
      'output_item_done 0',
      'refusal_end 1.0',
      'output_item_done 1',
      'response_done',
    ]);
    expect(responseOf(events).finishReason).toBe('content_filter');
  });

  it('by a content filter takes nothing away from what was said [CHT-09]', () => {
    const { output, finishReason } = readStream(aStream([{ content: 'Partly' }], 'content_filter'));
    expect(output).toMatchObject([
      { status: 'incomplete', content: [{ type: 'output_text', text: 'Partly' }] },
    ]);
    expect(finishReason).toBe('content_filter');
  });

  it('by the limit of tokens before anything was said is an error, with its usage [CHT-10]', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 9, total_tokens: 12 };
    const read = () => readStream([aChunk({ reasoning: 'Hm' }), aChunk({}, 'length', { usage })]);
    expect(read).toThrow(ModelBehaviorError);
    expect(read).toThrow(expect.objectContaining({ cause: { code: 'length', usage } }));
  });

  it('by the limit of tokens in the middle is an answer that says so', () => {
    const { output, finishReason } = readStream(aStream([{ content: 'Half' }], 'length'));
    expect(output).toMatchObject([{ status: 'incomplete' }]);
    expect(finishReason).toBe('length');
  });

  it('for tool calls that never came is an error of the model [CHT-08] [D12]', () => {
    expect(() => readStream(aStream([], 'tool_calls'))).toThrow(/no tool call and no text/);
  });

  it.each([
    [{ error: { message: 'Overloaded', type: 'server_error', code: 'server_error' } }],
    [aChunk({ content: '' }, 'error', { error: { code: 'server_error', message: 'Overloaded' } })],
    [
      {
        choices: [{ index: 0, delta: {}, error: { code: 'server_error', message: 'Overloaded' } }],
      },
    ],
    [{ object: 'error', code: 'server_error', message: 'Overloaded' }],
  ])('an error in a chunk, as %j, is the error of the answer', (chunk) => {
    const reader = new ChatStreamReader(aContext());
    reader.read(aChunk({ content: 'Hel' }));
    expect(() => reader.read(chunk)).toThrow(ModelBehaviorError);
    expect(() => reader.read(chunk)).toThrow(
      'The completion of request req_1 failed: Overloaded (server_error)',
    );
    expect(reader.outputStarted).toBe(true);
  });

  it('an error that is null is none', () => {
    expect(readStream([aChunk({ content: 'Hi' }, 'stop', { error: null })]).finishReason).toBe(
      'stop',
    );
  });
});

describe('several choices in a stream', () => {
  const chunks: readonly Wire[] = [
    {
      choices: [
        { index: 0, delta: { content: 'A' } },
        { index: 1, delta: { content: 'B' } },
      ],
    },
    { choices: [{ index: 1, delta: { content: 'b' } }] },
    { choices: [{ delta: { content: 'a' }, finish_reason: 'stop' }] },
  ];

  it('are one, with a warning [CHT-05]', () => {
    const warn = vi.fn();
    expect(messageIn(readStream(chunks, { warn })).content).toMatchObject([{ text: 'Aa' }]);
    expect(new Set(warn.mock.calls.map(([code]) => code as unknown))).toEqual(
      new Set(['choices_ignored']),
    );
  });

  it('are refused in strict mode, before anything of them is said [CHT-05]', () => {
    const reader = new ChatStreamReader(aContext({ strictFeatureValidation: true }));
    expect(() => reader.read(chunks[0] ?? {})).toThrow(UserError);
    expect(reader.outputStarted).toBe(false);
  });
});

describe('what comes beside a text', () => {
  const citation = (url: string) => ({
    type: 'url_citation',
    url_citation: { url, title: 'X', start_index: 0, end_index: 1 },
  });
  const annotationsIn = (chunks: readonly Wire[]): unknown =>
    messageIn(readStream(chunks)).content[0]?.providerData?.['annotations'];

  it('citations of all chunks stay with it, whenever they come, each once [CHT-12] [JS-118]', () => {
    const chunks = aStream([
      { annotations: [citation('https://a.example/')] },
      { content: 'Hi', annotations: [citation('https://b.example/'), { type: 'url_citation' }] },
      { annotations: 'none' },
      { annotations: [citation('https://a.example/'), citation('https://c.example/')] },
    ]);
    const expected = ['https://a.example/', 'https://b.example/', 'https://c.example/'].map(
      citation,
    );
    expect(annotationsIn(chunks)).toEqual(expected);
  });

  it('log probabilities add up, in time that grows with their number [CHT-16, CHT-34]', () => {
    const token = { token: 'a', logprob: -0.1, bytes: [97], top_logprobs: [] };
    const one = {
      choices: [
        { index: 0, delta: { content: 'a' }, logprobs: { content: [token], refusal: null } },
      ],
    };
    const chunks = [...Array.from({ length: 20_000 }, () => one), aChunk({}, 'stop')];
    const { content } = messageIn(readStream(chunks));
    expect(content[0]?.providerData?.['logprobs']).toHaveLength(20_000);
  });

  it('audio and its transcript come in pieces [JS-118] [CHT-11]', () => {
    const chunks = aStream([
      { audio: { id: 'audio_1', transcript: 'Hel' } },
      { audio: { data: 'aGVs' } },
      { audio: { data: 'bG8=', transcript: 'lo' } },
      { audio: { expires_at: 9 } },
    ]);
    const events = readChunks(chunks);
    expect(events.filter((event) => event.type === 'audio_delta')).toEqual([
      { type: 'audio_delta', itemIndex: 0, contentIndex: 0, transcriptDelta: 'Hel' },
      { type: 'audio_delta', itemIndex: 0, contentIndex: 0, delta: 'aGVs' },
      { type: 'audio_delta', itemIndex: 0, contentIndex: 0, delta: 'bG8=', transcriptDelta: 'lo' },
    ] satisfies ModelStreamEvent[]);
    expect(messageIn(responseOf(events)).content).toMatchObject([
      {
        type: 'audio',
        audio: 'aGVsbG8=',
        transcript: 'Hello',
        providerData: { id: 'audio_1', expires_at: 9 },
      },
    ]);
  });

  it('what a provider says of the message adds up; nothing empty erases it [CHT-08]', () => {
    const google = (fields: Wire) => ({ extra_content: { google: fields } });
    const chunks = aStream([
      { content: 'Hi', ...google({ thought_signature: 'seal' }) },
      google({}),
      { extra_content: {} },
      google({ thought_signature: null, other: 1 }),
    ]);
    expect(messageIn(readStream(chunks)).providerData).toMatchObject(
      google({ thought_signature: 'seal', other: 1 }),
    );
  });
});
