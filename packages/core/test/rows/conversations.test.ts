import { describe, expect, it } from 'vitest';
import { Agent, assistant, computerTool, handoff, MemorySession, run, RunState, system, tool, user } from '../../src/index.js';
import type { AgentInputItem, AgentOptions, Computer, HandoffInputFilter, ReasoningItem, RunItem, RunOptions } from '../../src/index.js';
import { functionCall, reasoning, ScriptedModel } from '../../src/testing/index.js';
import type { ScriptedAnswer } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';
import type { Scenario, World } from '../support/modes.js';

const act = tool({ name: 'act', execute: () => 'Acted' });
const result = (callId: string): AgentInputItem => ({ type: 'function_call_result', callId, name: 'act', status: 'completed', output: 'Acted' });
const thought = (id: string): ReasoningItem => ({ ...reasoning('Hm'), id });
const kinds = (items: readonly AgentInputItem[] | undefined): (string | undefined)[] | undefined =>
  items?.map((item) => ('role' in item ? item.role : item.type));

describe('a run', () => {
  scenario(
    'calls start hooks, then asks, counts, acts; start hooks again only for another agent [RUN-8, LC-1]',
    {
      process: (world) => {
        const counted = tool({
          name: 'act',
          execute: (_input, runContext) => world.note(`acted after ${runContext.usage.requests}`),
        });
        const b = new Agent({ name: 'B', model: world.model(['Done'], { name: 'b' }) });
        const model = world.model([functionCall('act', {}, 'c1'), functionCall('act', {}, 'c2'), functionCall('transfer_to_b')], { name: 'a' });
        return { agent: new Agent({ name: 'A', model, tools: [counted], handoffs: [b] }) };
      },
    },
    ({ hooks, notes }) => {
      expect(hooks.filter((hook) => hook.startsWith('run'))).toEqual([
        'run agent_start A 1',
        'run llm_start A',
        'run llm_end A 1',
        'run agent_tool_start A act',
        'run agent_tool_end A act null',
        'run llm_start A',
        'run llm_end A 1',
        'run agent_tool_start A act',
        'run agent_tool_end A act null',
        'run llm_start A',
        'run llm_end A 1',
        'run agent_handoff A B',
        'run agent_start B 7',
        'run llm_start B',
        'run llm_end B 1',
        'run agent_end B Done',
      ]);
      expect(notes).toEqual(['acted after 1', 'acted after 2']);
    },
  );
});

// The activation count differs between processes, so that it is shown outside of the modes.
it.each([false, true])('tools are resolved once per activation of an agent, streamed %s [X-16, RUN-7]', async (stream) => {
  let resolved = 0;
  const counted = tool({ name: 'act', isEnabled: () => ++resolved > 0, execute: () => 'Acted' });
  const a: Agent = new Agent({
    name: 'A',
    model: new ScriptedModel([functionCall('act'), functionCall('act'), functionCall('transfer_to_b'), 'Done']),
    tools: [counted],
    handoffs: [() => b],
  });
  const b: Agent = new Agent({ name: 'B', model: new ScriptedModel([functionCall('transfer_to_a')]), handoffs: [a] });
  const result = stream ? await run(a, 'Hi', { stream }) : await run(a, 'Hi');
  if ('completed' in result) await result.completed;
  expect(result.finalOutput).toBe('Done');
  expect(resolved).toBe(2);
});

describe('who has used a tool', () => {
  scenario(
    'is remembered when the run comes back to it, also in another process [RUN-30, AG-17, X-2]',
    {
      process: (world) => {
        const a: Agent = new Agent({
          name: 'A',
          model: world.model([functionCall('act'), functionCall('transfer_to_b'), 'Done'], { name: 'a' }),
          modelSettings: { toolChoice: 'required' },
          tools: [act],
          handoffs: [() => b],
        });
        const b: Agent = new Agent({ name: 'B', model: world.model([functionCall('transfer_to_a')], { name: 'b' }), handoffs: [a] });
        return { agent: a };
      },
    },
    ({ requests }) =>
      expect(requests.filter((each) => each.model === 'a').map((each) => each.modelSettings.toolChoice)).toEqual(['required', undefined, undefined]),
  );
});

