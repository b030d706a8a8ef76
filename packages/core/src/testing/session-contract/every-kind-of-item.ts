import type { AgentInputItem } from '../../item/index.js';

/** An item of every type, with everything in it that a store may lose. */
export const everyKindOfItem: readonly AgentInputItem[] = [
  { type: 'message', role: 'system', content: 'Be brief.' },
  {
    role: 'user', // the type may be left out
    content: [
      { type: 'input_text', text: 'Look:', providerData: { cache: { mode: 'explicit' } } },
      { type: 'input_image', image: 'data:image/png;base64,aGk=', detail: 'low' },
      { type: 'input_image', image: { id: 'file_1' } },
      { type: 'input_file', file: { url: 'https://example.com/a.pdf' }, filename: 'a.pdf' },
      { type: 'audio', audio: 'aGk=', format: null, transcript: null },
    ],
  },
  {
    type: 'reasoning',
    id: 'rs_1',
    content: [{ type: 'input_text', text: 'Hm.' }],
    rawContent: [{ type: 'reasoning_text', text: 'Hm, hm.' }],
    providerData: { provider: 'acme', encrypted_content: 'gAAAA==', status: null },
  },
  {
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    phase: null,
    content: [
      { type: 'output_text', text: '', providerData: { annotations: [], logprobs: [0, -0.5] } },
      { type: 'refusal', refusal: 'No.' },
    ],
    providerData: {
      provider: 'acme',
      model: 'a-1',
      nested: { zero: 0, no: false, list: [[], {}] },
    },
  },
  {
    type: 'function_call',
    id: 'fc_1',
    callId: 'call_1',
    name: 'look_up',
    arguments: '{"query": "a \\"b\\""}',
    status: 'completed',
  },
  { type: 'function_call_result', callId: 'call_1', name: 'look_up', output: 'found' },
  {
    type: 'function_call_result',
    callId: 'call_2',
    name: 'draw',
    status: 'incomplete',
    output: [
      { type: 'input_text', text: 'A chart' },
      { type: 'input_image', image: 'data:image/png;base64,aGk=' },
    ],
  },
  { type: 'hosted_tool_call', name: 'web_search_call', status: 'completed', output: null },
  { type: 'computer_call', callId: 'call_3', actions: [{ type: 'click', x: 1, y: 0 }] },
  {
    type: 'computer_call_result',
    callId: 'call_3',
    output: { type: 'computer_screenshot', data: 'data:image/png;base64,aGk=' },
  },
  { type: 'shell_call', callId: 'call_4', action: { commands: ['ls'], timeoutMs: 100 } },
  {
    type: 'shell_call_output',
    callId: 'call_4',
    output: [{ stdout: 'a\n', stderr: '', outcome: { type: 'exit', exitCode: null } }],
  },
  {
    type: 'apply_patch_call',
    callId: 'call_5',
    operation: { type: 'update_file', path: 'a.ts', diff: '@@\n-a\n+b' },
  },
  { type: 'apply_patch_call_output', callId: 'call_5', status: 'failed', output: 'No such file' },
  { type: 'compaction', encryptedContent: 'gAAAA==' },
  { type: 'unknown', id: 'holo_1', providerData: { type: 'hologram', depth: { z: [1, null] } } },
];
