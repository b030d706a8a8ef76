import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Agent, run, RunState, RunToolApprovalItem, tool, user, UserError } from '../../src/index.js';
import type { FunctionTool, RunItem } from '../../src/index.js';
import type { ScriptedAnswer } from '../../src/testing/index.js';
import { functionCall, reasoning, ScriptedModel } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';
import type { ItemView, Scenario, World } from '../support/modes.js';

type Decide = NonNullable<Scenario['answer']>;

const approveAll: Decide = (state, interruptions) => {
  for (const interruption of interruptions) state.approve(interruption);
};

const outputs = (items: readonly (RunItem | ItemView)[] | undefined): unknown[] =>
  (items ?? []).flatMap((item) =>
    'output' in item.rawItem && 'callId' in item.rawItem ? [item.rawItem.output] : [],
  );

const pay = (amount: number, callId = `c${amount}`) => functionCall('pay', { amount }, callId);

function paying(
  script: readonly ScriptedAnswer[],
  answer: Decide | undefined,
  needsApproval: NonNullable<Parameters<typeof payTool>[1]> = true,
): Scenario {
  return {
    process: (world) => ({
      agent: new Agent({
        name: 'A',
        model: world.model(script),
        tools: [payTool(world, needsApproval), lookTool(world)],
      }),
    }),
    ...(answer !== undefined && { answer }),
  };
}

function payTool(
  world: World,
  needsApproval: boolean | ((context: unknown, input: { amount: number }) => boolean | Promise<boolean>),
): FunctionTool {
  return tool({
    name: 'pay',
    parameters: z.object({ amount: z.number() }),
    needsApproval,
    execute: ({ amount }) => {
      world.note(`paid ${amount}`);
      return `Paid ${amount}.`;
    },
  });
}

const lookTool = (world: World): FunctionTool =>
  tool({
    name: 'look',
    execute: () => {
      world.note('looked');
      return 'Seen.';
    },
  });