describe('what the caller gives', () => {
  const shellCall: AgentInputItem = { type: 'shell_call', callId: 's1', action: { commands: ['ls'] } };

  scenario(
    'is kept as it is: half a pair stays, also a shell call, and the same item twice [RUN-08, RUN-11, RUN-04, B5]',
    {
      process: (world) => ({ agent: new Agent({ name: 'A', model: world.model([functionCall('act'), 'Done']), tools: [act] }) }),
      input: [user('Same'), user('Same'), functionCall('gone', {}, 'g1'), shellCall, user('Now')],
      unpaired: true,
    },
    ({ requests, history }) => {
      const given = ['user', 'user', 'function_call', 'shell_call', 'user'];
      expect(kinds(requests[0]?.input)).toEqual(given);
      expect(kinds(requests[1]?.input)).toEqual([...given, 'function_call', 'function_call_result']);
      expect(kinds(history)).toEqual([...given, 'function_call', 'function_call_result', 'assistant']);
    },
  );

  it('may be one item object many times, also for a provider that keeps the conversation: each place counts [RUN-04, RUN-03]', async () => {
    const same = user('Same');
    const model = new ScriptedModel([functionCall('act', {}, 'c1'), functionCall('act', {}, 'c1'), 'Done']);
    const agent = new Agent({ name: 'A', model, tools: [act] });
    await run(agent, [same, same], { conversationId: 'conv_1' });
    expect(model.calls.map((call) => kinds(call.input))).toEqual([['user', 'user'], ['function_call_result'], ['function_call_result']]);
  });

  it('loses half a pair that a filter leaves behind, in the request only [RUN-08]', async () => {
    const model = new ScriptedModel([functionCall('act', {}, 'c1'), 'Done']);
    const result = await run(new Agent({ name: 'A', model, tools: [act] }), [functionCall('gone', {}, 'g1'), user('Hi')], {
      callModelInputFilter: ({ modelData }) => ({
        ...modelData,
        input: modelData.input.filter((item) => item.type !== 'function_call_result'),
      }),
    });
    expect(kinds(model.calls[1]?.input)).toEqual(['function_call', 'user']);
    expect(kinds(result.history)).toEqual(['function_call', 'user', 'function_call', 'function_call_result', 'assistant']);
  });
});

describe('a filter of the input, where the provider keeps the conversation', () => {
  const dropping = (drops: (item: AgentInputItem) => boolean): RunOptions['callModelInputFilter'] => ({ modelData }) => ({
    ...modelData,
    input: structuredClone(modelData.input.filter((item) => !drops(item))),
  });
  const asked = (script: readonly ScriptedAnswer[], callModelInputFilter: RunOptions['callModelInputFilter'], input = [user('Hi')]): Scenario => ({
    process: (world) => ({
      agent: new Agent({ name: 'A', model: world.model(script), tools: [act] }),
      options: { conversationId: 'conv_1', callModelInputFilter },
    }),
    input,
  });

  scenario(
    'cannot lose the output of a call that the provider has [B4]',
    asked(
      [[functionCall('act', {}, 'c1'), functionCall('act', {}, 'c1')], 'Done'],
      dropping((item) => item.type === 'function_call_result'),
    ),
    ({ requests }) => expect(requests[1]?.input).toEqual([result('c1'), result('c1')]),
  );

  scenario(
    'may put another output in its place, which is sent once [B17]',
    asked([functionCall('act', {}, 'c1'), functionCall('act', {}, 'c1'), 'Done'], ({ modelData }) => ({
      ...modelData,
      input: modelData.input.map((item) => (item.type === 'function_call_result' ? { ...item, output: 'Hidden' } : item)),
    })),
    ({ requests }) =>
      expect(requests.slice(1).map((each) => each.input)).toEqual([[{ ...result('c1'), output: 'Hidden' }], [{ ...result('c1'), output: 'Hidden' }]]),
  );

  scenario(
    'is offered again what it left out, until it lets it through, once [B3, B7]',
    asked(
      [functionCall('act', {}, 'c1'), functionCall('act', {}, 'c2'), functionCall('act', {}, 'c3'), 'Done'],
      ({ modelData: { input, instructions } }) => ({
        instructions,
        input: input.filter((item) => !('role' in item) || input.some((other) => 'callId' in other && other.callId === 'c2')),
      }),
      [user('One'), user('Two')],
    ),
    ({ requests }) =>
      expect(requests.map((each) => each.input)).toEqual([
        [],
        [result('c1')],
        [user('One'), user('Two'), result('c2')],
        [result('c3')],
      ]),
  );

  scenario(
    'that changes the list it was given loses no output either [B4]',
    asked([functionCall('act', {}, 'c1'), 'Done'], ({ modelData }) => {
      (modelData.input as AgentInputItem[]).splice(0); // as JavaScript lets it
      return modelData;
    }),
    ({ requests }) => expect(requests.map((each) => each.input)).toEqual([[], [result('c1')]]),
  );

  const same = user('Same');
  scenario(
    'that lets all through is offered nothing twice, also where one item object has two places [B7, RUN-04]',
    asked([functionCall('act', {}, 'c1'), 'Done'], ({ modelData }) => modelData, [same, same]),
    ({ requests }) => expect(requests.map((each) => each.input)).toEqual([[same, same], [result('c1')]]),
  );

  scenario(
    'that writes items of its own is offered nothing twice: they may stand for what is gone [B7]',
    asked([functionCall('act', {}, 'c1'), 'Done'], ({ modelData }) => ({
      ...modelData,
      input: modelData.input.map((item) => ('role' in item ? user('[redacted]') : item)),
    })),
    ({ requests }) => expect(requests.map((each) => each.input)).toEqual([[user('[redacted]')], [result('c1')]]),
  );
});

