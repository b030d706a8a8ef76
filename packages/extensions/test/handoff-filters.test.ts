import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Agent,
  assistant,
  findUnpairedItems,
  handoff,
  MemorySession,
  run,
  RunMessageOutputItem,
  RunReasoningItem,
  RunToolApprovalItem,
  RunToolCallItem,
  RunToolCallOutputItem,
  system,
  tool,
  user,
  UserError,
} from '@baton/core';
import type { AgentInputItem, HandoffInputData, HandoffInputFilter, RunItem } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import {
  chainHandoffFilters,
  keepLastTurns,
  removeAllTools,
} from '../src/handoff-filters/index.js';

const agent = new Agent({ name: 'A' });
const call = (callId: string) => functionCall('look_up', {}, callId);
const output = (callId: string): AgentInputItem => ({
  type: 'function_call_result',
  callId,
  name: 'look_up',
  output: 'found',
});
const reasoning = (id: string): AgentInputItem => ({ type: 'reasoning', id, content: [] });

/** One of each kind of item that has to do with tools. */
const TOOL_ITEMS: readonly AgentInputItem[] = [
  call('f1'),
  output('f1'),
  { type: 'hosted_tool_call', name: 'web_search_call' },
  { type: 'hosted_tool_call', name: 'mcp_call' },
  { type: 'computer_call', callId: 'c1' },
  { type: 'computer_call_result', callId: 'c1', output: { type: 'computer_screenshot', data: '' } },
  { type: 'shell_call', callId: 's1', action: { commands: ['ls'] } },
  { type: 'shell_call_output', callId: 's1', output: [] },
  { type: 'apply_patch_call', callId: 'p1', operation: { type: 'delete_file', path: 'a' } },
  { type: 'apply_patch_call_output', callId: 'p1', status: 'completed' },
  {
    type: 'hosted_approval_request',
    callId: 'm1',
    serverLabel: 'docs',
    name: 'read',
    arguments: '{}',
  },
  { type: 'hosted_approval_response', callId: 'm1', approve: true },
  { type: 'unknown', providerData: { provider: 'openai', wire: { type: 'mcp_list_tools' } } },
  { type: 'unknown', providerData: { provider: 'openai', wire: { type: 'program' } } },
];

const given = (data: Partial<HandoffInputData>): HandoffInputData => ({
  inputHistory: [],
  preHandoffItems: [],
  newItems: [],
  ...data,
});

async function filtered(
  filter: HandoffInputFilter,
  data: Partial<HandoffInputData>,
): Promise<AgentInputItem[]> {
  const left = await filter(given(data));
  return [
    ...left.inputHistory,
    ...[...left.preHandoffItems, ...left.newItems].map(({ rawItem }) => rawItem),
  ];
}

describe('removeAllTools', () => {
  it.each(TOOL_ITEMS.map((item) => [item.type ?? '', item] as const))(
    'removes %s [HO-12, HND-09, HND-10]',
    async (_type, item) => {
      expect(await filtered(removeAllTools, { inputHistory: [user('Hi'), item] })).toEqual([
        user('Hi'),
      ]);
    },
  );

  it('removes run items of tools, handoffs and approvals from what the run produced [HO-12, HND-10]', () => {
    const raw = call('f1');
    const said = new RunMessageOutputItem(assistant('Hello'), agent);
    const result = output('f1') as Extract<AgentInputItem, { type: 'function_call_result' }>;
    const items: RunItem[] = [
      new RunToolCallItem(raw, agent),
      new RunToolCallOutputItem(result, agent, 'found'),
      new RunToolApprovalItem(raw, agent, '1'),
      said,
    ];
    const left = removeAllTools(given({ preHandoffItems: items, newItems: items }));
    expect(left).toEqual(given({ preHandoffItems: [said], newItems: [said] }));
  });

  it('removes reasoning with the call that it led to, and keeps it with its message [HO-12, HND-10]', async () => {
    const left = await filtered(removeAllTools, {
      inputHistory: [
        user('Hi'),
        reasoning('r1'),
        call('f1'),
        output('f1'),
        reasoning('r2'),
        assistant('Found'),
      ],
    });
    expect(left).toEqual([user('Hi'), reasoning('r2'), assistant('Found')]);
  });

  it('sees that reasoning and what it led to stand in two lists [HO-12]', async () => {
    const thought = { type: 'reasoning', id: 'r1', content: [] } as const;
    const left = await filtered(removeAllTools, {
      preHandoffItems: [new RunReasoningItem(thought, agent)],
      newItems: [new RunToolCallItem(call('f1'), agent)],
    });
    expect(left).toEqual([]);
  });

  it('keeps messages of every role and compactions as they are [HO-12]', async () => {
    const kept: AgentInputItem[] = [
      system('Be brief'),
      user('Hi'),
      { role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] },
      { type: 'compaction', encryptedContent: 'x' },
    ];
    const left = await filtered(removeAllTools, { inputHistory: kept });
    expect(left).toEqual(kept);
    expect(left.every((item, index) => item === kept[index])).toBe(true);
  });
});

