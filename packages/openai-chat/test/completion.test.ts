import { ModelBehaviorError, UserError } from '@baton/core/model';
import { describe, expect, it, vi } from 'vitest';
import { aCall, aCompletion, callsIn, messageIn, readWhole } from './support/read.js';

describe('a completion', () => {
  it('with a text is a message, marked with its maker and its completion [CC-2, CC-11]', () => {
    const { output } = readWhole(aCompletion({ content: 'Hello', refusal: null }));
    expect(output).toEqual([
      {
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: 'Hello' }],
        providerData: { provider: 'openai-chat', model: 'gpt-4.1', response_id: 'chatcmpl-1' },
      },
    ]);
  });

  it('with text and refusal has both in one message [CC-11]', () => {
    const response = readWhole(aCompletion({ content: 'Well.', refusal: 'No.' }));
    expect(response.output).toHaveLength(1);
    expect(messageIn(response).content).toEqual([
      { type: 'output_text', text: 'Well.' },
      { type: 'refusal', refusal: 'No.' },
    ]);
  });

  it('has no ids that could be taken for those of a server that keeps conversations [D3]', () => {
    const response = readWhole(
      aCompletion({ content: 'Hi', tool_calls: [aCall('call_1', 'f', '{}')] }),
    );
    expect(response.responseId).toBeUndefined();
    expect(response.output.flatMap((item) => ('id' in item ? [item.id] : []))).toEqual([]);
    expect(response.requestId).toBe('req_1');
    expect(response.providerData).toEqual({ id: 'chatcmpl-1', model: 'gpt-4.1-2025-04-14' });
  });

  it.each([null, '', undefined])('with calls and the content %j has no message', (content) => {
    const message = { content, tool_calls: [aCall('call_1', 'f', '{}')] };
    expect(readWhole(aCompletion(message)).output.map(({ type }) => type)).toEqual([
      'function_call',
    ]);
  });

  it('keeps what a server puts on a call, such as the signature of a thought [JS-114]', () => {
    const extra = { extra_content: { google: { thought_signature: 'c2VhbA==' } } };
    const { output } = readWhole(aCompletion({ tool_calls: [aCall('call_1', 'f', '{}', extra)] }));
    expect(output).toEqual([
      {
        type: 'function_call',
        callId: 'call_1',
        name: 'f',
        arguments: '{}',
        status: 'completed',
        providerData: {
          provider: 'openai-chat',
          model: 'gpt-4.1',
          response_id: 'chatcmpl-1',
          ...extra,
        },
      },
    ]);
  });

  it('with a signature hidden in the id of a call of Gemini has both apart', () => {
    const mark = { provider: 'openai-chat', model: 'gemini/gemini-3-pro' };
    const message = { tool_calls: [aCall('call_1__thought__c2VhbA', 'f', '{}')] };
    expect(readWhole(aCompletion(message), { mark }).output).toMatchObject([
      {
        callId: 'call_1',
        providerData: { extra_content: { google: { thought_signature: 'c2VhbA' } } },
      },
    ]);
    expect(callsIn(readWhole(aCompletion(message)))).toEqual(['call_1__thought__c2VhbA f {}']);
  });

  it('with calls without ids, or of one id for all, gives each an id of its own [D11]', () => {
    const without = [aCall('', 'f', '{}'), { function: { name: 'g', arguments: '' } }];
    const ids = (calls: readonly unknown[]) =>
      readWhole(aCompletion({ tool_calls: calls })).output.map((item) =>
        'callId' in item ? item.callId : '',
      );
    expect(ids(without)).toEqual(['call_1_1', 'call_1_2']);
    expect(ids([aCall('call_x', 'f', '{}'), aCall('call_x', 'g', '{}')])).toEqual([
      'call_x',
      'call_x_2',
    ]);
  });

  it('with a call of nothing is an error of the model [D11]', () => {
    const message = { tool_calls: [{ id: 'call_1', function: { arguments: '{"a":1}' } }] };
    expect(() => readWhole(aCompletion(message))).toThrow(
      /without naming it, with the arguments \{"a":1\}/,
    );
  });

  it('with arguments that are an object has them as text', () => {
    const message = { tool_calls: [{ id: 'c', function: { name: 'f', arguments: { a: 1 } } }] };
    expect(callsIn(readWhole(aCompletion(message)))).toEqual(['c f {"a":1}']);
  });

  it('with content in parts has their texts and thoughts', () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'Hm.' }] },
      { type: 'text', text: 'Yes' },
      { type: 'reference', reference_ids: [1] },
      { type: 'text', text: '.' },
    ];
    const { output } = readWhole(aCompletion({ content }));
    expect(output).toMatchObject([
      { type: 'reasoning', rawContent: [{ text: 'Hm.' }] },
      { content: [{ type: 'output_text', text: 'Yes.' }] },
    ]);
  });

  it('with pictures has them as parts of the message', () => {
    const images = [{ type: 'image_url', image_url: { url: 'data:image/png;base64,aGk=' } }];
    expect(messageIn(readWhole(aCompletion({ content: 'See:', images }))).content).toEqual([
      { type: 'output_text', text: 'See:' },
      { type: 'image', image: 'data:image/png;base64,aGk=' },
    ]);
  });
});

