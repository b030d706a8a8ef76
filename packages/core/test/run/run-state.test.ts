import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  Agent,
  handoff,
  MemorySession,
  run,
  RunContext,
  RUN_STATE_VERSION,
  RunState,
  RunToolApprovalItem,
  RunToolCallOutputItem,
  tool,
  user,
  UserError,
} from '../../src/index.js';
import type { RunStateJson } from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';

const agentA = (script: ConstructorParameters<typeof ScriptedModel>[0] = ['Hi']): Agent =>
  new Agent({
    name: 'A',
    model: new ScriptedModel(script),
    tools: [
      tool({ name: 'act', execute: () => ({ done: true }) }),
      tool({ name: 'ask', needsApproval: true, execute: () => 'asked' }),
    ],
  });

async function waiting(): Promise<{ agent: Agent; state: RunState; json: RunStateJson }> {
  const agent = agentA([[functionCall('act', {}, 'c1'), functionCall('ask', {}, 'c2')], 'Done']);
  const { state } = await run(agent, 'Hi');
  return { agent, state, json: state.toJSON() };
}

describe('a stored run state', () => {
  it('comes back as it was', async () => {
    const { agent, state } = await waiting();
    const back = RunState.fromString(agent, state.toString());
    expect(back.toString()).toBe(state.toString());
    expect(back.history).toEqual(state.history);
    expect(back.rawResponses.map(({ output }) => output)).toEqual(state.rawResponses.map(({ output }) => output));
    expect(back.context.usage.toJSON()).toEqual(state.context.usage.toJSON());
    expect(back.runId).toBe(state.runId);
  });

  it('comes back with items of their classes, and with what tools returned [JS-52, JS-34]', async () => {
    const { agent, state } = await waiting();
    const back = RunState.fromString(agent, state.toString());
    expect(back.getInterruptions()[0]).toBeInstanceOf(RunToolApprovalItem);
    const output = back.newItems.find((item) => item.type === 'tool_call_output_item');
    expect(output).toBeInstanceOf(RunToolCallOutputItem);
    expect(output).toMatchObject({ output: { done: true }, rawItem: { output: '{"done":true}' } });
    expect(output?.agent).toBe(agent);
  });

  it('is the same as JSON.stringify gives [RUN-51]', async () => {
    const { state } = await waiting();
    expect(JSON.stringify(state)).toBe(state.toString());
    expect(JSON.stringify({ nested: state })).toBe(`{"nested":${state.toString()}}`);
  });

  it('names its version', async () => {
    const { json } = await waiting();
    expect(json.schemaVersion).toBe(RUN_STATE_VERSION);
  });

  it('holds the agent by name, in the graph of the agent it is brought back with', async () => {
    const b = () => new Agent({ name: 'B', model: new ScriptedModel(['Done']) });
    const a = () =>
      new Agent({
        name: 'A',
        model: new ScriptedModel([functionCall('transfer_to_b')]),
        handoffs: [handoff(b(), { onHandoff: () => undefined })],
      });
    const result = await run(a(), 'Hi', { stream: true });
    result.cancel({ mode: 'after_turn' });
    await result.completed;
    const agent = a();
    const back = RunState.fromString(agent, result.state.toString());
    expect(back.currentAgent.name).toBe('B');
    expect(back.startingAgent).toBe(agent);
    expect((await run(agent, back)).finalOutput).toBe('Done');
  });

  it('of a run that is over gives its output again, without a call', async () => {
    const agent = agentA();
    const { state } = await run(agent, 'Hi');
    const again = await run(agent, RunState.fromString(agent, state.toString()));
    expect(again.finalOutput).toBe('Hi');
    expect((agent.model as ScriptedModel).calls).toHaveLength(1);
  });

  it('keeps a structured final output', async () => {
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['{"n":1}']), outputType: z.object({ n: z.number() }) });
    const { state } = await run(agent, 'Hi');
    const again = await run(agent, RunState.fromString(agent, state.toString()));
    expect(again.finalOutput).toEqual({ n: 1 });
  });

  it('keeps guardrail results that hold nothing, and such that JSON cannot say [JS-62, RUN-53]', async () => {
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('act'), 'Done']),
      tools: [tool({ name: 'act', execute: () => '' })],
      inputGuardrails: [
        { name: 'none', execute: () => ({ tripwireTriggered: false, outputInfo: undefined }) },
        { name: 'odd', execute: () => ({ tripwireTriggered: false, outputInfo: { big: 1n } }) },
      ],
    });
    const { state } = await run(agent, 'Hi');
    const back = RunState.fromString(agent, state.toString());
    expect(back.inputGuardrailResults.map((result) => result.guardrail.name)).toEqual(['none', 'odd']);
  });

  it('keeps what a tool returned as far as JSON can say it', async () => {
    const circle: Record<string, unknown> = { a: 1 };
    circle['self'] = circle;
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('odd'), 'Done']),
      tools: [tool({ name: 'odd', execute: () => circle })],
    });
    const { state } = await run(agent, 'Hi');
    expect(() => state.toString()).not.toThrow();
    expect(RunState.fromString(agent, state.toString()).history).toEqual(state.history);
  });
});