describe('the ids of reasoning', () => {
  const script = () => [[thought('rs_2'), functionCall('act')], 'Done'];
  const ids = (items: readonly AgentInputItem[] | undefined) => items?.flatMap((item) => (item.type === 'reasoning' ? [item.id] : []));

  scenario(
    'are sent back by default, those of a session, too [RUN-14]',
    {
      process: (world) => ({
        agent: new Agent({ name: 'A', model: world.model(script()), tools: [act] }),
        options: { session: world.session('s', [thought('rs_1'), assistant('Earlier')]) },
      }),
    },
    ({ requests }) => expect(requests.map((each) => ids(each.input))).toEqual([['rs_1'], ['rs_1', 'rs_2']]),
  );

  scenario(
    'of reasoning are left out of every request where the run says so, and stay in the record [RUN-14, SES-09, JS-56]',
    {
      process: (world) => ({
        agent: new Agent({ name: 'A', model: world.model(script()), tools: [act] }),
        options: { session: world.session('s', [thought('rs_1'), assistant('Earlier')]), reasoningItemIdPolicy: 'omit' },
      }),
    },
    ({ requests, history, session }) => {
      expect(requests.map((each) => ids(each.input))).toEqual([[undefined], [undefined, undefined]]);
      expect(ids(history)).toEqual(['rs_1', 'rs_2']);
      expect(ids(session)).toEqual(['rs_1', 'rs_2']);
    },
  );
});

it('reasoning without its id is sent once to a provider that keeps the conversation [B10]', async () => {
  const model = new ScriptedModel([functionCall('act', {}, 'c1'), 'Done']);
  const agent = new Agent({ name: 'A', model, tools: [act] });
  const options = { conversationId: 'conv_1', reasoningItemIdPolicy: 'omit' } as const;
  await run(agent, [thought('rs_1'), user('Hi')], options);
  expect(model.calls.map((call) => call.input)).toEqual([[reasoning('Hm'), user('Hi')], [result('c1')]]);
});

describe('a handoff where the provider keeps the conversation', () => {
  it('tells the next agent nothing anew, and says that nestHandoffHistory has no effect [B20]', async () => {
    const b = new Agent({ name: 'B', model: new ScriptedModel(['Done'], { name: 'b' }) });
    const a = new Agent({ name: 'A', model: new ScriptedModel([functionCall('transfer_to_b', {}, 'h1')], { name: 'a' }), handoffs: [b] });
    const warnings: string[] = [];
    const logger = { debug: () => undefined, error: () => undefined, warn: (text: string) => void warnings.push(text) };
    await run(a, 'Hi', { conversationId: 'conv_1', nestHandoffHistory: true, logger });
    expect(warnings).toEqual([expect.stringContaining('nestHandoffHistory has no effect')]);
    expect((b.model as ScriptedModel).calls.map((call) => kinds(call.input))).toEqual([['function_call_result']]);
  });
});

