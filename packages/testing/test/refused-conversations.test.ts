import { describe, expect, it } from 'vitest';
import { customToolCall, functionCall, message, type OutputItem, reasoning } from '../src/index.js';
import { post } from './support/post.js';
import { itRefuses, model, type Refusal, row } from './support/refusals.js';
import { withServer } from './support/with-server.js';

const user = { role: 'user', content: 'Hi' };
const call = { type: 'function_call', call_id: 'call_a', name: 'f', arguments: '{}' };
const callOutput = { type: 'function_call_output', call_id: 'call_a', output: 'x' };
const screenshot = { type: 'computer_screenshot', image_url: 'https://example.com/x.png' };
const shellAction = { type: 'exec', command: ['ls'], env: {} };

/** A call of every kind that a client has to answer, its callOutput, and OpenAI's words for it. */
const PAIRS: readonly [words: string, call: object, output: object][] = [
  ['function call', call, callOutput],
  [
    'custom tool call',
    { type: 'custom_tool_call', call_id: 'call_a', name: 't', input: 'x' },
    { type: 'custom_tool_call_output', call_id: 'call_a', output: 'x' },
  ],
  [
    'computer call',
    {
      type: 'computer_call',
      id: 'cu_a',
      call_id: 'call_a',
      pending_safety_checks: [],
      status: 'completed',
    },
    { type: 'computer_call_output', call_id: 'call_a', output: screenshot },
  ],
  [
    'local shell call',
    {
      type: 'local_shell_call',
      id: 'lsh_a',
      call_id: 'call_a',
      action: shellAction,
      status: 'completed',
    },
    { type: 'local_shell_call_output', call_id: 'call_a', output: 'x' },
  ],
  [
    'shell call',
    { type: 'shell_call', call_id: 'call_a', action: { commands: ['ls'] } },
    {
      type: 'shell_call_output',
      call_id: 'call_a',
      output: [{ stdout: 'x', stderr: '', outcome: { type: 'exit', exit_code: 0 } }],
    },
  ],
  [
    'apply patch call',
    {
      type: 'apply_patch_call',
      call_id: 'call_a',
      status: 'completed',
      operation: { type: 'delete_file', path: 'x' },
    },
    { type: 'apply_patch_call_output', call_id: 'call_a', status: 'completed' },
  ],
  [
    'tool search call',
    { type: 'tool_search_call', call_id: 'call_a', arguments: {}, execution: 'client' },
    { type: 'tool_search_output', call_id: 'call_a', tools: [], execution: 'client' },
  ],
];

const CONVERSATIONS: readonly Refusal[] = [
  ...PAIRS.flatMap(([words, one, answer]) => [
    row(
      `a ${words} without its output`,
      { input: [user, one] },
      { message: `No tool output found for ${words} call_a.`, param: 'input' },
    ),
    row(
      `a ${words} output without its call`,
      { input: [user, answer] },
      { message: `No tool call found for ${words} output with call_id call_a.`, param: 'input' },
    ),
    row(
      `a second output of a ${words}`,
      { input: [user, one, answer, answer] },
      { message: `Duplicate tool output found for ${words} call_a.`, param: 'input' },
    ),
  ]),
  row(
    'an output before its call',
    { input: [user, callOutput, call] },
    { message: 'No tool call found for function call output with call_id call_a.', param: 'input' },
  ),
  row(
    'an output of another kind than its call',
    { input: [user, call, { ...callOutput, type: 'custom_tool_call_output' }] },
    { message: 'No tool call found for custom tool call output', param: 'input' },
  ),
  row(
    'a call id that still waits, again',
    { input: [user, call, call, callOutput] },
    { message: 'Duplicate function call found with call_id call_a.', param: 'input' },
  ),
  row(
    'an item that is there twice',
    { input: [{ ...call, id: 'fc_a' }, callOutput, { ...call, id: 'fc_a' }, callOutput] },
    {
      message:
        'Duplicate item found with id fc_a. Remove duplicate items from your input and try again.',
      param: 'input',
    },
  ),
  row(
    'a reference to nothing',
    { input: [user, { type: 'item_reference', id: 'msg_9' }] },
    {
      status: 404,
      message:
        "Item with id 'msg_9' not found. Items are not persisted when `store` is set to false.",
      param: 'input',
    },
  ),
  row(
    'reasoning that only its id could bring back',
    {
      input: [
        user,
        { type: 'reasoning', id: 'rs_9', summary: [] },
        { role: 'assistant', content: 'x' },
      ],
    },
    { status: 404, message: "Item with id 'rs_9' not found.", param: 'input' },
  ),
  row(
    'reasoning at the end',
    { input: [user, { type: 'reasoning', id: 'rs_9', summary: [], encrypted_content: 'x' }] },
    {
      message: "Item 'rs_9' of type 'reasoning' was provided without its required following item.",
      param: 'input',
    },
  ),
  row(
    'reasoning before a user message',
    { input: [{ type: 'reasoning', id: 'rs_9', summary: [], encrypted_content: 'x' }, user] },
    {
      message: "Item 'rs_9' of type 'reasoning' was provided without its required following item.",
      param: 'input',
    },
  ),
];

