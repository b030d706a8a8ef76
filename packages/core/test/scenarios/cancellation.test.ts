import { describe, expect, it } from 'vitest';
import {
  Agent,
  assistant,
  findUnpairedItems,
  MemorySession,
  run,
  RunCancelledError,
  Runner,
  RunState,
  RunTimeoutError,
  tool,
  user,
} from '../../src/index.js';
import type { AgentInputItem, FunctionTool, RunOptions, RunStreamEvent } from '../../src/index.js';
import type { ScriptedAnswer } from '../../src/testing/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';
import { aborted, settled } from '../support/gate.js';

interface Ended {
  readonly error: unknown;
  readonly cancelled: boolean | undefined;
  readonly state: RunState | undefined;
  readonly events: RunStreamEvent[];
}

/** Runs to the end, plain or streamed, and says how it ended. */
async function end(
  stream: boolean,
  agent: Agent,
  input: string | RunState,
  options: RunOptions = {},
): Promise<Ended> {
  const events: RunStreamEvent[] = [];
  try {
    if (!stream) {
      const { state } = await run(agent, input, options);
      return { error: undefined, cancelled: undefined, state, events };
    }
    const result = await run(agent, input, { ...options, stream: true });
    for await (const event of result) events.push(event);
    await result.completed;
    return { error: result.error, cancelled: result.cancelled, state: result.state, events };
  } catch (error) {
    return { error, cancelled: undefined, state: RunState.of(error), events };
  }
}

/** How a cancelled run ends: a plain one throws, a streamed one is quiet. */
function expectCancelled(stream: boolean, ended: Ended): void {
  if (stream) {
    expect(ended.error).toBeUndefined();
    expect(ended.cancelled).toBe(true);
  } else {
    expect(ended.error).toBeInstanceOf(RunCancelledError);
    expect(ended.error).toMatchObject({ message: 'The run was cancelled', code: 'BATON_RUN_CANCELLED' });
  }
  expect(ended.state).toBeInstanceOf(RunState);
  expect(findUnpairedItems(ended.state?.history ?? [])).toEqual({ calls: [], results: [] });
}

const asking = (script: readonly ScriptedAnswer[], tools: FunctionTool[] = []) => {
  const model = new ScriptedModel(script);
  return { model, agent: new Agent({ name: 'A', model, tools }) };
};

const waitForCancel: ScriptedAnswer = async ({ signal }) => {
  await aborted(signal);
  throw signal?.reason;
};

