import type { AgentInputItem } from '@baton/core/model';
import { describe, expect, it } from 'vitest';
import { providerMark } from '../src/provider-mark.js';
import { toWireItem } from '../src/request/to-wire-item.js';
import { fromWireInputItem } from '../src/response/from-wire-input-item.js';
import { fromWireItem } from '../src/response/from-wire-item.js';
import { expectValidInputItem } from './support/request-schema.js';

interface Wire {
  readonly [field: string]: unknown;
}

const mark = providerMark('gpt-5.6-luna');

function back(item: AgentInputItem): Wire | undefined {
  // Sessions and stored runs keep items as JSON.
  return toWireItem(JSON.parse(JSON.stringify(item)) as AgentInputItem, true);
}

describe('an output item goes back as it came', () => {
  const items: readonly [string, Wire][] = [
    [
      'message',
      {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: 'Hi', annotations: [], logprobs: [] }],
      },
    ],
    [
      'message with annotations, logprobs and a phase',
      {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        status: 'completed',
        phase: 'commentary',
        content: [
          {
            type: 'output_text',
            text: 'See',
            annotations: [
              {
                type: 'url_citation',
                url: 'https://x.example/',
                title: 'X',
                start_index: 0,
                end_index: 3,
              },
            ],
            logprobs: [{ token: 'See', logprob: -0.1, bytes: [83], top_logprobs: [] }],
          },
        ],
      },
    ],
    [
      'message with a refusal',
      {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'refusal', refusal: 'No.' }],
      },
    ],
    [
      'message cut short',
      {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        status: 'incomplete',
        content: [{ type: 'output_text', text: 'H', annotations: [], logprobs: [] }],
      },
    ],
    [
      'function call',
      {
        id: 'fc_1',
        type: 'function_call',
        call_id: 'call_1',
        name: 'look_up',
        arguments: '{"a":1}',
        status: 'completed',
      },
    ],
    [
      'function call in a namespace, made by a program',
      {
        id: 'fc_1',
        type: 'function_call',
        call_id: 'call_1',
        name: 'look_up',
        namespace: 'crm',
        arguments: '{}',
        status: 'completed',
        caller: { type: 'program', caller_id: 'call_0' },
      },
    ],
    [
      'reasoning with a summary and its encrypted form',
      {
        id: 'rs_1',
        type: 'reasoning',
        summary: [
          { type: 'summary_text', text: 'First.' },
          { type: 'summary_text', text: 'Then.' },
        ],
        encrypted_content: 'gAAAA',
      },
    ],
    [
      'reasoning of an open model',
      {
        id: 'rs_1',
        type: 'reasoning',
        summary: [],
        content: [{ type: 'reasoning_text', text: 'Hm.' }],
      },
    ],
    [
      'computer call',
      {
        id: 'cu_1',
        type: 'computer_call',
        call_id: 'call_1',
        actions: [{ type: 'click', x: 1, y: 2, button: 'left' }],
        pending_safety_checks: [{ id: 'sc_1', code: 'x', message: 'Careful' }],
        status: 'completed',
      },
    ],
    [
      'computer call of a preview model',
      {
        id: 'cu_1',
        type: 'computer_call',
        call_id: 'call_1',
        action: { type: 'screenshot' },
        pending_safety_checks: [],
        status: 'completed',
      },
    ],
    [
      'shell call',
      {
        id: 'sh_1',
        type: 'shell_call',
        call_id: 'call_1',
        action: { commands: ['ls'], timeout_ms: 1000, max_output_length: null },
        status: 'completed',
        environment: { type: 'local' },
      },
    ],
    [
      'apply_patch call',
      {
        id: 'apc_1',
        type: 'apply_patch_call',
        call_id: 'call_1',
        status: 'completed',
        operation: { type: 'update_file', path: 'a.ts', diff: '@@' },
      },
    ],
    [
      'apply_patch call that deletes',
      {
        id: 'apc_1',
        type: 'apply_patch_call',
        call_id: 'call_1',
        status: 'in_progress',
        operation: { type: 'delete_file', path: 'a.ts' },
      },
    ],
    [
      'web search',
      {
        id: 'ws_1',
        type: 'web_search_call',
        status: 'completed',
        action: { type: 'search', query: 'x', queries: ['x'] },
      },
    ],
    [
      'file search with results',
      {
        id: 'fs_1',
        type: 'file_search_call',
        status: 'completed',
        queries: ['x'],
        results: [{ file_id: 'file_1', text: 'y', filename: 'f', score: 0.5, attributes: {} }],
      },
    ],
    [
      'code interpreter',
      {
        id: 'ci_1',
        type: 'code_interpreter_call',
        status: 'completed',
        code: '1+1',
        container_id: 'cntr_1',
        outputs: [{ type: 'logs', logs: '2' }],
      },
    ],
    ['picture', { id: 'ig_1', type: 'image_generation_call', status: 'completed', result: 'aGk=' }],
    [
      'picture in the making',
      { id: 'ig_1', type: 'image_generation_call', status: 'generating', result: null },
    ],
    [
      'MCP call',
      {
        id: 'mcp_1',
        type: 'mcp_call',
        server_label: 's',
        name: 'roll',
        arguments: '{}',
        output: '6',
        error: null,
        status: 'completed',
        approval_request_id: null,
      },
    ],
    [
      'MCP list',
      {
        id: 'mcpl_1',
        type: 'mcp_list_tools',
        server_label: 's',
        tools: [
          { name: 'roll', description: 'd', input_schema: { type: 'object' }, annotations: {} },
        ],
      },
    ],
    [
      'MCP approval request',
      {
        id: 'mcpr_1',
        type: 'mcp_approval_request',
        server_label: 's',
        name: 'roll',
        arguments: '{}',
      },
    ],
    [
      'tool search',
      {
        id: 'tsc_1',
        type: 'tool_search_call',
        call_id: null,
        execution: 'server',
        arguments: {},
        status: 'completed',
      },
    ],
    ['compaction', { id: 'cmp_1', type: 'compaction', encrypted_content: 'gAAAA' }],
    [
      'custom tool call',
      { id: 'ctc_1', type: 'custom_tool_call', call_id: 'call_1', name: 'sql', input: 'select 1' },
    ],
  ];

  it.each(items)('%s [JS-82, RSP-17]', (_name, wire) => {
    const returned = back(fromWireItem(wire, mark));
    expect(returned).toEqual(wire);
    expectValidInputItem(returned);
  });
});

