import { assistant, system, user } from '@baton/core';
import type { AgentInputItem } from '@baton/core';
import { UserError } from '@baton/core/model';
import { describe, expect, it } from 'vitest';
import { chatPresets, itemsToMessages, type ItemsToMessagesOptions } from '../src/index.js';
import { keeper } from './support/keeper.js';
import { expectValidMessages } from './support/request-schema.js';

/** The messages, which OpenAI has to take. */
function messagesOf(items: string | readonly unknown[], options: ItemsToMessagesOptions = {}) {
  // Callers without types may pass anything.
  const messages = itemsToMessages(items as readonly AgentInputItem[], {
    logger: keeper(),
    ...options,
  });
  expectValidMessages(messages);
  return messages;
}

const call = (callId: string, more: object = {}): AgentInputItem => ({
  type: 'function_call',
  callId,
  name: 'look',
  arguments: '{"at":"it"}',
  ...more,
});
const output = (callId: string, text = 'seen'): AgentInputItem => ({
  type: 'function_call_result',
  callId,
  name: 'look',
  output: text,
});
const wireCall = (id: string) => ({
  id,
  type: 'function',
  function: { name: 'look', arguments: '{"at":"it"}' },
});
const wireOutput = (id: string, content = 'seen') => ({ role: 'tool', tool_call_id: id, content });

describe('messages of an input', () => {
  it('a string is one user message [CC-12, C1]', () => {
    expect(messagesOf('Hello')).toEqual([{ role: 'user', content: 'Hello' }]);
  });

  it('messages of every role go as they are, also without a type [CC-12, C2, CHT-19]', () => {
    expect(
      messagesOf([
        system('Be brief.'),
        { role: 'developer', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
        { type: 'message', role: 'assistant', content: 'Hello.' },
        assistant('How are you?'),
      ]),
    ).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'developer', content: 'Be kind.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'assistant', content: 'How are you?' },
    ]);
  });

  it('system and developer messages keep text only, and vanish without any [CC-14, C3, D8]', () => {
    const image = { type: 'input_image', image: 'https://example.com/a.png' };
    expect(
      messagesOf([
        {
          role: 'system',
          content: [{ type: 'input_text', text: 'Be' }, image, { type: 'text', text: 'brief.' }],
        },
        { role: 'system', content: [image] },
        { role: 'developer', content: '' },
        user('Hi'),
      ]),
    ).toEqual([
      { role: 'system', content: 'Be\nbrief.' },
      { role: 'user', content: 'Hi' },
    ]);
  });

  it('an endpoint without developers has system messages in their place', () => {
    const messages = messagesOf([{ role: 'developer', content: 'Be kind.' }], {
      dialect: { developerRole: false },
    });
    expect(messages).toEqual([{ role: 'system', content: 'Be kind.' }]);
  });

  it('parts of an assistant message are joined; nothing at all is no message [C6, D8]', () => {
    const parts = [
      { type: 'output_text', text: 'One' },
      { type: 'output_text', text: 'Two' },
    ] as const;
    expect(messagesOf([assistant(parts), assistant([])])).toEqual([
      { role: 'assistant', content: 'One\nTwo' },
    ]);
    expect(messagesOf([assistant('')])).toEqual([{ role: 'assistant', content: '' }]);
  });

  it('a refusal is one, or text where the endpoint knows none [C6]', () => {
    const refused = assistant([{ type: 'refusal', refusal: 'No.' }]);
    expect(messagesOf([refused])).toEqual([{ role: 'assistant', content: null, refusal: 'No.' }]);
    expect(messagesOf([refused], { dialect: { refusals: false } })).toEqual([
      { role: 'assistant', content: 'No.' },
    ]);
  });

  it('what was said aloud goes back by its id, else by what was said', () => {
    const audio = { type: 'audio', audio: 'QQ==', transcript: 'Hello.' } as const;
    expect(messagesOf([assistant([{ ...audio, providerData: { id: 'audio_1' } }])])).toEqual([
      { role: 'assistant', content: null, audio: { id: 'audio_1' } },
    ]);
    expect(messagesOf([assistant([{ ...audio, audio: { id: 'audio_2' } }])])).toMatchObject([
      { audio: { id: 'audio_2' } },
    ]);
    expect(messagesOf([assistant([audio])])).toEqual([{ role: 'assistant', content: 'Hello.' }]);
  });

  it('a picture that a model made is left out with a warning, or refused in strict mode', () => {
    const drawn = assistant([
      { type: 'image', image: 'QQ==' },
      { type: 'output_text', text: 'There.' },
    ]);
    const logger = keeper();
    expect(messagesOf([drawn], { logger })).toEqual([{ role: 'assistant', content: 'There.' }]);
    expect(logger.warnings).toHaveLength(1);
    expect(() => messagesOf([drawn], { strictFeatureValidation: true })).toThrow(
      /picture that a model made/,
    );
  });

  it('the phase of a message is dropped with one warning, or refused in strict mode [JS-120]', () => {
    const said = { ...assistant('Let me see.'), phase: 'commentary' };
    const logger = keeper();
    expect(messagesOf([said, user('Go'), said], { logger })[0]).toEqual({
      role: 'assistant',
      content: 'Let me see.',
    });
    expect(logger.warnings).toEqual([expect.stringContaining('The phase will be dropped.')]);
    expect(() => messagesOf([said], { strictFeatureValidation: true })).toThrow(
      'Assistant message phase is not supported',
    );
    expect(messagesOf([{ ...said, phase: null }], { strictFeatureValidation: true })).toHaveLength(
      1,
    );
  });

  it('what the app wrote for the wire is sent; what another provider wrote is not [JS-77]', () => {
    const said = { role: 'user', content: 'Hi', providerData: { name: 'Ann' } };
    const foreign = {
      role: 'user',
      content: 'Hi',
      providerData: { provider: 'other', name: 'Ann' },
    };
    expect(messagesOf([said, foreign])).toEqual([
      { role: 'user', content: 'Hi', name: 'Ann' },
      { role: 'user', content: 'Hi' },
    ]);
  });
});