describe('after a handoff', () => {
  const handing = (world: World, inputFilter?: HandoffInputFilter): Agent => {
    const b = new Agent({ name: 'B', model: world.model(['Done'], { name: 'b' }) });
    const model = world.model([functionCall('act', {}, 'c1'), functionCall('transfer_to_b', {}, 't1')], { name: 'a' });
    return new Agent({ name: 'A', model, tools: [act], handoffs: [handoff(b, inputFilter && { inputFilter })] });
  };

  scenario(
    'with a filter the history stays whole, and the session; only the next agent sees less [RUN-15, HND-04]',
    {
      process: (world) => ({
        agent: handing(world, (data) => ({ ...data, preHandoffItems: [], newItems: [] })),
        options: { session: world.session() },
      }),
    },
    ({ requests, history, session }) => {
      expect(kinds(requests.at(-1)?.input)).toEqual(['user']);
      expect(kinds(history)).toEqual(['user', 'function_call', 'function_call_result', 'function_call', 'function_call_result', 'assistant']);
      expect(session).toEqual(history);
    },
  );

  scenario(
    'the next agent may be told everything in one message; the session keeps the items [HND-04, HND-05]',
    {
      process: (world) => ({
        agent: handing(world),
        options: { session: world.session(), nestHandoffHistory: true },
      }),
      input: 'Line one\nLine two',
    },
    ({ requests, history, session }) => {
      const input = requests.at(-1)?.input;
      expect(kinds(input)).toEqual(['user']);
      const text = JSON.stringify(input);
      for (const part of ['Line one', 'Line two', 'act', 'Acted', 'transfer_to_b']) expect(text).toContain(part);
      expect(history).toHaveLength(6);
      expect(session).toEqual(history);
    },
  );

  it('told everything in one message, a second handoff takes the first message apart [HND-05]', async () => {
    const c = new ScriptedModel(['Done']);
    const b = new Agent({ name: 'B', model: new ScriptedModel([functionCall('transfer_to_c')]), handoffs: [new Agent({ name: 'C', model: c })] });
    const a = new Agent({ name: 'A', model: new ScriptedModel([functionCall('transfer_to_b')]), handoffs: [b] });
    await run(a, 'Line one\nLine two', { nestHandoffHistory: true });
    const [message, ...others] = c.calls[0]?.input ?? [];
    expect(others).toEqual([]);
    const text = message !== undefined && 'content' in message ? String(message.content) : '';
    expect(text.match(/<conversation_history>/g)).toHaveLength(1);
    expect(text).toContain('transfer_to_b');
    expect(text).toContain('transfer_to_c');
    expect(text).toContain('Line two');
  });

  it('what a mapper returns is exactly what the next agent sees [HND-07]', async () => {
    const b = new ScriptedModel(['Done']);
    const a = new Agent({ name: 'A', model: new ScriptedModel([functionCall('transfer_to_b')]), handoffs: [new Agent({ name: 'B', model: b })] });
    const mapped = [user('Same'), user('Same')];
    await run(a, [user('Twice'), user('Twice')], { nestHandoffHistory: true, handoffHistoryMapper: () => mapped });
    expect(b.calls[0]?.input).toEqual(mapped);
  });

  it('a filter is shown no approvals: what waited has its output [JS-96]', async () => {
    const seen: RunItem['type'][][] = [];
    const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'Paid' });
    const b = new Agent({ name: 'B', model: new ScriptedModel(['Done']) });
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([[functionCall('pay'), functionCall('transfer_to_b')]]),
      tools: [pay],
      handoffs: [
        handoff(b, {
          inputFilter: (data) => {
            seen.push(data.newItems.map((item) => item.type));
            return data;
          },
        }),
      ],
    });
    const { state } = await run(agent, 'Hi');
    expect(seen).toEqual([]);
    for (const each of state.getInterruptions()) state.approve(each);
    await run(agent, state);
    expect(seen).toEqual([['tool_call_item', 'handoff_call_item', 'tool_call_output_item', 'handoff_output_item']]);
  });
});