describe('an input item that the server kept goes back as it was given', () => {
  const items: readonly [string, Wire][] = [
    ['a question', { role: 'user', content: 'Hi' }],
    ['instructions', { role: 'developer', content: 'Be brief.' }],
    [
      'a question with a picture, a file and a cache mark',
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Look', prompt_cache_breakpoint: { mode: 'explicit' } },
          { type: 'input_image', image_url: 'https://x.example/a.png', detail: 'auto' },
          { type: 'input_image', file_id: 'file_1', detail: 'low' },
          { type: 'input_file', file_id: 'file_2' },
          { type: 'input_file', file_url: 'https://x.example/a.pdf' },
          { type: 'input_file', file_data: 'data:text/plain;base64,aGk=', filename: 'a.txt' },
        ],
      },
    ],
    [
      'a tool output',
      {
        id: 'fco_1',
        type: 'function_call_output',
        call_id: 'call_1',
        output: 'ok',
        status: 'completed',
      },
    ],
    [
      'a tool output of several parts',
      {
        type: 'function_call_output',
        call_id: 'call_1',
        output: [
          { type: 'input_text', text: 'A chart' },
          { type: 'input_image', image_url: 'data:image/png;base64,aGk=', detail: 'high' },
        ],
      },
    ],
    [
      'a screen',
      {
        id: 'cuo_1',
        type: 'computer_call_output',
        call_id: 'call_1',
        output: { type: 'computer_screenshot', image_url: 'data:image/png;base64,aGk=' },
        acknowledged_safety_checks: [{ id: 'sc_1' }],
        status: 'completed',
      },
    ],
    [
      'what a shell printed',
      {
        id: 'sho_1',
        type: 'shell_call_output',
        call_id: 'call_1',
        max_output_length: 50,
        output: [
          { stdout: 'a', stderr: '', outcome: { type: 'exit', exit_code: 0 } },
          { stdout: '', stderr: '', outcome: { type: 'timeout' } },
        ],
        status: 'completed',
      },
    ],
    [
      'what became of a patch',
      {
        type: 'apply_patch_call_output',
        call_id: 'call_1',
        status: 'completed',
        output: 'Done',
      },
    ],
    [
      'an MCP approval',
      { type: 'mcp_approval_response', approval_request_id: 'mcpr_1', approve: true },
    ],
    [
      'the output of a custom tool',
      { type: 'custom_tool_call_output', call_id: 'call_1', output: 'ok' },
    ],
  ];

  it.each(items)('%s', (_name, wire) => {
    const returned = back(fromWireInputItem(wire, mark));
    expect(returned).toEqual(wire);
    expectValidInputItem(returned);
  });

  it('what is made by the model is read as such', () => {
    const wire = { type: 'function_call', call_id: 'c', name: 'n', arguments: '' };
    expect(fromWireInputItem(wire, mark)).toEqual(fromWireItem(wire, mark));
  });

  it.each(['system', 'developer'])('a %s message with a picture keeps it', (role) => {
    const content = [
      { type: 'input_text', text: 'Look' },
      { type: 'input_image', image_url: 'data:image/png;base64,aGk=', detail: 'auto' },
    ];
    const wire = { id: 'msg_1', type: 'message', role, status: 'completed', content };
    const returned = back(fromWireInputItem(wire, mark));
    const { id: _id, ...rest } = wire; // an input has none
    expect(returned).toEqual(rest);
    expectValidInputItem(returned);
  });

  it('an item with a part of an unknown type stays whole', () => {
    const wire = {
      type: 'function_call_output',
      call_id: 'call_1',
      output: [{ type: 'hologram', depth: 3 }],
    };
    const item = fromWireInputItem(wire, mark);
    expect(item.type).toBe('unknown');
    expect(back(item)).toEqual(wire);
  });
});