describe('a tool call that needs approval', () => {
  scenario(
    'interrupts the run before the tool starts; without a decision nothing happens',
    paying([pay(5)], undefined),
    (outcome) => {
      expect(outcome.asked).toEqual([['pay {"amount":5}']]);
      expect(outcome.notes).toEqual([]);
      expect(outcome.finalOutput).toBeUndefined();
      expect(outcome.newItems?.map((item) => item.type)).toEqual(['tool_call_item', 'tool_approval_item']);
      // The call that waits is no part of the conversation yet.
      expect(outcome.history).toHaveLength(1);
    },
  );

  scenario(
    'takes the reasoning that led to it out of the history until it is answered [JS-80]',
    paying([[reasoning('I should pay'), pay(5)]], undefined),
    (outcome) => expect(outcome.history).toEqual([user('Hi')]),
  );

  scenario(
    'leaves the reasoning in the history where a sibling of it has run [JS-80]',
    paying([[reasoning('Look, then pay'), functionCall('look', {}, 'l1'), pay(5)]], undefined),
    (outcome) =>
      expect(outcome.history?.map((item) => item.type)).toEqual([
        'message',
        'reasoning',
        'function_call',
        'function_call_result',
      ]),
  );

  scenario('runs once it is approved, in another process [HIT-08]', paying([pay(5), 'Done'], approveAll), (outcome) => {
    expect(outcome.notes).toEqual(['paid 5']);
    expect(outcome.finalOutput).toBe('Done');
    // Going on with a turn does not consume another [JS-3].
    expect(outcome.state?.turn).toBe(2);
  });

  scenario(
    'that is rejected becomes a tool output, not an error [HIT-07]',
    paying([pay(5), 'I see.'], (state, [waiting]) => waiting && state.reject(waiting)),
    (outcome) => {
      expect(outcome.notes).toEqual([]);
      expect(outputs(outcome.newItems)).toEqual(['Tool execution was not approved.']);
      expect(outcome.finalOutput).toBe('I see.');
    },
  );

  scenario(
    'that is rejected with a message shows that message [HIT-07, JS-48]',
    paying([pay(5), 'I see.'], (state, [waiting]) => waiting && state.reject(waiting, { message: 'Too dear.' })),
    (outcome) => expect(outputs(outcome.newItems)).toEqual(['Too dear.']),
  );

  scenario(
    'that is rejected is no result for toolUseBehavior',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([[pay(5), functionCall('look')], 'never']),
          tools: [payTool(world, true), lookTool(world)],
          toolUseBehavior: 'stop_on_first_tool',
        }),
      }),
      answer: (state, [waiting]) => waiting && state.reject(waiting),
    },
    (outcome) => expect(outcome.finalOutput).toBe('Seen.'),
  );

  scenario(
    'can be approved for every later call of the tool in this run',
    paying([pay(5), pay(6), 'Done'], (state, [waiting]) => waiting && state.approve(waiting, { alwaysApprove: true })),
    (outcome) => {
      expect(outcome.asked).toHaveLength(1);
      expect(outcome.notes).toEqual(['paid 5', 'paid 6']);
    },
  );

  scenario(
    'can be rejected for every later call of the tool in this run',
    paying(
      [pay(5), pay(6), 'Done'],
      (state, [waiting]) => waiting && state.reject(waiting, { alwaysReject: true, message: 'Never.' }),
    ),
    (outcome) => {
      expect(outcome.asked).toHaveLength(1);
      expect(outcome.notes).toEqual([]);
      expect(outputs(outcome.newItems)).toEqual(['Never.', 'Never.']);
    },
  );

  scenario(
    'is decided by what was said of this very call, before what was said of its tool [HIT-03, JS-44]',
    paying([[pay(5), pay(6)], 'Done'], (state, [first, second]) => {
      if (first !== undefined) state.approve(first, { alwaysApprove: true });
      if (second !== undefined) state.reject(second);
    }),
    (outcome) => {
      expect(outcome.notes).toEqual(['paid 5']);
      expect(outputs(outcome.newItems)).toEqual(['Paid 5.', 'Tool execution was not approved.']);
    },
  );

  scenario(
    'can be approved with other arguments; the conversation keeps the model\'s',
    paying([pay(5), 'Done'], (state, [waiting]) => waiting && state.approve(waiting, { arguments: { amount: 4 } })),
    (outcome) => {
      expect(outcome.notes).toEqual(['paid 4']);
      expect(outputs(outcome.newItems)).toEqual(['Paid 4.']);
      expect(outcome.history?.[1]).toMatchObject({ arguments: '{"amount":5}' });
    },
  );

  scenario(
    'does not keep its siblings from running, and they are not run again [HIT-12]',
    paying([[functionCall('look', {}, 'l1'), pay(5), functionCall('look', {}, 'l2')], 'Done'], approveAll),
    (outcome) => {
      expect(outcome.notes).toEqual(['looked', 'looked', 'paid 5']);
      expect(outcome.requests).toHaveLength(2);
      expect(outcome.requests[1]?.input).toHaveLength(7);
    },
  );

  scenario(
    'keeps a handoff of the same turn waiting',
    {
      process: (world) => {
        const b = new Agent({ name: 'B', model: world.model(['I am B.'], { name: 'b' }) });
        return {
          agent: new Agent({
            name: 'A',
            model: world.model([[functionCall('transfer_to_b', {}, 'h1'), pay(5)]], { name: 'a' }),
            tools: [payTool(world, true)],
            handoffs: [b],
          }),
        };
      },
      answer: (state, interruptions) => {
        expect(state.currentAgent.name).toBe('A');
        approveAll(state, interruptions);
      },
    },
    (outcome) => {
      expect(outcome.notes).toEqual(['paid 5']);
      expect(outcome.finalOutput).toBe('I am B.');
    },
  );

  scenario(
    'is asked about again where only some were decided',
    paying([[pay(5), pay(6)], 'Done'], (state, [first]) => first && state.approve(first)),
    (outcome) => {
      expect(outcome.asked).toEqual([['pay {"amount":5}', 'pay {"amount":6}'], ['pay {"amount":6}']]);
      expect(outcome.notes).toEqual(['paid 5', 'paid 6']);
    },
  );
});