describe('a run that waits', () => {
  const paying = (needsApproval: boolean, script: ConstructorParameters<typeof ScriptedModel>[0], more: Partial<AgentOptions> = {}): { agent: Agent; model: ScriptedModel; paid: () => number } => {
    let paid = 0;
    const pay = tool({ name: 'pay', needsApproval, execute: () => `Paid ${++paid}` });
    const model = new ScriptedModel(script);
    return { agent: new Agent({ name: 'A', model, tools: [pay], ...more }), model, paid: () => paid };
  };

  it('gives its interruptions as lists of one\'s own, which can still be approved [RUN-50]', async () => {
    const { agent, paid } = paying(true, [[functionCall('pay', {}, 'c1'), functionCall('pay', {}, 'c2')], 'Done']);
    const { state, interruptions } = await run(agent, 'Hi');
    const list = state.getInterruptions();
    list.pop();
    interruptions.length = 0;
    expect(state.getInterruptions()).toHaveLength(2);
    for (const each of [...list, ...state.getInterruptions().slice(1)]) state.approve(each);
    const result = await run(agent, state);
    expect(result.finalOutput).toBe('Done');
    expect(paid()).toBe(2);
  });

  it('looks at names again when it goes on, before any side effect [RUN-25]', async () => {
    const first = paying(true, [functionCall('pay')]);
    const { state } = await run(first.agent, 'Hi');
    for (const each of state.getInterruptions()) state.approve(each);
    const second = paying(true, ['never']);
    const twice = second.agent.clone({ tools: [...second.agent.tools, ...second.agent.tools] });
    await expect(run(twice, RunState.fromString(twice, state.toString()))).rejects.toThrow('two tools named "pay"');
    expect(second.paid()).toBe(0);
    expect(second.model.calls).toEqual([]);
  });

  it('goes on in the same turn: the limit of turns is not reached by asking [JS-3]', async () => {
    const { agent } = paying(true, [functionCall('pay')], { toolUseBehavior: 'stop_on_first_tool' });
    const { state } = await run(agent, 'Hi', { maxTurns: 1 });
    for (const each of state.getInterruptions()) state.approve(each);
    const result = await run(agent, state);
    expect(result.finalOutput).toBe('Paid 1');
    expect(result.state.turn).toBe(1);
  });

  it('holds a decision for the call as it was shown, letter by letter [HIT-05]', async () => {
    const { agent, paid } = paying(true, [functionCall('pay', '{"to":null}')]);
    const { state } = await run(agent, 'Hi');
    const [waiting] = state.getInterruptions();
    if (waiting === undefined) throw new Error('nothing waits');
    state.approve(waiting);
    const changed = state.toString().replace('"arguments":"{\\"to\\":null}","status"', '"arguments":"{}","status"');
    expect(changed).not.toBe(state.toString());
    await expect(run(agent, RunState.fromString(agent, changed))).rejects.toThrow('not the one that was approved');
    expect(paid()).toBe(0);
  });

  it('puts what a user says meanwhile behind the answers to its calls [HIT-09, JS-61]', async () => {
    const { agent, model } = paying(true, [functionCall('pay'), 'Done']);
    const { state } = await run(agent, 'Hi');
    state.addInput('Hurry up');
    for (const each of state.getInterruptions()) state.approve(each);
    const back = RunState.fromString(agent, state.toString());
    const result = await run(agent, back);
    expect(kinds(model.calls[1]?.input)).toEqual(['user', 'function_call', 'function_call_result', 'user']);
    expect(kinds(result.history)).toEqual(['user', 'function_call', 'function_call_result', 'user', 'assistant']);
  });

  it('told a provider that keeps the conversation nothing twice [JS-58, RUN-05]', async () => {
    const { agent, model } = paying(true, [functionCall('act', {}, 'c1'), [functionCall('act', {}, 'c2'), functionCall('pay', {}, 'c3')], 'Done']);
    const whole = agent.clone({ tools: [...agent.tools, act] });
    const { state } = await run(whole, 'Hi', { conversationId: 'conv_1' });
    for (const each of state.getInterruptions()) state.approve(each);
    await run(whole, RunState.fromString(whole, state.toString()), { conversationId: 'conv_1' });
    const ids = model.calls.map((call) => call.input.map((item) => ('callId' in item ? item.callId : 'user')));
    expect(ids).toEqual([['user'], ['c1'], ['c2', 'c3']]);
  });

  it('rejected with an empty message reads the default one [HIT-07]', async () => {
    const { agent } = paying(true, [functionCall('pay'), 'Done']);
    const { state } = await run(agent, 'Hi');
    for (const each of state.getInterruptions()) state.reject(each, { message: '' });
    const { newItems } = await run(agent, state);
    expect(newItems[1]).toMatchObject({ output: 'Tool execution was not approved.' });
  });

  it('has the outputs of approved tools in its session before the final output is checked [SES-04]', async () => {
    const session = new MemorySession();
    let stored: (string | undefined)[] | undefined;
    const { agent } = paying(true, [functionCall('pay'), 'Rude words'], {
      outputGuardrails: [
        {
          name: 'tone',
          execute: async () => {
            stored = kinds(await session.getItems());
            return { tripwireTriggered: true };
          },
        },
      ],
    });
    const { state } = await run(agent, 'Hi', { session });
    for (const each of state.getInterruptions()) state.approve(each);
    await expect(run(agent, state, { session })).rejects.toThrow('tripwire');
    expect(stored).toEqual(['user', 'function_call', 'function_call_result']);
    expect(kinds(await session.getItems())).toEqual(stored);
  });
});