describe.each([
  ['plain', false],
  ['streamed', true],
])('a %s run that is cancelled by its signal', (_mode, stream) => {
  it('before it starts makes no call, and keeps its input', async () => {
    const { model, agent } = asking(['Hello']);
    const ended = await end(stream, agent, 'Hi', { signal: AbortSignal.abort(new Error('no time')) });
    expectCancelled(stream, ended);
    expect(model.calls).toHaveLength(0);
    expect(ended.state?.history).toEqual([user('Hi')]);
    const again = await run(agent, ended.state as RunState);
    expect(again.finalOutput).toBe('Hello');
    expect(model.calls[0]?.input).toEqual([user('Hi')]);
  });

  it('says why in the cause of its error', async () => {
    const reason = new Error('no time');
    const { agent } = asking(['Hello']);
    const error: unknown = await run(agent, 'Hi', { signal: AbortSignal.abort(reason) }).catch((e: unknown) => e);
    expect(error).toMatchObject({ cause: reason });
  });

  it('during a model call cancels the call and ends', async () => {
    const controller = new AbortController();
    const { agent } = asking([
      (request) => {
        controller.abort();
        return typeof waitForCancel === 'function' ? waitForCancel(request, 0) : '';
      },
    ]);
    const session = new MemorySession();
    const ended = await end(stream, agent, 'Hi', { signal: controller.signal, session });
    expectCancelled(stream, ended);
    expect(ended.state?.history).toEqual([user('Hi')]);
    expect(await session.getItems()).toEqual([]);
  });

  it('during a call of a model that does not listen ends all the same', async () => {
    const controller = new AbortController();
    const { agent } = asking([
      async () => {
        controller.abort();
        return new Promise<never>(() => undefined);
      },
    ]);
    expectCancelled(stream, await end(stream, agent, 'Hi', { signal: controller.signal }));
  });

  it('during a tool cancels the tool; its call gets an answer that says so [JS-25]', async () => {
    const controller = new AbortController();
    const { agent, model } = asking(
      [[functionCall('slow', {}, 'c1'), functionCall('quick', {}, 'c2')], 'I see.'],
      [
        tool({
          name: 'slow',
          execute: async (_input, _context, { signal }) => {
            await aborted(signal);
            throw signal.reason;
          },
        }),
        tool({
          name: 'quick',
          execute: () => {
            setImmediate(() => controller.abort());
            return 'done';
          },
        }),
      ],
    );
    const session = new MemorySession();
    const ended = await end(stream, agent, 'Hi', { signal: controller.signal, session });
    expectCancelled(stream, ended);
    const results = (ended.state?.history ?? []).flatMap((item) =>
      item.type === 'function_call_result' ? [[item.callId, item.status, item.output]] : [],
    );
    expect(results).toHaveLength(2);
    expect(results).toContainEqual(['c2', 'completed', 'done']);
    expect(results).toContainEqual([
      'c1',
      'incomplete',
      'The tool call was not completed: the run was cancelled.',
    ]);
    expect(await session.getItems()).toEqual(ended.state?.history);
    // The run can go on from there; what the tool did is not done again [JS-23].
    const again = await run(agent, RunState.fromString(agent, String(ended.state)));
    expect(again.finalOutput).toBe('I see.');
    expect(model.calls[1]?.input).toHaveLength(5);
  });

  it('keeps what a tool gave that ended although it was cancelled', async () => {
    const controller = new AbortController();
    const { agent } = asking(
      [functionCall('stubborn', {}, 'c1'), 'never'],
      [
        tool({
          name: 'stubborn',
          execute: async (_input, _context, { signal }) => {
            controller.abort();
            await aborted(signal);
            return 'done all the same';
          },
        }),
      ],
    );
    const ended = await end(stream, agent, 'Hi', { signal: controller.signal });
    expectCancelled(stream, ended);
    expect(ended.state?.history.at(-1)).toMatchObject({ status: 'completed', output: 'done all the same' });
  });

  it('starts no tool that has not started [JS-23]', async () => {
    const controller = new AbortController();
    const ran: string[] = [];
    const { agent } = asking(
      [[functionCall('one', {}, 'c1'), functionCall('two', {}, 'c2')]],
      ['one', 'two'].map((name) =>
        tool({
          name,
          execute: async () => {
            ran.push(name);
            controller.abort();
            return name;
          },
        }),
      ),
    );
    const ended = await end(stream, agent, 'Hi', {
      signal: controller.signal,
      toolExecution: { maxFunctionToolConcurrency: 1 },
    });
    expectCancelled(stream, ended);
    expect(ran).toEqual(['one']);
  });

  it('during an input guardrail ends', async () => {
    const controller = new AbortController();
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([waitForCancel]),
      inputGuardrails: [
        {
          name: 'slow',
          execute: async ({ signal }) => {
            controller.abort();
            await aborted(signal);
            throw new Error('cancelled');
          },
        },
      ],
    });
    expectCancelled(stream, await end(stream, agent, 'Hi', { signal: controller.signal }));
  });

  it('during an output guardrail has no final output, and nothing of the answer is stored [SES-03]', async () => {
    const controller = new AbortController();
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel(['Hello']),
      outputGuardrails: [
        {
          name: 'slow',
          execute: async ({ signal }) => {
            if (controller.signal.aborted) return { tripwireTriggered: false };
            controller.abort();
            await aborted(signal);
            return { tripwireTriggered: false };
          },
        },
      ],
    });
    const session = new MemorySession();
    const ended = await end(stream, agent, 'Hi', { signal: controller.signal, session });
    expectCancelled(stream, ended);
    expect(await session.getItems()).toEqual([]);
    // Going on from there checks the answer that is there already.
    const again = await run(agent, ended.state as RunState, { session });
    expect(again.finalOutput).toBe('Hello');
    expect(again.usage.requests).toBe(1);
    expect(await session.getItems()).toEqual([user('Hi'), assistant('Hello')]);
  });

  it('before a turn does not count that turn [JS-2]', async () => {
    const controller = new AbortController();
    const b = new Agent({ name: 'B', model: new ScriptedModel(['I am B.']) });
    const a = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('transfer_to_b')]),
      handoffs: [b],
    });
    a.on('agent_handoff', () => controller.abort());
    const ended = await end(stream, a, 'Hi', { signal: controller.signal, maxTurns: 2 });
    expectCancelled(stream, ended);
    expect(ended.state?.turn).toBe(1);
    const again = await run(a, ended.state as RunState);
    expect(again.finalOutput).toBe('I am B.');
  });

  it('lets go of the signal when it is over [JS-17]', async () => {
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--;
      remove(...args);
    };
    const { agent } = asking([functionCall('act'), 'Done'], [tool({ name: 'act', execute: () => '' })]);
    await end(stream, agent, 'Hi', { signal });
    expect(listeners).toBe(0);
  });

  it('after its time limit fails with that limit', async () => {
    const { agent } = asking([waitForCancel]);
    const ended = await end(stream, agent, 'Hi', { timeoutMs: 5 });
    expect(ended.error).toBeInstanceOf(RunTimeoutError);
    expect(ended.error).toMatchObject({ timeoutMs: 5 });
    expect(ended.state?.history).toEqual([user('Hi')]);
  });
});