itRefuses(CONVERSATIONS);

/** Runs two requests: the first gets the output, the second is made from the first response and must be refused or not. */
async function second(
  output: readonly OutputItem[],
  next: (first: { id: string; output: readonly Record<string, unknown>[] }) => object,
  settings: object = {},
): Promise<string> {
  const server = await withServer({ script: [output, 'Fine.'] });
  const first = (await post(server.url, { model, input: 'Hi', ...settings })).json();
  const answer = await post(server.url, { model, ...next(first as Parameters<typeof next>[0]) });
  if (answer.status === 200) return 'accepted';
  return (answer.json() as { error: { message: string } }).error.message;
}

const answer = (callId: string): object => ({
  type: 'function_call_output',
  call_id: callId,
  output: 'x',
});

describe('what came before decides: the server', () => {
  it('refuses a continued response whose call has no output', async () => {
    const refusal = await second([functionCall('f')], ({ id }) => ({
      previous_response_id: id,
      input: 'Go on',
    }));
    expect(refusal).toBe('No tool output found for function call call_1.');
  });

  it('refuses one of two outputs missing', async () => {
    const next = ({ id }: { id: string }): object => ({
      previous_response_id: id,
      input: [answer('call_2')],
    });
    expect(await second([functionCall('f'), functionCall('g')], next)).toBe(
      'No tool output found for function call call_1.',
    );
  });

  it('accepts outputs in any order', async () => {
    const next = ({ id }: { id: string }): object => ({
      previous_response_id: id,
      input: [answer('call_2'), answer('call_1')],
    });
    expect(await second([functionCall('f'), functionCall('g')], next)).toBe('accepted');
  });

  it('refuses an item that it already has', async () => {
    const next = ({ id, output }: { id: string; output: readonly object[] }): object => ({
      previous_response_id: id,
      input: [...output, answer('call_1')],
    });
    expect(await second([functionCall('f')], next)).toContain('Duplicate item found with id fc_1.');
  });

  it('refuses to continue what it was told not to store', async () => {
    const refusal = await second(
      [message('Hi')],
      ({ id }) => ({ previous_response_id: id, input: 'Go on' }),
      { store: false },
    );
    expect(refusal).toBe("Previous response with id 'resp_1' not found.");
  });

  it('accepts a call id that comes back in a later turn', async () => {
    const turn = [call, callOutput];
    expect(await second([message('Hi')], () => ({ input: [user, ...turn, user, ...turn] }))).toBe(
      'accepted',
    );
  });

  it('accepts everything it said, replayed', async () => {
    const said = [
      reasoning('Hm.'),
      message('One moment.'),
      functionCall('f'),
      customToolCall('t', 'x'),
    ];
    const custom = { type: 'custom_tool_call_output', call_id: 'call_2', output: 'x' };
    expect(
      await second(said, ({ output }) => ({ input: [user, ...output, answer('call_1'), custom] })),
    ).toBe('accepted');
  });

  it('refuses a call without the reasoning it came with', async () => {
    const refusal = await second([reasoning('Hm.'), functionCall('f')], ({ output }) => ({
      input: [user, output[1], answer('call_1')],
    }));
    expect(refusal).toBe(
      "Item 'fc_1' of type 'function_call' was provided without its required 'reasoning' item: 'rs_1'.",
    );
  });

  it('refuses a message without the reasoning it came with', async () => {
    const refusal = await second([reasoning('Hm.'), message('Hi')], ({ output }) => ({
      input: [user, output[1], user],
    }));
    expect(refusal).toBe(
      "Item 'msg_1' of type 'message' was provided without its required 'reasoning' item: 'rs_1'.",
    );
  });

  it('refuses reasoning followed by another item than the one it led to', async () => {
    const said = [reasoning('Hm.'), message('Hi'), functionCall('f')];
    const refusal = await second(said, ({ output }) => ({
      input: [user, output[0], output[2], answer('call_1')],
    }));
    expect(refusal).toBe(
      "Item 'rs_1' of type 'reasoning' was provided without its required following item.",
    );
  });

  it('accepts a call without its reasoning when it comes without its id', async () => {
    const said = [reasoning('Hm.'), functionCall('f')];
    expect(
      await second(said, () => ({
        input: [user, { ...call, call_id: 'call_1' }, answer('call_1')],
      })),
    ).toBe('accepted');
  });

  it('accepts reasoning that it did not store when its content is there, encrypted', async () => {
    const said = [reasoning('Hm.'), functionCall('f')];
    const settings = { store: false, include: ['reasoning.encrypted_content'] };
    expect(
      await second(
        said,
        ({ output }) => ({ input: [user, ...output, answer('call_1')] }),
        settings,
      ),
    ).toBe('accepted');
    expect(
      await second(said, ({ output }) => ({ input: [user, ...output, answer('call_1')] }), {
        store: false,
      }),
    ).toContain("Item with id 'rs_1' not found.");
  });
});