describe('a function that says whether a call needs approval', () => {
  scenario(
    'is asked with checked arguments',
    paying([[pay(5), pay(500)], 'Done'], approveAll, (_context, { amount }) => Promise.resolve(amount > 100)),
    (outcome) => {
      expect(outcome.asked).toEqual([['pay {"amount":500}']]);
      expect(outcome.notes).toEqual(['paid 5', 'paid 500']);
    },
  );

  scenario(
    'is not asked again once there is a decision [HIT-01, JS-45]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([pay(5), 'Done']),
          tools: [
            payTool(world, () => {
              world.note('asked');
              return true;
            }),
          ],
        }),
      }),
      answer: approveAll,
    },
    (outcome) => expect(outcome.notes).toEqual(['asked', 'paid 5']),
  );

  for (const [what, args] of [
    ['no JSON', '{"amount":'],
    ['no object', '[5]'],
    ['of the wrong type', '{"amount":"five"}'],
    ['empty', ''],
  ] as const) {
    scenario(
      `is not asked where the arguments are ${what}: a human has to look [HIT-06, JS-47, TOL-04]`,
      paying([functionCall('pay', args, 'c1'), 'Done'], (state, [waiting]) => waiting && state.reject(waiting), () => false),
      (outcome) => {
        expect(outcome.asked).toHaveLength(1);
        expect(outcome.notes).toEqual([]);
      },
    );
  }
});

describe('a decision', () => {
  async function interrupted() {
    const ran: number[] = [];
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([pay(5), 'Done']),
      tools: [
        tool({
          name: 'pay',
          parameters: z.object({ amount: z.number() }),
          needsApproval: true,
          execute: ({ amount }) => ran.push(amount),
        }),
      ],
    });
    const result = await run(agent, 'Hi');
    const [waiting] = result.interruptions;
    if (waiting === undefined) throw new Error('nothing waits');
    return { agent, result, waiting, ran };
  }

  it('on a call with other arguments than the one that waits is refused [JS-46]', async () => {
    const { result, waiting } = await interrupted();
    const forged = new RunToolApprovalItem(pay(5000), waiting.agent, waiting.callKey);
    expect(() => result.state.approve(forged)).toThrow(UserError);
    expect(() => result.state.approve(forged)).toThrow(/its name or arguments differ/);
  });

  it('on a call that does not wait is refused', async () => {
    const { result, waiting } = await interrupted();
    const other = new RunToolApprovalItem(waiting.rawItem, waiting.agent, '99');
    expect(() => result.state.reject(other)).toThrow(/No call of tool "pay" waits under key 99/);
  });

  it('on the same call of another run is refused', async () => {
    const { result, waiting } = await interrupted();
    const elsewhere = { ...waiting.rawItem, callId: 'call_of_another_run' };
    const other = new RunToolApprovalItem(elsewhere, waiting.agent, waiting.callKey);
    expect(() => result.state.approve(other)).toThrow(/of this very run/);
    expect(result.interruptions).toHaveLength(1);
  });

  it('on an interruption that was JSON on its way to a human holds, and not where it was changed there', async () => {
    const { agent, result, waiting, ran } = await interrupted();
    const sent = JSON.parse(JSON.stringify(waiting)) as RunToolApprovalItem; // as a page would send it back
    const changed = { callKey: sent.callKey, rawItem: { ...waiting.rawItem, arguments: '{"amount":1000000}' } };
    expect(() => result.state.approve(changed)).toThrow(/is not the one that waits/);
    result.state.approve(sent);
    await run(agent, result.state);
    expect(ran).toHaveLength(1);
  });

  it('is asked for where the function that says whether it is needed says nothing', async () => {
    let ran = 0;
    const guarded = tool({ name: 'guarded', needsApproval: () => undefined as never, execute: () => ++ran });
    const model = new ScriptedModel([functionCall('guarded'), 'Done']);
    const result = await run(new Agent({ name: 'A', model, tools: [guarded] }), 'Hi');
    expect(result.interruptions).toHaveLength(1);
    expect(ran).toBe(0);
  });

  it.each([undefined, null, 'c1', {}, { rawItem: {} }])('on what is no interruption is refused: %j', async (other) => {
    const { result } = await interrupted();
    expect(() => result.state.approve(other as never)).toThrow(UserError);
    expect(() => result.state.reject(other as never)).toThrow(/is no interruption\. Pass an item of result\.interruptions/);
  });

  it('on a call whose arguments have changed in the store since runs nothing [JS-46]', async () => {
    const { agent, result, waiting, ran } = await interrupted();
    result.state.approve(waiting);
    const stored = result.state.toString();
    // The arguments of the call stand escaped in the transcript; the decision keeps a copy of its own.
    const at = stored.indexOf(String.raw`{\"amount\":5}`);
    const tampered = `${stored.slice(0, at)}${String.raw`{\"amount\":5000}`}${stored.slice(at + String.raw`{\"amount\":5}`.length)}`;
    const state = RunState.fromString(agent, tampered);
    await expect(run(agent, state)).rejects.toThrow(UserError);
    expect(ran).toEqual([]);
  });

  it('may be made on an interruption of the result and on one of the restored state alike', async () => {
    const { agent, result, waiting, ran } = await interrupted();
    const restored = RunState.fromString(agent, result.state.toString());
    restored.approve(waiting);
    const done = await run(agent, restored);
    expect(done.finalOutput).toBe('Done');
    expect(ran).toEqual([5]);
  });

  it('is stored with the state', async () => {
    const { agent, result, waiting, ran } = await interrupted();
    result.state.approve(waiting);
    const restored = RunState.fromString(agent, result.state.toString());
    expect(restored.getInterruptions()).toEqual([]);
    await run(agent, restored);
    expect(ran).toEqual([5]);
  });

  it('leaves the state it was made on as it is when the run goes on [RUN-32]', async () => {
    const { agent, result, waiting } = await interrupted();
    result.state.approve(waiting);
    const before = result.state.toString();
    await run(agent, result.state);
    expect(result.state.toString()).toBe(before);
  });

  it('on one of two runs from the same state does not reach the other [RUN-33]', async () => {
    const { agent, result, ran } = await interrupted();
    const one = RunState.fromString(agent, result.state.toString());
    const two = RunState.fromString(agent, result.state.toString());
    for (const waiting of one.getInterruptions()) one.approve(waiting);
    await run(agent, one);
    const still = await run(agent, two);
    expect(still.interruptions).toHaveLength(1);
    expect(ran).toEqual([5]);
  });

  it('on a tool that is no longer there ends the run with an error, nothing runs', async () => {
    const { result, waiting } = await interrupted();
    result.state.approve(waiting);
    const changed = new Agent({ name: 'A', model: new ScriptedModel(['Done']) });
    const restored = RunState.fromString(changed, result.state.toString());
    await expect(run(changed, restored)).rejects.toThrow('Tool pay not found in agent A');
  });
});