it('an item of an unknown type goes back as it came, whatever its fields are called', () => {
  const wire = {
    type: 'hologram',
    id: 'holo_1',
    provider: 'acme',
    model: 'h-1',
    wire: { a: 1 },
    reasoningId: 'x',
    depth: { z: [1, null] },
  };
  const item = fromWireItem(wire, mark);
  expect(item).toMatchObject({ type: 'unknown', id: 'holo_1' });
  expect(back(item)).toEqual(wire);
});

it('a message with a part of an unknown type goes back as it came', () => {
  const wire = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [
      { type: 'output_text', text: 'Look:', annotations: [], logprobs: [] },
      { type: 'hologram', depth: 3 },
    ],
  };
  const item = fromWireItem(wire, mark);
  expect(item).toMatchObject({ content: [{ type: 'output_text', text: 'Look:' }] });
  expect(back(item)).toEqual(wire);
});

it('a file that moves keeps its destination [JS-109]', () => {
  const wire = {
    id: 'apc_1',
    type: 'apply_patch_call',
    call_id: 'call_1',
    status: 'completed',
    operation: { type: 'update_file', path: 'a.ts', diff: '', move_to: 'b.ts' },
  };
  const item = fromWireItem(wire, mark);
  expect(item).toMatchObject({ operation: { moveTo: 'b.ts' } });
  expect(back(item)).toEqual(wire);
});

it('what the server alone may say is not sent back [RUN-12]', () => {
  const wire = { id: 'cmp_1', type: 'compaction', encrypted_content: 'x', created_by: 'me' };
  expect(back(fromWireItem(wire, mark))).toEqual({
    id: 'cmp_1',
    type: 'compaction',
    encrypted_content: 'x',
  });
});

it('what the server alone may say of what a shell printed is not sent back either [RUN-12]', () => {
  const printed = { stdout: 'a', stderr: '', outcome: { type: 'exit', exit_code: 0 } };
  const wire = {
    id: 'sho_1',
    type: 'shell_call_output',
    call_id: 'call_1',
    max_output_length: null,
    output: [{ ...printed, created_by: 'me' }],
    status: 'completed',
    created_by: 'me',
  };
  const returned = back(fromWireItem(wire, mark));
  const { created_by: _createdBy, ...rest } = wire;
  expect(returned).toEqual({ ...rest, output: [printed] });
  expectValidInputItem(returned);
});

it('a custom tool that a server answered goes back without its status, which is refused', () => {
  const wire = {
    id: 'cto_1',
    type: 'custom_tool_call_output',
    call_id: 'call_1',
    output: 'ok',
    status: 'completed',
  };
  const returned = back(fromWireItem(wire, mark));
  const { status: _status, ...rest } = wire;
  expect(returned).toEqual(rest);
  expectValidInputItem(returned);
});

it('the status of reasoning is not sent back: it is refused', () => {
  const wire = { id: 'rs_1', type: 'reasoning', summary: [], status: 'completed' };
  expect(back(fromWireItem(wire, mark))).not.toHaveProperty('status');
});

it('items name who made them', () => {
  const item = fromWireItem(
    { type: 'function_call', call_id: 'c', name: 'n', arguments: '' },
    mark,
  );
  expect(item.providerData).toEqual({ provider: 'openai-responses', model: 'gpt-5.6-luna' });
});

describe('hosted tool calls say what they did', () => {
  it('the name is the wire type', () => {
    const item = fromWireItem({ id: 'ws_1', type: 'web_search_call', status: 'completed' }, mark);
    expect(item).toMatchObject({
      type: 'hosted_tool_call',
      name: 'web_search_call',
      status: 'completed',
    });
  });

  it('a remote tool has arguments and output, a picture its data', () => {
    expect(
      fromWireItem({ type: 'mcp_call', arguments: '{}', output: '6', name: 'roll' }, mark),
    ).toMatchObject({ arguments: '{}', output: '6', providerData: { name: 'roll' } });
    expect(fromWireItem({ type: 'image_generation_call', result: 'aGk=' }, mark)).toMatchObject({
      output: 'aGk=',
    });
  });
});
