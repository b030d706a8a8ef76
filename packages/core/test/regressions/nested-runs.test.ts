import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Agent, Runner, RunState, tool } from '@baton/core';
import type { FunctionTool, RunResult } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { aborted, createGate, settled } from '../support/gate.js';

const runner = new Runner();
const says = (name: string): Agent => new Agent({ name, model: new ScriptedModel([`from ${name}`]) });

/** A tool that runs agents one after the other and joins what they say. */
function runs(agents: readonly Agent[]): FunctionTool {
  const own = tool({
    name: 'own',
    execute: async (_input, _context, { runAgent }) => {
      const texts: unknown[] = [];
      for (const agent of agents) {
        const outcome = await runAgent({ agent, input: 'q' });
        if (outcome.type === 'interrupted') return outcome.interruption;
        texts.push((outcome.result as RunResult).finalOutput); // the run gives a RunResult
      }
      return texts.join('|');
    },
  });
  const [agent] = agents;
  return agents.length === 1 && agent !== undefined ? { ...own, agent } : own;
}

function outer(own: FunctionTool): Agent {
  return new Agent({ name: 'Outer', model: new ScriptedModel([functionCall('own', {}), 'Done']), tools: [own] });
}

/** An agent that asks a human before it answers. */
function asks(ran: string[]): Agent {
  const ask = tool({ name: 'ask', needsApproval: true, execute: () => ran.push('ask') });
  return new Agent({ name: 'Asks', model: new ScriptedModel([functionCall('ask', {}), 'asked']), tools: [ask] });
}

/** An agent whose tool ends only when it is cancelled. */
function hanging(): Agent {
  const slow = tool({
    name: 'slow',
    execute: async (_input, _context, { signal }) => {
      await aborted(signal);
      return 'late';
    },
  });
  return new Agent({ name: 'Inner', model: new ScriptedModel([functionCall('slow', {}), 'never']), tools: [slow] });
}

/** An agent whose model answers only when it is cancelled. */
function thinking(): Agent {
  return new Agent({
    name: 'Inner',
    model: new ScriptedModel([
      async ({ signal }) => {
        await aborted(signal);
        return 'Too late';
      },
    ]),
  });
}

function outputOf(result: RunResult): unknown {
  return result.newItems.find((item) => item.type === 'tool_call_output_item')?.output;
}

describe('runs inside one tool call', () => {
  it('are runs of their own, one after the other', async () => {
    const result = await runner.run(outer(runs([says('X'), says('Y'), says('X')])), 'Hi');
    expect(outputOf(result)).toContain('from X|from Y');
  });

  it('that were over when a later one waited for a human give their results again', async () => {
    const ran: string[] = [];
    const agent = outer(runs([says('X'), asks(ran), says('Y')]));
    const waiting = await runner.run(agent, 'Hi');
    for (const each of waiting.interruptions) waiting.state.approve(each);
    const result = await runner.run(agent, waiting.state);
    expect(outputOf(result)).toBe('from X|asked|from Y');
    expect(ran).toEqual(['ask']);
  });

  it('go on from a stored state, where the tool names its agent', async () => {
    const ran: string[] = [];
    const agent = outer(runs([asks(ran)]));
    const waiting = await runner.run(agent, 'Hi');
    const state = RunState.fromString(agent, waiting.state.toString());
    for (const each of state.getInterruptions()) state.approve(each);
    expect(outputOf(await runner.run(agent, state))).toBe('asked');
    expect(ran).toEqual(['ask']);
  });

  it('that waited are not mistaken for a run of another agent', async () => {
    const agents = [asks([])];
    const agent = outer(runs(agents));
    const waiting = await runner.run(agent, 'Hi');
    for (const each of waiting.interruptions) waiting.state.approve(each);
    agents[0] = says('Y');
    expect(outputOf(await runner.run(agent, waiting.state))).toContain('the same agents in the same order');
  });
});

