import type { AgentInputItem, ModelRequest } from '@baton/core/model';
import { UserError } from '@baton/core/model';
import { aRequest } from '@baton/openai-shared/test-support';
import { describe, expect, it } from 'vitest';
import { providerMark } from '../src/provider-mark.js';
import { requestBody } from '../src/request/request-body.js';
import { readOutput } from '../src/response/model-response.js';
import { expectValidBody } from './support/request-schema.js';

const mark = providerMark('gpt-5.6-luna');

/** The `input` of the body for these items; checked against OpenAI's schema. */
function inputOf(
  input: readonly AgentInputItem[],
  changes: Partial<ModelRequest> & { model?: string } = {},
): unknown {
  const { model = 'gpt-5.6-luna', ...request } = changes;
  const text = requestBody(aRequest({ input, ...request }), {
    model,
    stream: false,
    memory: { items: new Map(), tools: new Map(), formats: new Map() },
  });
  const body = JSON.parse(text) as { input: unknown };
  expectValidBody(body);
  return body.input;
}

const thought = { id: 'rs_1', type: 'reasoning', summary: [] };
const call = {
  id: 'fc_1',
  type: 'function_call',
  call_id: 'call_1',
  name: 'a',
  arguments: '{}',
  status: 'completed',
};
const said = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: 'Hi', annotations: [], logprobs: [] }],
};

describe('messages', () => {
  it('each role has its form', () => {
    expect(
      inputOf([
        { role: 'user', content: 'Hi' },
        { type: 'message', role: 'system', content: 'Be kind.' },
        { role: 'developer', content: 'Be brief.' },
      ]),
    ).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'system', content: 'Be kind.' },
      { role: 'developer', content: 'Be brief.' },
    ]);
  });

  it('every part of a user message has its form [JS-119]', () => {
    const input = inputOf([
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Look' },
          { type: 'input_image', image: 'https://x.example/a.png' },
          { type: 'input_image', image: { id: 'file_1' }, detail: 'high' },
          { type: 'input_file', file: 'data:text/plain;base64,aGk=', filename: 'a.txt' },
          { type: 'input_file', file: 'https://x.example/a.pdf' },
          { type: 'input_file', file: { id: 'file_2' } },
          { type: 'input_file', file: { url: 'https://x.example/b.pdf' } },
        ],
      },
    ]);
    expect(input).toEqual([
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Look' },
          { type: 'input_image', image_url: 'https://x.example/a.png', detail: 'auto' },
          { type: 'input_image', file_id: 'file_1', detail: 'high' },
          { type: 'input_file', file_data: 'data:text/plain;base64,aGk=', filename: 'a.txt' },
          { type: 'input_file', file_url: 'https://x.example/a.pdf' },
          { type: 'input_file', file_id: 'file_2' },
          { type: 'input_file', file_url: 'https://x.example/b.pdf' },
        ],
      },
    ]);
  });

  it('audio by id is refused', () => {
    const item: AgentInputItem = { role: 'user', content: [{ type: 'audio', audio: { id: 'a' } }] };
    expect(() => inputOf([item])).toThrow(UserError);
  });

  it('an item of no known type is refused with its type', () => {
    expect(() => inputOf([{ type: 'telepathy' } as never])).toThrow(/"telepathy"/);
  });

  it('provider data that the app wrote reaches the wire', () => {
    const breakpoint = { prompt_cache_breakpoint: { mode: 'explicit' } };
    expect(
      inputOf([
        { role: 'user', content: [{ type: 'input_text', text: 'Hi', providerData: breakpoint }] },
      ]),
    ).toEqual([{ role: 'user', content: [{ type: 'input_text', text: 'Hi', ...breakpoint }] }]);
  });

  it.each(['FAKE_ID', '__fake_id__', 'chatcmpl-1'])(
    'an answer with the made-up id %s is quoted as text [JS-81, RSP-01]',
    (id) => {
      const item: AgentInputItem = {
        id,
        type: 'message',
        role: 'assistant',
        status: 'completed',
        phase: 'final_answer',
        content: [
          { type: 'output_text', text: 'One. ' },
          { type: 'output_text', text: 'Two.' },
        ],
      };
      expect(inputOf([item])).toEqual([
        { role: 'assistant', content: 'One. Two.', phase: 'final_answer' },
      ]);
    },
  );

  it('an answer in sound is quoted by its transcript', () => {
    const content = [{ type: 'audio', audio: 'aGk=', transcript: 'Hi.' }] as const;
    expect(inputOf([{ role: 'assistant', content }])).toEqual([
      { role: 'assistant', content: 'Hi.' },
    ]);
  });
});