describe('a stored history', () => {
  scenario(
    'is replayed with its system messages [JS-74]',
    {
      process: (world) => ({
        agent: new Agent({ name: 'A', instructions: 'Of the agent', model: world.model(['Done']) }),
        options: { session: world.session('s', [system('Of the app'), user('Earlier'), assistant('Answered')]) },
      }),
    },
    ({ requests }) => expect(kinds(requests[0]?.input)).toEqual(['system', 'user', 'assistant', 'user']),
  );

  scenario(
    'that a callback repeats, reorders and cuts is still the stored one: only what is new is stored [JS-64, SES-07]',
    {
      process: (world) => ({
        agent: new Agent({ name: 'A', model: world.model(['Done']) }),
        options: {
          session: world.session('s', [user('One'), assistant('Two')]),
          sessionInputCallback: (history, fresh) => [...history.toReversed(), ...history.slice(0, 1), ...fresh, user('One')],
        },
      }),
      input: 'One',
    },
    ({ requests, session }) => {
      const said = (items: readonly AgentInputItem[] | undefined) => kinds(items)?.join(' ');
      expect(said(requests[0]?.input)).toBe('assistant user user user user');
      // Stored: the two of before, the new one, the one that the callback made, the answer.
      expect(said(session)).toBe('user assistant user user assistant');
    },
  );
});

describe('a history that a callback cuts', () => {
  const earlier = [user('One'), functionCall('act', {}, 'c1'), result('c1'), assistant('Two')];

  scenario(
    'loses the outputs whose calls are cut off: the model gets whole pairs [SES-08, RUN-08]',
    {
      process: (world) => ({
        agent: new Agent({ name: 'A', model: world.model(['Done']) }),
        options: {
          session: world.session('s', earlier),
          sessionInputCallback: (history, fresh) => [...history.slice(-2), ...fresh],
        },
      }),
    },
    ({ requests, session }) => {
      expect(kinds(requests[0]?.input)).toEqual(['assistant', 'user']);
      expect(kinds(session)).toEqual(['user', 'function_call', 'function_call_result', 'assistant', 'user', 'assistant']);
    },
  );

  scenario(
    'never loses a new output [SES-08]',
    {
      process: (world) => ({
        agent: new Agent({ name: 'A', model: world.model(['Done']) }),
        options: {
          session: world.session('s', earlier.slice(0, 2)),
          sessionInputCallback: (_history, fresh) => fresh,
        },
      }),
      input: [result('c1')],
      unpaired: true,
    },
    ({ requests }) => expect(kinds(requests[0]?.input)).toEqual(['function_call_result']),
  );
});