describe('what a stored run state holds of the app', () => {
  const secret = 'sk-do-not-store-me';

  it('is no secret: not the context, not the model, not the instructions, not the session', async () => {
    const agent = new Agent<{ key: string }>({
      name: 'A',
      instructions: `Use ${secret}`,
      model: Object.assign(new ScriptedModel([functionCall('ask'), 'Done']), { apiKey: secret }),
      modelSettings: { providerData: { key: secret } },
      tools: [tool({ name: 'ask', needsApproval: true, description: secret, execute: () => '' })],
    });
    const { state } = await run(agent, 'Hi', {
      context: { key: secret },
      session: new MemorySession({ sessionId: secret }),
      workflowName: secret,
      groupId: secret,
    });
    expect(state.toString()).not.toContain(secret);
    expect(state.toString({ includeContext: true })).toContain(secret);
  });

  it('is the context where it is asked for, and the run goes on with it', async () => {
    const seen: unknown[] = [];
    const agent = new Agent<{ user: string }>({
      name: 'A',
      model: new ScriptedModel([functionCall('who'), 'Done']),
      tools: [
        tool({
          name: 'who',
          needsApproval: true,
          execute: (_input, runContext: RunContext<{ user: string }>) => seen.push(runContext.context),
        }),
      ],
    });
    const { state } = await run(agent, 'Hi', { context: { user: 'Ada' } });
    const back = RunState.fromString(agent, state.toString({ includeContext: true }));
    for (const each of back.getInterruptions()) back.approve(each);
    await run(agent, back);
    expect(seen).toEqual([{ user: 'Ada' }]);
  });

  it('can be given a new context, with the usage so far [HIT-08]', async () => {
    const { agent, state } = await waiting();
    const back = RunState.fromStringWithContext(agent, state.toString(), new RunContext({ user: 'Eve' }));
    expect(back.context.context).toEqual({ user: 'Eve' });
    expect(back.context.usage.requests).toBe(1);
    const other = await run(agent, RunState.fromString(agent, state.toString()), { context: { user: 'Bob' } });
    expect(other.runContext.context).toEqual({ user: 'Bob' });
    expect(other.usage.requests).toBe(1);
  });
});

describe('the size of a stored run state', () => {
  it('grows with the turns, not faster: items are there once', async () => {
    const sizeAfter = async (turns: number): Promise<number> => {
      const script = Array.from({ length: turns }, (_, i) => functionCall('act', {}, `c${String(i).padStart(5, '0')}`));
      const { state } = await run(agentA([...script, 'Done']), 'Hi', { maxTurns: null });
      return state.toString().length;
    };
    const [one, two, four] = [await sizeAfter(50), await sizeAfter(100), await sizeAfter(200)];
    expect((four - two) / (two - one)).toBeCloseTo(2, 1);
  });

  it('holds no item twice after a handoff filter', async () => {
    const marker = 'a-marker-of-its-own';
    const b = new Agent({ name: 'B', model: new ScriptedModel(['Done']) });
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('transfer_to_b')]),
      handoffs: [handoff(b, { inputFilter: (data) => data })],
    });
    const { state } = await run(agent, marker);
    expect(state.toString().split(marker)).toHaveLength(2);
    expect(RunState.fromString(agent, state.toString()).toString()).toBe(state.toString());
  });
});