describe('a streamed run', () => {
  const acting = () => {
    const ran: string[] = [];
    const made = asking(
      [functionCall('act', {}, 'c1'), functionCall('act', {}, 'c2'), 'Done'],
      [tool({ name: 'act', execute: () => ran.push('act') })],
    );
    return { ...made, ran };
  };

  it('that is cancelled after the turn completes the turn: usage, session and state are whole [STR-10]', async () => {
    const { agent, model, ran } = acting();
    const session = new MemorySession();
    const result = await run(agent, 'Hi', { stream: true, session });
    result.cancel({ mode: 'after_turn' });
    await result.completed;
    expect(result.cancelled).toBe(true);
    expect(result.finalOutput).toBeUndefined();
    expect(ran).toEqual(['act']);
    expect(result.usage.requests).toBe(1);
    expect(await session.getItems()).toEqual(result.history);
    expect(result.history).toHaveLength(3);
    const done = await run(agent, result.state, { session });
    expect(done.finalOutput).toBe('Done');
    expect(model.calls).toHaveLength(3);
    expect(await session.getItems()).toEqual(done.history);
  });

  it('that is cancelled at once stops where it is', async () => {
    const { agent, ran } = acting();
    const result = await run(agent, 'Hi', { stream: true });
    result.cancel();
    await result.completed;
    expect(result.cancelled).toBe(true);
    expect(result.error).toBeUndefined();
    expect(ran).toEqual([]);
    expect(result.history).toEqual([user('Hi')]);
  });

  it('that is over is not cancelled any more', async () => {
    const { agent } = asking(['Hello']);
    const result = await run(agent, 'Hi', { stream: true });
    await result.completed;
    result.cancel();
    expect(result.cancelled).toBe(false);
    expect(result.finalOutput).toBe('Hello');
  });

  it('is cancelled when the last reader leaves it [ST-5, STR-06]', async () => {
    const { agent } = asking(
      [functionCall('act', {}, 'c1'), waitForCancel],
      [tool({ name: 'act', execute: () => 'acted' })],
    );
    const result = await run(agent, 'Hi', { stream: true });
    for await (const event of result) {
      if (event.type === 'run_item_stream_event' && event.name === 'tool_output') break;
    }
    await result.completed;
    expect(result.cancelled).toBe(true);
    expect(findUnpairedItems(result.history)).toEqual({ calls: [], results: [] });
  });

  it('goes on when one of two readers leaves it', async () => {
    const { agent } = asking(['One two three']);
    const result = await run(agent, 'Hi', { stream: true });
    const reading = (async () => {
      let count = 0;
      for await (const event of result) if (event.type === 'raw_model_stream_event') count++;
      return count;
    })();
    for await (const _event of result) break;
    expect(await reading).toBeGreaterThan(3);
    expect(result.cancelled).toBe(false);
    expect(result.finalOutput).toBe('One two three');
  });

  it('is cancelled when its text stream is', async () => {
    const { agent } = asking([waitForCancel]);
    const result = await run(agent, 'Hi', { stream: true });
    const text = result.toTextStream();
    await text.cancel();
    await result.completed;
    expect(result.cancelled).toBe(true);
  });

  it('closes the stream of the model when it is cancelled [STR-16]', async () => {
    let closed = 0;
    const agent = new Agent({
      name: 'A',
      model: {
        getResponse: () => Promise.reject(new Error('not streamed')),
        async *getStreamedResponse({ signal }) {
          try {
            yield { type: 'response_started' } as const;
            await aborted(signal);
            yield { type: 'model', event: 'one more' } as const;
            closed = -1; // nobody asks for more
          } finally {
            closed++;
          }
        },
      },
    });
    const result = await run(agent, 'Hi', { stream: true });
    for await (const event of result) if (event.type === 'raw_model_stream_event') break;
    await result.completed;
    await settled();
    expect(result.cancelled).toBe(true);
    expect(closed).toBe(1);
  });
});