describe('a tool that fails after it was approved', () => {
  it('is not run again when the run goes on from the state of the error [HIT-12]', async () => {
    let ran = 0;
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('pay'), 'I see.']),
      tools: [
        tool({
          name: 'pay',
          needsApproval: true,
          errorFunction: null,
          execute: () => {
            ran++;
            throw new Error('the bank is closed');
          },
        }),
      ],
    });
    const { state } = await run(agent, 'Hi');
    for (const waiting of state.getInterruptions()) state.approve(waiting);
    const failed: unknown = await run(agent, state).catch((error: unknown) => error);
    const after = RunState.of(failed);
    if (after === undefined) throw new Error('the error has no state');
    const result = await run(agent, RunState.fromString(agent, after.toString()));
    expect(result.finalOutput).toBe('I see.');
    expect(ran).toBe(1);
  });
});

describe('two calls of one turn that share an id', () => {
  it('are told apart: the one that waits is the one that is shown, approved and run', async () => {
    const ran: number[] = [];
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([[pay(5, 'same'), pay(500, 'same')], 'Done']),
      tools: [
        tool({
          name: 'pay',
          parameters: z.object({ amount: z.number() }),
          needsApproval: (_context, { amount }) => amount > 100,
          execute: ({ amount }) => ran.push(amount),
        }),
      ],
    });
    const { state } = await run(agent, 'Hi');
    expect(state.getInterruptions().map((waiting) => waiting.arguments)).toEqual(['{"amount":500}']);
    for (const waiting of state.getInterruptions()) state.approve(waiting);
    await run(agent, state);
    expect(ran).toEqual([5, 500]);
  });
});