describe('a run state that cannot be read', () => {
  const read = (text: string) => () => RunState.fromString(agentA(), text);

  it.each<[what: string, text: string, message: string]>([
    ['no JSON', 'not json', 'The stored run state is not JSON'],
    ['empty', '', 'The stored run state is not JSON'],
    ['cut off', '{"schemaVersion":"1"', 'The stored run state is not JSON'],
    ['something else', '{"a":1}', 'has no schemaVersion'],
    ['a list', '[]', 'has no schemaVersion'],
    ['null', 'null', 'has no schemaVersion'],
    ['of a newer version [RUN-57]', '{"schemaVersion":"999"}', 'has version "999", this Baton reads version'],
    ['of a version of another kind [RUN-57]', '{"schemaVersion":1}', 'has version 1, this Baton reads version'],
  ])('is refused: %s', (_what, text, message) => {
    expect(read(text)).toThrow(UserError);
    expect(read(text)).toThrow(message);
  });

  it('is refused with the name of the field that is damaged, whichever it is', async () => {
    const { agent, json } = await waiting();
    const optional = ['server', 'view', 'context', 'nested', 'pendingInput'];
    for (const field of Object.keys(json).filter((key) => key !== 'schemaVersion' && !optional.includes(key))) {
      for (const damage of [undefined, { not: 'it' }, [5], 'x', -0.5] as const) {
        const damaged: Record<string, unknown> = { ...json, [field]: damage };
        if (JSON.stringify(damage) === JSON.stringify(json[field as keyof RunStateJson])) continue;
        if (typeof damage === typeof json[field as keyof RunStateJson] && typeof damage === 'string') continue;
        const text = JSON.stringify(damaged);
        expect(() => RunState.fromString(agent, text), `${field} = ${JSON.stringify(damage)}`).toThrow(UserError);
      }
    }
  });

  it.each<[what: string, damage: (json: RunStateJson) => object]>([
    ['a phase that is none', (json) => ({ ...json, phase: { type: 'somewhere' } })],
    ['a view that is none', (json) => ({ ...json, view: 5 })],
    ['a view without items', (json) => ({ ...json, view: { upTo: 1 } })],
    ['a view of entries that are not there', (json) => ({ ...json, view: { upTo: 1, items: [99] } })],
    ['a server that is none', (json) => ({ ...json, server: 'conv_1' })],
    ['a server without its cursor', (json) => ({ ...json, server: { auto: true } })],
    ['a nested run that is none', (json) => ({ ...json, nested: { 1: { schemaVersion: '1' } } })],
    ['a result kept early that is none', (json) => ({ ...json, earlyResults: [{ seq: 'x' }] })],
    ['an entry of an unknown agent', (json) => ({ ...json, transcript: json.transcript.map((entry) => ({ ...entry, agent: 'Z' })) })],
    ['an entry without an origin', (json) => ({ ...json, transcript: [{ item: user('Hi') }] })],
    ['a response without its place', (json) => ({ ...json, responses: [{ usage: {} }] })],
    ['more stored than there is', (json) => ({ ...json, savedUpTo: 999 })],
  ])('is refused: %s', async (_what, damage) => {
    const { agent, json } = await waiting();
    const text = JSON.stringify(damage(json));
    expect(() => RunState.fromString(agent, text)).toThrow(UserError);
  });

  it('is refused where the current agent is out of reach, with who is within', async () => {
    const { json } = await waiting();
    const text = JSON.stringify({ ...json, agent: 'Gone' });
    expect(read(text)).toThrow(/knows no agent "Gone"\. Agents within reach of "A": A\..*Resume with the agents/);
  });

  it('is refused where it was started with another agent', async () => {
    const { state } = await waiting();
    const other = new Agent({ name: 'Z', model: new ScriptedModel([]) });
    expect(() => RunState.fromString(other, state.toString())).toThrow(UserError);
  });
});

describe('the state of an error', () => {
  it('is found on it, and on no other', async () => {
    const agent = agentA([]);
    const error: unknown = await run(agent, 'Hi').catch((e: unknown) => e);
    expect(RunState.of(error)?.history).toEqual([user('Hi')]);
    expect(RunState.of(new Error('other'))).toBeUndefined();
    expect(RunState.of(undefined)).toBeUndefined();
  });

  it('is not printed with it, nor enumerable', async () => {
    const error: unknown = await run(agentA([]), 'a very private question').catch((e: unknown) => e);
    expect(RunState.of(error)).toBeDefined();
    expect(Object.keys(error as object)).not.toContain('state');
    expect(JSON.stringify(error)).not.toContain('private');
    const { inspect } = await import('node:util');
    expect(inspect(error)).not.toContain('private');
  });
});