describe('tool outputs', () => {
  it('a text goes as text, parts go as parts, in order', () => {
    const input = inputOf([
      {
        type: 'function_call_result',
        callId: 'call_1',
        name: 'a',
        status: 'completed',
        output: '[]',
      },
      {
        type: 'function_call_result',
        callId: 'call_2',
        name: 'b',
        output: [
          { type: 'input_text', text: 'A chart:' },
          { type: 'input_image', image: 'data:image/png;base64,aGk=' },
        ],
      },
    ]);
    expect(input).toEqual([
      { type: 'function_call_output', call_id: 'call_1', output: '[]', status: 'completed' },
      {
        type: 'function_call_output',
        call_id: 'call_2',
        output: [
          { type: 'input_text', text: 'A chart:' },
          { type: 'input_image', image_url: 'data:image/png;base64,aGk=', detail: 'auto' },
        ],
      },
    ]);
  });

  it('sound is refused: the wire has no place for it', () => {
    const output = [{ type: 'audio', audio: 'aGk=' }] as const;
    const item: AgentInputItem = { type: 'function_call_result', callId: 'c', name: 'a', output };
    expect(() => inputOf([item])).toThrow(UserError);
  });

  it('the results of computer, shell and apply_patch have their forms', () => {
    const input = inputOf([
      {
        type: 'computer_call_result',
        callId: 'call_1',
        output: { type: 'computer_screenshot', data: 'data:image/png;base64,aGk=' },
      },
      {
        type: 'shell_call_output',
        callId: 'call_2',
        maxOutputLength: 100,
        output: [
          { stdout: 'a', stderr: '', outcome: { type: 'exit', exitCode: 0 } },
          { stdout: '', stderr: 'late', outcome: { type: 'timeout' } },
        ],
      },
      { type: 'apply_patch_call_output', callId: 'call_3', status: 'failed', output: 'no' },
    ]);
    expect(input).toEqual([
      {
        type: 'computer_call_output',
        call_id: 'call_1',
        output: { type: 'computer_screenshot', image_url: 'data:image/png;base64,aGk=' },
      },
      {
        type: 'shell_call_output',
        call_id: 'call_2',
        max_output_length: 100,
        output: [
          { stdout: 'a', stderr: '', outcome: { type: 'exit', exit_code: 0 } },
          { stdout: '', stderr: 'late', outcome: { type: 'timeout' } },
        ],
      },
      { type: 'apply_patch_call_output', call_id: 'call_3', status: 'failed', output: 'no' },
    ]);
  });

  it('acknowledged safety checks are sent, an empty list of them is not [JS-107]', () => {
    const item = (checks: readonly object[]): AgentInputItem => ({
      type: 'computer_call_result',
      callId: 'call_1',
      output: { type: 'computer_screenshot', data: 'data:image/png;base64,aGk=' },
      providerData: { acknowledged_safety_checks: checks },
    });
    expect(inputOf([item([{ id: 'sc_1' }])])).toMatchObject([
      { acknowledged_safety_checks: [{ id: 'sc_1' }] },
    ]);
    expect(inputOf([item([])])).not.toMatchObject([{ acknowledged_safety_checks: [] }]);
  });
});