describe('a call that nobody answered', () => {
  scenario(
    'is answered when its turn is closed, so that history and session are whole [JS-79, JS-22]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([[functionCall('fails'), functionCall('never')]]),
          tools: [
            tool({ name: 'fails', errorFunction: null, execute: () => { throw new Error('Broken'); } }),
            tool({
              name: 'never',
              errorFunction: null,
              execute: (_input, _context, { signal }) =>
                new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true })),
            }),
          ],
        }),
        options: { session: world.session() },
      }),
    },
    ({ history, session, error }) => {
      expect(error?.name).toBe('ToolCallError');
      expect(kinds(history)).toEqual(['user', 'function_call', 'function_call', 'function_call_result', 'function_call_result']);
      expect(session).toEqual(history);
    },
  );
});

describe('what is optional', () => {
  it('counts where it is given, also where it is 0, false or empty [RUN-42]', async () => {
    const sub = new Agent({ name: 'Sub', model: new ScriptedModel(['Words', 'Words']) });
    const zero = sub.asTool({ toolName: 'zero', customOutputExtractor: () => 0 });
    const empty = sub.asTool({ toolName: 'empty', customOutputExtractor: () => '' });
    const none = sub.asTool({ toolName: 'none', runOptions: { maxTurns: 0 } });
    const call = (name: string) => functionCall(name, { input: 'x' });
    const model = new ScriptedModel([[call('zero'), call('empty'), call('none')], 'Done']);
    const b = handoff(new Agent({ name: 'B' }), { toolDescriptionOverride: '' });
    const agent = new Agent({ name: 'A', model, tools: [zero, empty, none], handoffs: [b], instructions: () => '' });
    const { newItems } = await run(agent, 'Hi', { groupId: '', workflowName: '' });
    const outputs = newItems.flatMap((item) => (item.type === 'tool_call_output_item' ? [item.output] : []));
    expect(outputs.slice(0, 2)).toEqual([0, '']);
    expect(outputs[2]).toContain('Max turns (0) exceeded');
    expect(model.calls[0]?.request.handoffs[0]?.toolDescription).toBe('');
    expect(model.calls[0]?.request.systemInstructions).toBeUndefined();
    await expect(run(agent, 'Hi', { maxTurns: 0 })).rejects.toThrow('Max turns (0) exceeded');
    await expect(run(agent, 'Hi', { conversationId: '', previousResponseId: '' })).rejects.toThrow('cannot be combined');
  });
});

describe('a computer', () => {
  it('is an object with one method per action, made a tool of [CU-1, TL-12]', async () => {
    const done: string[] = [];
    const note = (name: string) => (...args: unknown[]): void => void done.push(`${name} ${JSON.stringify(args.slice(0, -1))}`);
    const computer: Computer = {
      environment: 'browser',
      dimensions: [800, 600],
      screenshot: () => 'cGljdHVyZQ==',
      click: note('click'),
      doubleClick: note('doubleClick'),
      scroll: note('scroll'),
      type: note('type'),
      wait: note('wait'),
      move: note('move'),
      keypress: note('keypress'),
      drag: note('drag'),
    };
    const actions = [
      { type: 'click', x: 1, y: 2, button: 'left' },
      { type: 'double_click', x: 3, y: 4 },
      { type: 'scroll', x: 5, y: 6, scroll_x: 0, scroll_y: 9 },
      { type: 'type', text: 'Hi' },
      { type: 'wait' },
      { type: 'move', x: 7, y: 8 },
      { type: 'keypress', keys: ['CTRL', 'A'] },
      { type: 'drag', path: [{ x: 1, y: 1 }, { x: 2, y: 2 }] },
    ];
    const model = new ScriptedModel([{ type: 'computer_call', callId: 'c1', actions }, 'Done']);
    const { newItems } = await run(new Agent({ name: 'A', model, tools: [computerTool({ computer })] }), 'Hi');
    expect(done.map((line) => line.split(' ')[0])).toEqual(['click', 'doubleClick', 'scroll', 'type', 'wait', 'move', 'keypress', 'drag']);
    expect(done[0]).toBe('click [1,2,"left"]');
    expect(newItems[1]?.rawItem).toMatchObject({ type: 'computer_call_result', callId: 'c1' });
    expect(model.calls[0]?.request.tools[0]).toMatchObject({ type: 'computer', environment: 'browser', dimensions: [800, 600] });
  });
});
