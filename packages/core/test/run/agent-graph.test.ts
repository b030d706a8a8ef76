import { describe, expect, it } from 'vitest';
import { Agent, handoff, run, UserError } from '../../src/index.js';
import { createAgentGraph } from '../../src/run/agent-graph.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';

describe('the agents that a run can reach', () => {
  it('are found by name, breadth first, whichever way they are named', () => {
    const d = new Agent({ name: 'D' });
    const c = new Agent({ name: 'C' });
    const b = new Agent({ name: 'B', handoffs: [() => d] });
    const a = new Agent({ name: 'A', handoffs: [b, handoff(c)] });
    const graph = createAgentGraph(a);
    expect([...graph.agents()].map((agent) => graph.keyOf(agent))).toEqual(['A', 'B', 'C', 'D']);
    expect(graph.agentOf('D')).toBe(d);
    expect(graph.start).toBe(a);
  });

  it('are each found once, also where they name each other', () => {
    const a: Agent = new Agent({ name: 'A', handoffs: [() => b, () => a] });
    const b: Agent = new Agent({ name: 'B', handoffs: [a] });
    expect([...createAgentGraph(a).agents()]).toEqual([a, b]);
  });

  it('of one name have numbers, the same in every process [JS-54, MSC-02]', () => {
    const build = () => {
      const inner = new Agent({ name: 'A' });
      const other = new Agent({ name: 'A', handoffs: [inner] });
      return createAgentGraph(new Agent({ name: 'A', handoffs: [other] }));
    };
    const keys = (graph: ReturnType<typeof build>) => [...graph.agents()].map((agent) => graph.keyOf(agent));
    expect(keys(build())).toEqual(['A', 'A#2', 'A#3']);
    expect(keys(build())).toEqual(keys(build()));
  });

  it('keep their keys apart from names that look like keys', () => {
    const graph = createAgentGraph(
      new Agent({ name: 'A', handoffs: [new Agent({ name: 'A#2' }), new Agent({ name: 'A' })] }),
    );
    expect(new Set([...graph.agents()].map((agent) => graph.keyOf(agent))).size).toBe(3);
  });

  it('are the same every time: a function that makes a new agent is refused, saying so', async () => {
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('transfer_to_b')]),
      handoffs: [() => new Agent({ name: 'B', model: new ScriptedModel(['Hi']) })],
    });
    await expect(run(agent, 'Hi')).rejects.toThrow(/must return the same agent every time/);
  });

  it('come to an end: agents that make agents without end are refused', () => {
    const make = (): Agent => new Agent({ name: 'A', handoffs: [make] });
    expect(() => createAgentGraph(make())).toThrow(UserError);
    expect(() => createAgentGraph(make())).toThrow(/must return the same agent every time/);
  });

  it('do not hold others: those are refused by name, with what is known', () => {
    const graph = createAgentGraph(new Agent({ name: 'A', handoffs: [new Agent({ name: 'B' })] }));
    expect(() => graph.agentOf('C')).toThrow(UserError);
    expect(() => graph.agentOf('C')).toThrow(/knows no agent "C"\. Agents within reach of "A": A, B\./);
    expect(() => graph.keyOf(new Agent({ name: 'Z' }))).toThrow(/Agent "Z" cannot be reached from agent "A"/);
  });
});