describe('what is left of a run', () => {
  /** Cancels at the n-th time anything happens; the conversation has to be whole wherever that is. */
  const items = (n: number): Promise<{ history: AgentInputItem[]; stored: AgentInputItem[]; fired: boolean }> =>
    interrupt(n);

  it('is a conversation that every model accepts, wherever it was cancelled', async () => {
    let at = 0;
    for (; at < 500; at++) {
      const { history, stored, fired } = await items(at);
      expect(findUnpairedItems(history)).toEqual({ calls: [], results: [] });
      expect(findUnpairedItems(stored)).toEqual({ calls: [], results: [] });
      if (!fired) break;
    }
    expect(at).toBeGreaterThan(20);
  });
});

async function interrupt(n: number): Promise<{ history: AgentInputItem[]; stored: AgentInputItem[]; fired: boolean }> {
  const controller = new AbortController();
  const session = new MemorySession();
  let count = 0;
  const tick = async (): Promise<void> => {
    await Promise.resolve();
    if (count++ === n) controller.abort();
  };
  const b = new Agent({ name: 'B', model: new ScriptedModel([assistant('Done')]) });
  const a = new Agent({
    name: 'A',
    model: new ScriptedModel([
      [functionCall('one', {}, 'c1'), functionCall('two', {}, 'c2')],
      [functionCall('two', {}, 'c3'), functionCall('transfer_to_b', {}, 'h1')],
    ]),
    tools: ['one', 'two'].map((name) =>
      tool({
        name,
        execute: async (_input, _context, { signal }) => {
          await tick();
          signal.throwIfAborted();
          await tick();
          return name;
        },
      }),
    ),
    handoffs: [b],
    inputGuardrails: [
      {
        name: 'g',
        execute: async () => {
          await tick();
          return { tripwireTriggered: false };
        },
      },
    ],
  });
  const runner = new Runner();
  for (const type of ['agent_start', 'llm_start', 'llm_end', 'agent_tool_start', 'agent_tool_end', 'agent_handoff', 'agent_end'] as const) {
    runner.on(type, tick);
  }
  const result = await runner.run(a, 'Hi', { stream: true, signal: controller.signal, session });
  for await (const _event of result) await tick();
  await result.completed;
  return { history: result.history, stored: await session.getItems(), fired: controller.signal.aborted };
}