describe('keepLastTurns', () => {
  const talk = [
    user('one'),
    assistant('1'),
    user('two'),
    call('f1'),
    output('f1'),
    assistant('2'),
    user('three'),
  ];

  it('keeps what the user said last, and all that followed', async () => {
    expect(await filtered(keepLastTurns(1), { inputHistory: talk })).toEqual(talk.slice(6));
    expect(await filtered(keepLastTurns(2), { inputHistory: talk })).toEqual(talk.slice(2));
  });

  it('keeps a conversation with fewer turns whole', async () => {
    expect(await filtered(keepLastTurns(9), { inputHistory: talk })).toEqual(talk);
  });

  it('counts several messages of the user in a row as one turn', async () => {
    const items = [user('one'), assistant('1'), user('two'), user('and this')];
    expect(await filtered(keepLastTurns(1), { inputHistory: items })).toEqual(items.slice(2));
  });

  it('keeps system messages wherever they stand', async () => {
    const items = [system('Be brief'), user('one'), assistant('1'), user('two')];
    expect(await filtered(keepLastTurns(1), { inputHistory: items })).toEqual([
      system('Be brief'),
      user('two'),
    ]);
  });

  it('removes the output of a call that it has cut off', async () => {
    const items = [user('one'), call('f1'), user('are you there?'), output('f1'), assistant('Yes')];
    expect(await filtered(keepLastTurns(1), { inputHistory: items })).toEqual([
      user('are you there?'),
      assistant('Yes'),
    ]);
  });

  it('counts from the end of what the run produced, not of the history', async () => {
    const said = new RunMessageOutputItem(assistant('Hello'), agent);
    const left = await filtered(keepLastTurns(1), {
      inputHistory: [user('one'), user('two')],
      newItems: [said],
    });
    expect(left).toEqual([user('one'), user('two'), assistant('Hello')]);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s turns', (count) => {
    expect(() => keepLastTurns(count)).toThrow(UserError);
  });
});

describe('chainHandoffFilters', () => {
  it('gives each filter what the one before has left', async () => {
    const seen: number[] = [];
    const count: HandoffInputFilter = (data) => {
      seen.push(data.inputHistory.length);
      return data;
    };
    const chain = chainHandoffFilters(count, removeAllTools, count, keepLastTurns(1), count);
    await filtered(chain, { inputHistory: [user('one'), call('f1'), output('f1'), user('two')] });
    expect(seen).toEqual([4, 2, 2]);
  });

  it('waits for a filter that takes its time', async () => {
    const later: HandoffInputFilter = (data) =>
      Promise.resolve({ ...data, inputHistory: [user('later')] });
    expect(await filtered(chainHandoffFilters(later, removeAllTools), {})).toEqual([user('later')]);
  });

  it('of no filters leaves everything as it is', async () => {
    const data = given({ inputHistory: [user('Hi'), call('f1')] });
    expect(await chainHandoffFilters()(data)).toBe(data);
  });

  it('refuses what is no function', () => {
    const broken = [removeAllTools, undefined] as unknown as HandoffInputFilter[];
    expect(() => chainHandoffFilters(...broken)).toThrow(/Filter 2 .*undefined/);
  });
});

describe('a filtered handoff', () => {
  const lookUp = tool({ name: 'look_up', execute: () => 'found' });

  it('shows the next agent what was said alone; result and session keep everything [EX-1, HO-12]', async () => {
    const second = new ScriptedModel(['Hello from B.']);
    const b = new Agent({ name: 'B', model: second });
    const a = new Agent({
      name: 'A',
      model: new ScriptedModel([
        [reasoning('r1'), call('f1')] as never,
        [assistant('One moment.'), functionCall('transfer_to_b', {}, 'h1')],
      ]),
      tools: [lookUp],
      handoffs: [handoff(b, { inputFilter: removeAllTools })],
    });
    const session = new MemorySession();
    const result = await run(a, 'Hi', { session });
    expect(second.calls[0]?.input).toEqual([user('Hi'), assistant('One moment.')]);
    expect(result.history.map(({ type }) => type)).toContain('function_call');
    expect((await session.getItems()).map(({ type }) => type)).toContain('function_call');
  });

  it('can be cut to the last turn', async () => {
    const second = new ScriptedModel(['Hello from B.']);
    const b = new Agent({ name: 'B', model: second });
    const a = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('transfer_to_b', {}, 'h1')]),
      handoffs: [b],
    });
    const input = [user('one'), assistant('1'), user('two')];
    await run(a, input, {
      handoffInputFilter: chainHandoffFilters(removeAllTools, keepLastTurns(1)),
    });
    expect(second.calls[0]?.input).toEqual([user('two')]);
  });
});

describe('whatever the conversation', () => {
  const ids = fc.constantFrom('1', '2', '3');
  const anyItem: fc.Arbitrary<AgentInputItem> = fc.oneof(
    fc.constant(user('u')),
    fc.constant(system('s')),
    fc.constant(assistant('a')),
    ids.map(call),
    ids.map(output),
    ids.map(reasoning),
    fc.constantFrom(...TOOL_ITEMS),
  );
  // A fresh object each, so that items can be told apart.
  const conversation = fc
    .array(anyItem, { maxLength: 20 })
    .map((items) => items.map((item) => ({ ...item })));
  const filter = fc.oneof(
    fc.constant<HandoffInputFilter>(removeAllTools),
    fc.integer({ min: 1, max: 4 }).map(keepLastTurns),
  );

  it('a filter leaves no half of a pair and no reasoning without what it led to [HO-12, HND-10]', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, filter, async (items, apply) => {
        const { calls, results } = findUnpairedItems(items);
        const alone = new Set([...calls, ...results].map((index) => items[index]));
        const left = await filtered(apply, { inputHistory: items });
        const open = findUnpairedItems(left);
        for (const index of [...open.calls, ...open.results]) expect(alone).toContain(left[index]);
        for (const [index, item] of left.entries()) {
          if (item.type !== 'reasoning') continue;
          const ledTo = items[items.indexOf(item) + 1];
          expect(left[index + 1]).toBe(ledTo);
        }
        expect(items.filter((item) => left.includes(item))).toEqual(left);
      }),
    );
  });
});