describe('audio', () => {
  const audio = { id: 'audio_1', data: 'aGk=', transcript: 'Hi', expires_at: 9 };

  it('is a part of the message that keeps its id, for the way back [CHT-11] [JS-118]', () => {
    expect(messageIn(readWhole(aCompletion({ content: null, audio }))).content).toEqual([
      {
        type: 'audio',
        audio: 'aGk=',
        transcript: 'Hi',
        providerData: {
          provider: 'openai-chat',
          model: 'gpt-4.1',
          response_id: 'chatcmpl-1',
          id: 'audio_1',
          expires_at: 9,
        },
      },
    ]);
  });

  it('without its data is known by its id', () => {
    const { content } = messageIn(readWhole(aCompletion({ audio: { id: 'audio_1' } })));
    expect(content).toMatchObject([{ type: 'audio', audio: { id: 'audio_1' } }]);
  });

  it('that is none is an error of the model [CHT-11]', () => {
    expect(() => readWhole(aCompletion({ audio: 'aGk=' }))).toThrow(ModelBehaviorError);
    expect(() => readWhole(aCompletion({ audio: { data: 7 } }))).toThrow(
      /`audio.data`.* number; expected text/,
    );
  });
});

describe('custom tool calls', () => {
  const custom = { id: 'call_1', type: 'custom', custom: { name: 'sql', input: 'select "x"' } };

  it('are calls of functions that get the text, beside the other calls [CHT-04]', () => {
    const message = { tool_calls: [custom, aCall('call_2', 'f', '{}')] };
    const response = readWhole(aCompletion(message));
    expect(callsIn(response)).toEqual(['call_1 sql {"input":"select \\"x\\""}', 'call_2 f {}']);
    expect(response.output[0]?.providerData).toMatchObject({ type: 'custom' });
  });

  it('are refused in strict mode, also beside other calls [CHT-04]', () => {
    const message = { tool_calls: [aCall('call_2', 'f', '{}'), custom] };
    const read = () => readWhole(aCompletion(message), { strictFeatureValidation: true });
    expect(read).toThrow(UserError);
    expect(read).toThrow(/"sql".*Custom tool calls are not supported/);
  });
});

describe('annotations and log probabilities', () => {
  const citation = {
    type: 'url_citation',
    url_citation: { url: 'https://x.example/', title: 'X', start_index: 0, end_index: 2 },
  };

  it('stay with the text, each once; malformed ones are left out [CHT-12]', () => {
    const annotations = [
      citation,
      null,
      { type: 'url_citation' },
      { type: 'url_citation', url_citation: { url: 7 } },
      { type: 'url_citation', url_citation: { url: 'https://x.example/', start_index: 'a' } },
      citation,
      { type: 'file', file: { hash: 'h' } },
    ];
    const { content } = messageIn(readWhole(aCompletion({ content: 'Hi', annotations })));
    expect(content[0]?.providerData?.['annotations']).toEqual([
      citation,
      { type: 'file', file: { hash: 'h' } },
    ]);
  });

  it('that are no list are left out [CHT-12]', () => {
    const { content } = messageIn(readWhole(aCompletion({ content: 'Hi', annotations: 'x' })));
    expect(content).toEqual([{ type: 'output_text', text: 'Hi' }]);
  });

  it('log probabilities are with the text they are of [CHT-34]', () => {
    const token = (text: string) => ({ token: text, logprob: -0.1, bytes: null, top_logprobs: [] });
    const logprobs = { content: [token('Hi')], refusal: [token('No')] };
    const { content } = messageIn(
      readWhole(aCompletion({ content: 'Hi', refusal: 'No' }, {}, { logprobs })),
    );
    expect(content.map(({ providerData }) => providerData?.['logprobs'])).toEqual([
      [token('Hi')],
      [token('No')],
    ]);
  });
});