describe('items of another provider', () => {
  const foreign = { provider: 'openai-chat', model: 'gpt-4.1', thought_signature: 'x' };

  it('its reasoning, compaction, hosted calls and unknown items stay away [R1, RSP-01]', () => {
    expect(
      inputOf([
        { role: 'user', content: 'Hi' },
        { type: 'reasoning', id: 'rs_9', content: [], providerData: foreign },
        { type: 'compaction', encryptedContent: 'x', providerData: foreign },
        { type: 'hosted_tool_call', name: 'search', providerData: foreign },
        { type: 'unknown', providerData: foreign },
      ]),
    ).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('its calls and answers are sent without its data', () => {
    expect(
      inputOf([
        {
          type: 'function_call',
          id: 'call_id_of_chat',
          callId: 'call_1',
          name: 'a',
          arguments: '{}',
          providerData: foreign,
        },
        { type: 'function_call_result', callId: 'call_1', name: 'a', output: 'ok' },
        {
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Done', providerData: foreign }],
          providerData: foreign,
        },
      ]),
    ).toEqual([
      { type: 'function_call', call_id: 'call_1', name: 'a', arguments: '{}' },
      { type: 'function_call_output', call_id: 'call_1', output: 'ok' },
      { role: 'assistant', content: 'Done' },
    ]);
  });

  it('reasoning that nobody marked counts only with an id or in its encrypted form', () => {
    expect(
      inputOf([
        { type: 'reasoning', content: [{ type: 'input_text', text: 'Hm' }] },
        { type: 'reasoning', id: 'rs_1', content: [] },
        {
          type: 'reasoning',
          id: 'rs_2',
          content: [],
          providerData: { encrypted_content: 'gAAA' },
        },
      ]),
    ).toEqual([
      { type: 'reasoning', id: 'rs_1', summary: [] },
      { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: 'gAAA' },
    ]);
  });
});

describe('reasoning and what was made with it', () => {
  it('goes back whole: each item under its own id', () => {
    const output = readOutput({ output: [thought, call, said] }, mark);
    expect(inputOf(output)).toEqual([thought, call, said]);
  });

  it('without its reasoning an item goes back without its id, which would ask for the reasoning', () => {
    const [, ...rest] = readOutput({ output: [thought, call, said] }, mark);
    const { id: _id, ...anonymous } = call;
    expect(inputOf(rest)).toEqual([anonymous, { role: 'assistant', content: 'Hi' }]);
  });

  it('without its reasoning a hosted call stays away: the wire knows it by its id alone', () => {
    const search = { id: 'ws_1', type: 'web_search_call', status: 'completed', action: { type: 'search' } };
    const [, ...rest] = readOutput({ output: [thought, search, said] }, mark);
    expect(inputOf(rest)).toEqual([{ role: 'assistant', content: 'Hi' }]);
  });

  it('without its reasoning a call of a local tool goes back without its id', () => {
    const patch = {
      id: 'apc_1',
      type: 'apply_patch_call',
      call_id: 'call_1',
      status: 'completed',
      operation: { type: 'delete_file', path: 'a' },
    };
    const { id: _id, ...anonymous } = patch;
    const [, ...rest] = readOutput({ output: [thought, patch] }, mark);
    expect(inputOf(rest)).toEqual([anonymous]);
  });

  it('items that were made without reasoning keep their ids', () => {
    expect(inputOf(readOutput({ output: [call, said] }, mark))).toEqual([call, said]);
  });

  it('an older model, which refuses reasoning, gets none', () => {
    const output = readOutput({ output: [thought, said] }, mark);
    expect(inputOf(output, { model: 'gpt-4.1-mini' })).toEqual([
      { role: 'assistant', content: 'Hi' },
    ]);
  });

  it('a server that keeps nothing is only given reasoning in its encrypted form', () => {
    const whole = { ...thought, id: 'rs_2', encrypted_content: 'gAAA' };
    const output = readOutput({ output: [thought, call, whole, said] }, mark);
    const { id: _id, ...anonymous } = call;
    expect(inputOf(output, { modelSettings: { store: false } })).toEqual([anonymous, whole, said]);
  });
});