describe('content of a user message', () => {
  const partsOf = (content: readonly unknown[]) =>
    messagesOf([{ role: 'user', content }])[0]?.['content'];

  it('text, pictures, files and sound have parts of their own [CC-14, C3, C5, CHT-17, CHT-18, JS-119]', () => {
    expect(
      partsOf([
        { type: 'input_text', text: 'Look' },
        { type: 'input_image', image: 'data:image/png;base64,QQ==' },
        { type: 'input_image', image: 'https://example.com/a.png', detail: 'low' },
        { type: 'input_image', image: 'https://example.com/a.png', detail: 'original' },
        { type: 'input_file', file: 'data:application/pdf;base64,QQ==', filename: 'a.pdf' },
        { type: 'input_file', file: { id: 'file_1' }, filename: '' },
        { type: 'audio', audio: 'QQ==', format: 'mp3' },
      ]),
    ).toEqual([
      { type: 'text', text: 'Look' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,QQ==', detail: 'auto' } },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'high' } },
      { type: 'file', file: { file_data: 'data:application/pdf;base64,QQ==', filename: 'a.pdf' } },
      { type: 'file', file: { file_id: 'file_1' } },
      { type: 'input_audio', input_audio: { data: 'QQ==', format: 'mp3' } },
    ]);
  });

  it("parts in the wire's own form are taken as they are [C4, CHT-19]", () => {
    const parts = [
      { type: 'text', text: 'Look' },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
      { type: 'input_audio', input_audio: { data: 'QQ==', format: 'wav' } },
      { type: 'file', file: { file_id: 'file_1' } },
    ];
    expect(partsOf(parts)).toEqual(parts);
    const plain = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
    expect(partsOf([plain])).toMatchObject([{ image_url: { detail: 'auto' } }]);
  });

  it.each([
    [
      { type: 'input_image', image: { id: 'file_1' } },
      'Only image URLs are supported for input_image',
    ],
    [{ type: 'input_image' }, 'Only image URLs are supported for input_image'],
    [
      { type: 'input_file', file: { url: 'https://example.com/a.pdf' } },
      'Only file_data or file_id is supported',
    ],
    [
      { type: 'input_file', file: 'https://example.com/a.pdf' },
      'Only file_data or file_id is supported',
    ],
    [{ type: 'input_file' }, 'Only file_data or file_id is supported'],
    [{ type: 'audio', audio: { id: 'audio_1' } }, 'takes audio as base64 data'],
    [{ type: 'audio', audio: '' }, 'takes audio as base64 data'],
    [
      { type: 'audio', audio: 'QQ==', format: 'flac' },
      'takes audio as wav or mp3; the format is "flac"',
    ],
    [{ type: 'hologram' }, 'Unknown content: "hologram"'],
  ])('what the wire cannot say is refused: %j [CC-13, CHT-18]', (part, message) => {
    expect(() => partsOf([part])).toThrow(message);
  });
});

describe('tool calls', () => {
  it('parallel ones are one assistant message without content, with their outputs behind [C7, C9, CHT-22]', () => {
    expect(messagesOf([user('Go'), call('a'), call('b'), output('a'), output('b')])).toEqual([
      { role: 'user', content: 'Go' },
      { role: 'assistant', content: null, tool_calls: [wireCall('a'), wireCall('b')] },
      wireOutput('a'),
      wireOutput('b'),
    ]);
  });

  it('join what was said in their turn, before or after them [C6, CHT-07]', () => {
    const together = [
      { role: 'assistant', content: 'Let me see.', tool_calls: [wireCall('a'), wireCall('b')] },
      wireOutput('a'),
      wireOutput('b'),
    ];
    const said = assistant('Let me see.');
    expect(messagesOf([said, call('a'), call('b'), output('a'), output('b')])).toEqual(together);
    expect(messagesOf([call('a'), said, call('b'), output('a'), output('b')])).toEqual(together);
    expect(messagesOf([call('a'), call('b'), said, output('a'), output('b')])).toEqual(together);
  });

  it('of another turn are another message [CC-12]', () => {
    expect(
      messagesOf([call('a'), output('a'), call('b'), output('b'), assistant('Done.')]),
    ).toEqual([
      { role: 'assistant', content: null, tool_calls: [wireCall('a')] },
      wireOutput('a'),
      { role: 'assistant', content: null, tool_calls: [wireCall('b')] },
      wireOutput('b'),
      { role: 'assistant', content: 'Done.' },
    ]);
  });

  it('have their outputs right behind them, whatever came in between [CHT-33]', () => {
    const items = [
      call('a'),
      call('b'),
      output('a'),
      user('Hurry'),
      assistant('Yes.'),
      output('b'),
    ];
    expect(messagesOf(items)).toEqual([
      { role: 'assistant', content: null, tool_calls: [wireCall('a'), wireCall('b')] },
      wireOutput('a'),
      wireOutput('b'),
      { role: 'user', content: 'Hurry' },
      { role: 'assistant', content: 'Yes.' },
    ]);
  });

  it('are not joined by what was said after the first output [CC-12]', () => {
    const items = [call('a'), call('b'), output('a'), assistant('Meanwhile.'), output('b')];
    expect(messagesOf(items)).toEqual([
      { role: 'assistant', content: null, tool_calls: [wireCall('a'), wireCall('b')] },
      wireOutput('a'),
      wireOutput('b'),
      { role: 'assistant', content: 'Meanwhile.' },
    ]);
  });

  it('without an output, and outputs without a call, stay where they are [CHT-33]', () => {
    expect(messagesOf([output('x'), call('a'), user('Well?')])).toEqual([
      wireOutput('x'),
      { role: 'assistant', content: null, tool_calls: [wireCall('a')] },
      { role: 'user', content: 'Well?' },
    ]);
  });

  it('an id that a provider gives again is that of another call [S0-11]', () => {
    expect(messagesOf([call('a'), output('a', '1'), call('a'), output('a', '2')])).toEqual([
      { role: 'assistant', content: null, tool_calls: [wireCall('a')] },
      wireOutput('a', '1'),
      { role: 'assistant', content: null, tool_calls: [wireCall('a')] },
      wireOutput('a', '2'),
    ]);
    expect(messagesOf([call('a'), call('a'), output('a', '1'), output('a', '2')])).toEqual([
      { role: 'assistant', content: null, tool_calls: [wireCall('a'), wireCall('a')] },
      wireOutput('a', '1'),
      wireOutput('a', '2'),
    ]);
  });

  it('without arguments have empty ones; other characters than ASCII stay as they are [C7, CHT-35]', () => {
    const [first] = messagesOf([call('a', { arguments: '' })]);
    expect(first).toMatchObject({ tool_calls: [{ function: { arguments: '{}' } }] });
    const [second] = messagesOf([call('a', { arguments: '{"stadt":"Köln"}' })]);
    expect(second).toMatchObject({ tool_calls: [{ function: { arguments: '{"stadt":"Köln"}' } }] });
  });

  it('of another API have a name that this one takes', () => {
    const [message] = messagesOf([call('a', { name: 'crm.look_up' })]);
    expect(message).toMatchObject({ tool_calls: [{ function: { name: 'crm_look_up' } }] });
  });

  it('give a thought signature back to Gemini only [C10, JS-114]', () => {
    const extra_content = { google: { thought_signature: 'seal' } };
    const own = { provider: 'openai-chat', model: 'gemini-3-pro', extra_content };
    const items = [call('a', { providerData: own }), output('a')];
    const callsFor = (model: string) =>
      itemsToMessages(items, { model })[0]?.['tool_calls'] as readonly Record<string, unknown>[];
    expect(callsFor('google/gemini-3-flash')[0]).toEqual({ ...wireCall('a'), extra_content });
    expect(callsFor('gpt-4.1')[0]).toEqual(wireCall('a'));
    // The app's own words go to whoever is asked.
    const mine = itemsToMessages([call('a', { providerData: { extra_content } })], {
      model: 'gpt-4.1',
    });
    expect(mine[0]).toMatchObject({ tool_calls: [{ extra_content }] });
  });
});

it('outputs stand in the order of their calls, whatever order they came in', () => {
  const items = [call('a'), call('b'), call('a'), output('b'), output('a', '1'), output('a', '2')];
  expect(messagesOf(items).slice(1)).toEqual([
    wireOutput('a', '1'),
    wireOutput('b'),
    wireOutput('a', '2'),
  ]);
});

it('an item that is none is refused in words [CC-13]', () => {
  expect(() => messagesOf([null])).toThrow(UserError);
});

describe('arguments that are no JSON object', () => {
  const sent = (args: string, options: ItemsToMessagesOptions) =>
    messagesOf([call('a', { arguments: args }), output('a')], options)[0]?.['tool_calls'];

  it.each(['{"at":', 'null', '[]', 'Hello'])('go as they are: %s', (args) => {
    expect(sent(args, {})).toMatchObject([{ function: { arguments: args } }]);
  });

  it.each(['{"at":', 'null', '[]', 'Hello'])(
    'go inside of one where endpoints parse the history: %s',
    (args) => {
      const { dialect } = chatPresets.vllm;
      const told = JSON.stringify({ arguments: args });
      expect(sent(args, { dialect })).toMatchObject([{ function: { arguments: told } }]);
    },
  );

  it('are made one, and those that are one stay, also where endpoints parse the history', () => {
    const { dialect } = chatPresets.vllm;
    expect(sent('', { dialect })).toMatchObject([{ function: { arguments: '{}' } }]);
    expect(sent('{ "a": 1 }', { dialect })).toMatchObject([
      { function: { arguments: '{ "a": 1 }' } },
    ]);
  });
});

describe('items that only the Responses API has', () => {
  const search: AgentInputItem = {
    type: 'hosted_tool_call',
    id: 'ws_1',
    name: 'web_search_call',
    status: 'completed',
    providerData: { provider: 'openai-responses', action: { type: 'search' } },
  };
  const FOREIGN: readonly AgentInputItem[] = [
    search,
    { type: 'computer_call', callId: 'cc', actions: [{ type: 'click', x: 1 }] },
    { type: 'shell_call', callId: 'sh', action: { commands: ['ls'] } },
    { type: 'apply_patch_call', callId: 'ap', operation: { type: 'delete_file', path: 'a' } },
    { type: 'hosted_approval_request', callId: 'ar', serverLabel: 's', name: 'n', arguments: '{}' },
    { type: 'unknown', providerData: { provider: 'openai-responses', type: 'program' } },
  ];

  it.each(FOREIGN)('are refused in strict mode: $type [D15]', (item) => {
    expect(() => messagesOf([item], { strictFeatureValidation: true })).toThrow(/not supported/);
  });

  it('a hosted call is told as a call and its output, in its place, with one warning [CC-12, C8, D15]', () => {
    const logger = keeper();
    const file: AgentInputItem = {
      type: 'hosted_tool_call',
      id: 'fs_1',
      name: 'file_search_call',
      status: 'completed',
      providerData: { provider: 'openai-responses', queries: ['tax'] },
    };
    const messages = messagesOf([user('Find'), search, search, file, assistant('Found.')], {
      logger,
    });
    const told = [
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'ws_1',
            type: 'function',
            function: {
              name: 'web_search_call',
              arguments: '{"action":{"type":"search"},"status":"completed"}',
            },
          },
        ],
      },
      wireOutput('ws_1', 'completed'),
    ];
    expect(messages).toEqual([
      { role: 'user', content: 'Find' },
      ...told,
      ...told,
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'fs_1',
            type: 'function',
            function: {
              name: 'file_search_call',
              arguments: '{"queries":["tax"],"status":"completed"}',
            },
          },
        ],
      },
      wireOutput('fs_1', 'completed'),
      { role: 'assistant', content: 'Found.' },
    ]);
    expect(logger.warnings).toEqual([
      expect.stringContaining('web_search_call'),
      expect.stringContaining('file_search_call'),
    ]);
  });

  const hosted = (name: string, more: object): AgentInputItem => ({
    type: 'hosted_tool_call',
    id: 'h_1',
    name,
    status: 'completed',
    ...more,
  });
  const provider = 'openai-responses';

  it.each([
    [
      'an interpreter',
      hosted('code_interpreter_call', {
        providerData: { provider, code: 'print(1)', outputs: [{ type: 'logs', logs: '1' }] },
      }),
      { name: 'code_interpreter_call', arguments: '{"code":"print(1)","status":"completed"}' },
      '[{"type":"logs","logs":"1"}]',
    ],
    [
      'a file search with results',
      hosted('file_search_call', {
        providerData: { provider, queries: ['tax'], results: [{ text: '19 %' }] },
      }),
      { name: 'file_search_call', arguments: '{"queries":["tax"],"status":"completed"}' },
      '[{"text":"19 %"}]',
    ],
    [
      'a tool of an MCP server',
      hosted('mcp_call', {
        arguments: '{"q":1}',
        output: 'Found.',
        providerData: { provider, name: 'look.up', server_label: 's', error: null },
      }),
      { name: 'look_up', arguments: '{"q":1}' },
      'Found.',
    ],
    [
      'a tool that failed',
      hosted('mcp_call', {
        arguments: '{"q":1}',
        output: null,
        providerData: { provider, name: 'look_up', error: 'Too late.' },
      }),
      { name: 'look_up', arguments: '{"q":1}' },
      '{"error":"Too late."}',
    ],
  ])('of a hosted call the model is told what came of it: %s [D15]', (_, item, fn, content) => {
    expect(messagesOf([item])).toMatchObject([
      { role: 'assistant', tool_calls: [{ id: 'h_1', function: fn }] },
      wireOutput('h_1', content),
    ]);
  });

  it('a picture that a hosted tool made is never sent as text [D15]', () => {
    const picture = hosted('image_generation_call', {
      output: 'QUJD',
      providerData: { provider, output_format: 'webp', revised_prompt: 'A cat' },
    });
    const logger = keeper();
    expect(messagesOf([picture], { logger })).toMatchObject([
      { tool_calls: [{ function: { arguments: '{"prompt":"A cat","status":"completed"}' } }] },
      wireOutput('h_1', '[tool output omitted]'),
    ]);
    expect(logger.warnings).toHaveLength(2);
    const shown = itemsToMessages([picture], { preserveToolOutputAllContent: true, logger });
    const url = 'data:image/webp;base64,QUJD';
    expect(shown[1]).toMatchObject({ content: [{ type: 'image_url', image_url: { url } }] });
  });

  it('what a hosted MCP server offers is left out, with a warning [D15]', () => {
    const logger = keeper();
    const list = hosted('mcp_list_tools', { providerData: { provider, tools: [] } });
    expect(messagesOf([user('Hi'), list], { logger })).toEqual([{ role: 'user', content: 'Hi' }]);
    expect(logger.warnings).toEqual([expect.stringContaining('Leaving it out')]);
    expect(() => messagesOf([list], { strictFeatureValidation: true })).toThrow(/not supported/);
  });

  it('the id of a hosted call is as short as that of a tool call has to be [D15]', () => {
    const long = { ...search, id: `ws_${'0'.repeat(30)}${'1'.repeat(20)}` };
    const [told, answered] = messagesOf([long]);
    const id = `${'0'.repeat(20)}${'1'.repeat(20)}`;
    expect(told).toMatchObject({ tool_calls: [{ id }] });
    expect(answered).toMatchObject({ tool_call_id: id });
  });

  it('calls of local tools are function calls, and a screenshot is a picture that cannot be shown [D15]', () => {
    const screen: AgentInputItem = {
      type: 'computer_call_result',
      callId: 'cc',
      output: { type: 'computer_screenshot', data: 'data:image/png;base64,QQ==' },
    };
    const items: AgentInputItem[] = [
      ...FOREIGN.slice(1, 4),
      screen,
      {
        type: 'shell_call_output',
        callId: 'sh',
        output: [
          { stdout: 'a', stderr: '', outcome: { type: 'exit', exitCode: 0 } },
          { stdout: '', stderr: '', outcome: { type: 'timeout' } },
        ],
      },
      { type: 'apply_patch_call_output', callId: 'ap', status: 'failed' },
    ];
    expect(messagesOf(items)).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'cc',
            type: 'function',
            function: { name: 'computer', arguments: '{"actions":[{"type":"click","x":1}]}' },
          },
          {
            id: 'sh',
            type: 'function',
            function: { name: 'shell', arguments: '{"commands":["ls"]}' },
          },
          {
            id: 'ap',
            type: 'function',
            function: { name: 'apply_patch', arguments: '{"type":"delete_file","path":"a"}' },
          },
        ],
      },
      wireOutput('cc', '[tool output omitted]'),
      wireOutput(
        'sh',
        '[{"stdout":"a","stderr":"","exit_code":0},{"stdout":"","stderr":"","timed_out":true}]',
      ),
      wireOutput('ap', 'failed'),
    ]);
    const shown = itemsToMessages(items, { preserveToolOutputAllContent: true, logger: keeper() });
    expect(shown[1]).toMatchObject({ content: [{ type: 'image_url' }] });
  });

  it('approvals and items nobody knows are left out, with one warning for each kind [D15]', () => {
    const logger = keeper();
    const items: AgentInputItem[] = [
      ...FOREIGN.slice(4),
      { type: 'hosted_approval_response', callId: 'ar', approve: true },
      ...FOREIGN.slice(5),
      user('Hi'),
    ];
    expect(messagesOf(items, { logger })).toEqual([{ role: 'user', content: 'Hi' }]);
    expect(logger.warnings).toHaveLength(2);
  });

  it.each([
    [
      { type: 'unknown', providerData: { type: 'item_reference', id: 'msg_1' } },
      'Encountered an item_reference, which is not supported',
    ],
    [
      { type: 'unknown', providerData: { provider: 'openai-responses', type: 'item_reference' } },
      'Encountered an item_reference, which is not supported',
    ],
    [{ type: 'compaction', encryptedContent: 'sealed' }, 'Compaction items are not supported'],
    [
      { type: 'unknown', providerData: { type: 'mine' } },
      'Unhandled item type or structure: {"type":"unknown"}',
    ],
    [
      { type: 'function_call_output', call_id: 'a' },
      'Unhandled item type or structure: {"type":"function_call_output"}',
    ],
    [
      { role: 'wizard', content: 'Abracadabra' },
      'Unhandled item type or structure: {"role":"wizard"}',
    ],
    [{}, 'Unhandled item type or structure: {}'],
  ])(
    'what stands for something that is not there is refused in both modes: %j [CC-13]',
    (item, message) => {
      expect(() => messagesOf([item])).toThrow(message);
      expect(() => messagesOf([item], { strictFeatureValidation: true })).toThrow(message);
    },
  );
});