describe('usage', () => {
  it('counts one request with its cached and reasoning tokens [CC-9]', () => {
    const usage = {
      prompt_tokens: 10,
      completion_tokens: 5,
      total_tokens: 15,
      prompt_tokens_details: { cached_tokens: 4, audio_tokens: null },
      completion_tokens_details: { reasoning_tokens: 2 },
    };
    const response = readWhole(aCompletion({ content: 'Hi' }, { usage }));
    expect(response.usage.toJSON()).toMatchObject({
      requests: 1,
      inputTokens: 10,
      outputTokens: 5,
      totalTokens: 15,
      requestUsageEntries: [{ endpoint: 'chat.completions.create' }],
    });
    expect(response.usage.cachedInputTokens).toBe(4);
    expect(response.usage.reasoningTokens).toBe(2);
    expect(response.rawUsage).toBeUndefined();
    const kept = readWhole(aCompletion({ content: 'Hi' }, { usage }), { preserveRawUsage: true });
    expect(kept.rawUsage).toEqual(usage);
  });

  it.each([undefined, null, []])('that is %j is one request without tokens [RUN-35]', (usage) => {
    const { requests, totalTokens } = readWhole(aCompletion({ content: 'Hi' }, { usage })).usage;
    expect({ requests, totalTokens }).toEqual({ requests: 1, totalTokens: 0 });
  });

  it('of DeepSeek has its cached tokens in a field of its own, unless they are where all others have them', () => {
    const details = { prompt_tokens_details: { cached_tokens: 6 } };
    const both = { prompt_tokens: 10, prompt_cache_hit_tokens: 7, ...details };
    expect(readWhole(aCompletion({ content: 'Hi' }, { usage: both })).usage.cachedInputTokens).toBe(
      6,
    );
    const usage = { prompt_tokens: 10, completion_tokens: 5, prompt_cache_hit_tokens: 7 };
    expect(readWhole(aCompletion({ content: 'Hi' }, { usage })).usage.cachedInputTokens).toBe(7);
  });
});

describe('why the model stopped', () => {
  const call = { tool_calls: [aCall('c', 'f', '{}')] };
  it.each([
    ['stop', { content: 'Hi' }, 'stop'],
    ['eos', { content: 'Hi' }, 'stop'],
    ['end_turn', { content: 'Hi' }, 'stop'],
    [null, { content: 'Hi' }, 'stop'],
    ['length', { content: 'Hi' }, 'length'],
    ['max_tokens', { content: 'Hi' }, 'length'],
    ['content_filter', { content: 'Hi' }, 'content_filter'],
    ['content_filter: RECITATION', { content: 'Hi' }, 'content_filter'],
    ['flagged', { content: 'Hi' }, 'flagged'],
    ['tool_calls', call, 'tool_calls'],
    ['function_call', call, 'tool_calls'],
    ['stop', call, 'tool_calls'],
    ['length', call, 'length'],
  ])('%j with %j is %s', (reason, message, expected) => {
    const response = readWhole(aCompletion(message, {}, { finish_reason: reason }));
    expect(response.finishReason).toBe(expected);
  });

  it('an answer that was cut off is incomplete', () => {
    const { output } = readWhole(
      aCompletion({ content: 'Hi', ...call }, {}, { finish_reason: 'length' }),
    );
    expect(output).toMatchObject([{ status: 'incomplete' }, { status: 'incomplete' }]);
  });

  it.each(['error', 'abort', 'insufficient_system_resource'])(
    '%s is an error worth another try',
    (reason) => {
      const read = () => readWhole(aCompletion({ content: 'Hi' }, {}, { finish_reason: reason }));
      expect(read).toThrow(ModelBehaviorError);
      expect(read).toThrow(
        expect.objectContaining({ cause: { code: 'server_error', finish_reason: reason } }),
      );
    },
  );

  it('a content filter that left nothing is a refusal [CHT-09] [JS-116]', () => {
    const response = readWhole(
      aCompletion({ content: '' }, {}, { finish_reason: 'content_filter' }),
    );
    expect(messageIn(response).content).toEqual([
      { type: 'refusal', refusal: "Response withheld by the provider's content filter." },
    ]);
    expect(response.finishReason).toBe('content_filter');
  });

  it.each([
    { content: 'Partly' },
    { content: null, refusal: 'No.' },
    { content: null, tool_calls: [aCall('c', 'f', '{}')] },
  ])('a content filter takes nothing away from %j [CHT-09]', (message) => {
    const filtered = readWhole(
      aCompletion(message, {}, { finish_reason: 'content_filter' }),
    ).output;
    const whole = readWhole(aCompletion(message)).output;
    expect(filtered).toEqual(whole.map((item) => ({ ...item, status: 'incomplete' })));
  });

  it.each([{ content: null }, { content: '', reasoning_content: 'Hm, hm' }])(
    'an answer that was cut off before it began, as %j, is an error of the model with its usage [CHT-10]',
    (message) => {
      const usage = { prompt_tokens: 10, completion_tokens: 500, total_tokens: 510 };
      const read = () => readWhole(aCompletion(message, { usage }, { finish_reason: 'length' }));
      expect(read).toThrow(/cut off .* before any text.* raise `modelSettings.maxTokens`/);
      expect(read).toThrow(expect.objectContaining({ cause: { code: 'length', usage } }));
    },
  );

  it('tool calls without any are an error of the model; beside a text, a warning [D12]', () => {
    const finish = { finish_reason: 'tool_calls' };
    expect(() => readWhole(aCompletion({ content: null, tool_calls: [] }, {}, finish))).toThrow(
      /finish_reason "tool_calls", but no tool call/,
    );
    const warn = vi.fn();
    const response = readWhole(aCompletion({ content: 'Hi' }, {}, finish), { warn });
    expect(response.finishReason).toBe('stop');
    expect(warn.mock.calls.map(([code]) => code as unknown)).toEqual(['missing_tool_calls']);
  });
});