it('an agent used as a tool has the time of its run options, and its end is an error for the outer model', async () => {
  const inner = hanging();
  const own = inner.asTool({ toolName: 'own', runOptions: { timeoutMs: 20 } });
  const model = new ScriptedModel([functionCall('own', { input: 'q' }), 'Done']);
  const result = await runner.run(new Agent({ name: 'Outer', model, tools: [own] }), 'Hi');
  expect(result.finalOutput).toBe('Done');
  expect(outputOf(result)).toMatch(/An error occurred while running the tool.*20/);
});

it('a tool whose time is up cancels the runs inside it', async () => {
  let ended: unknown;
  const inner = hanging();
  const own = tool({
    name: 'own',
    timeoutMs: 20,
    execute: async (_input, _context, { runAgent }) => {
      await runAgent({ agent: inner, input: 'q' }).catch((error: unknown) => (ended = error));
    },
  });
  const result = await runner.run(outer(own), 'Hi');
  expect(result.finalOutput).toBe('Done');
  expect(ended).toMatchObject({ name: 'RunCancelledError', cause: { name: 'ToolTimeoutError' } });
});

it('a tool whose time is up cancels the runs inside it, also where it names no signal for them', async () => {
  const inner = thinking();
  let ended: unknown;
  const own = tool({
    name: 'own',
    timeoutMs: 20,
    execute: async (_input, _context, { runAgent }) => {
      await runAgent({ agent: inner, input: 'q', signal: undefined }).catch((error: unknown) => (ended = error));
    },
  });
  await runner.run(outer(own), 'Hi');
  await settled();
  expect(ended).toMatchObject({ cause: { name: 'ToolTimeoutError' } });
});

it.each([
  ['the run is cancelled', {}, { timeoutMs: 20 }],
  ["the tool's time is up", { timeoutMs: 20 }, {}],
])('a run inside a tool call that has a signal of its own is cancelled, too, where %s', async (_what, ofTool, ofRun) => {
  const inner = thinking();
  const own = new AbortController();
  let ended: unknown;
  const calling = tool({
    name: 'own',
    ...ofTool,
    execute: async (_input, _context, { runAgent }) => {
      await runAgent({ agent: inner, input: 'q', signal: own.signal }).catch((error: unknown) => (ended = error));
    },
  });
  await runner.run(outer(calling), 'Hi', ofRun).catch(() => undefined);
  await settled();
  expect(ended).toMatchObject({ message: expect.stringMatching(/cancelled|time limit/) });
  expect(getEventListeners(own.signal, 'abort')).toEqual([]);
});

describe('a call that is over', () => {
  const inside = says('Inner');

  it.each([
    ['has its output', undefined],
    ['has run out of its time', 5],
  ])('starts no run any more where it %s, and its state can be stored', async (_what, timeoutMs) => {
    const gate = createGate();
    let late: Promise<unknown> | undefined;
    const own = tool({
      name: 'own',
      ...(timeoutMs !== undefined && { timeoutMs }),
      execute: (_input, _context, { runAgent }) => {
        late = gate.opened.then(() => runAgent({ agent: inside, input: 'q' })).catch((error: unknown) => error);
        return timeoutMs === undefined ? 'given' : late;
      },
    });
    const agent = outer({ ...own, agent: inside });
    const result = await runner.run(agent, 'Hi');
    gate.open();
    expect(await late).toMatchObject({ name: 'UserError', message: expect.stringContaining('"own" is over') });
    expect(RunState.fromString(agent, result.state.toString()).toJSON()).toEqual(result.state.toJSON());
  });

  it('tells no progress any more', async () => {
    const more = createGate();
    const own = tool({
      name: 'own',
      timeoutMs: 5,
      async *execute(): AsyncGenerator<number, void> {
        yield 1;
        await more.opened;
        yield 2;
      },
    });
    const model = new ScriptedModel([
      functionCall('own', {}),
      async () => {
        more.open();
        await settled();
        return 'Done';
      },
    ]);
    const progress: unknown[] = [];
    const stream = await runner.run(new Agent({ name: 'A', model, tools: [own] }), 'Hi', { stream: true });
    for await (const event of stream) if (event.type === 'tool_progress') progress.push(event.progress);
    expect(progress).toEqual([1]);
  });
});