describe('what is no answer', () => {
  it.each([[[]], [null], [undefined], [[null]], [[{ index: 0 }]]])(
    'choices that are %j are a clear error [CHT-24]',
    (choices) => {
      const read = () => readWhole({ id: 'x', choices });
      expect(read).toThrow(ModelBehaviorError);
      expect(read).toThrow(/of request req_1 has no choices, so it holds no answer/);
    },
  );

  it.each([
    [{ error: { message: 'Overloaded', code: 502 } }, /Overloaded \(502\)/],
    [
      { error: { message: 'Bad', type: 'invalid_request_error' }, choices: [] },
      /Bad \(invalid_request_error\)/,
    ],
    [{ error: 'model not found' }, /model not found/],
    [{ object: 'error', message: 'too long', code: 400 }, /too long \(400\)/],
    [{ detail: [{ msg: 'field required' }] }, /field required/],
    [
      aCompletion({ content: '' }, {}, { error: { code: 429, message: 'Slow down' } }),
      /Slow down \(429\)/,
    ],
  ])('the error in %j is told [CHT-24]', (completion, message) => {
    expect(() => readWhole(completion)).toThrow(ModelBehaviorError);
    expect(() => readWhole(completion)).toThrow(message);
  });

  it('an empty completion has no items, so that the run fails and does not ask again and again [D12]', () => {
    expect(readWhole(aCompletion({ content: null })).output).toEqual([]);
    expect(readWhole(aCompletion({ content: '', tool_calls: [] })).output).toEqual([]);
  });
});

describe('several choices', () => {
  const choices = [
    { index: 1, message: { content: 'Second' }, finish_reason: 'stop' },
    { index: 0, message: { content: 'First' }, finish_reason: 'stop' },
  ];

  it('are one, with a warning [CHT-05]', () => {
    const warn = vi.fn();
    const response = readWhole({ choices }, { warn });
    expect(messageIn(response).content).toMatchObject([{ text: 'First' }]);
    expect(warn.mock.calls.map(([code]) => code as unknown)).toEqual(['choices_ignored']);
  });

  it('are refused in strict mode [CHT-05]', () => {
    expect(() => readWhole({ choices }, { strictFeatureValidation: true })).toThrow(UserError);
  });
});

it('fields that nobody knows yet do no harm [CHT-26]', () => {
  const response = readWhole(
    aCompletion(
      { content: 'Hi', hologram: { depth: 3 } },
      { moderation: { flagged: false } },
      { vibe: 'good' },
    ),
  );
  expect(messageIn(response).content).toEqual([{ type: 'output_text', text: 'Hi' }]);
  expect(response.providerData).toMatchObject({ moderation: { flagged: false } });
});
