import { describe, expect, it } from 'vitest';
import {
  Agent,
  defineToolInputGuardrail,
  handoff,
  shellTool,
  tool,
  toolNamespace,
  UserError,
} from '@baton/core';
import { ScriptedModel } from '@baton/core/testing';
import { agentGraph } from '../src/visualization/index.js';
import { aGuardrail, aTool, office, webSearch } from './support/agents.js';

describe('the graph of an agent', () => {
  it('holds every agent within reach once, in a circle too [EX-2]', () => {
    const { start, agents, edges } = agentGraph(office());
    expect(start).toBe('Desk');
    expect(agents.map(({ key }) => key)).toEqual(['Desk', 'Clerk', 'Helper']);
    expect(edges).toEqual([
      { kind: 'handoff', from: 'Desk', to: 'Clerk' },
      { kind: 'agent_tool', from: 'Desk', to: 'Helper' },
      { kind: 'handoff', from: 'Clerk', to: 'Desk' },
    ]);
  });

  it('tells tools apart by what they are [EX-2]', () => {
    const agent = new Agent({
      name: 'A',
      tools: [
        aTool('look_up'),
        webSearch,
        { type: 'hosted_tool', name: 'hosted_mcp', serverLabel: 'docs' },
        shellTool({ shell: { run: () => Promise.resolve({ output: [] }) } }),
        new Agent({ name: 'B' }).asTool(),
      ],
    });
    expect(agentGraph(agent).agents[0]?.tools.map(({ kind, name }) => [kind, name])).toEqual([
      ['function', 'look_up'],
      ['hosted', 'web_search'],
      ['mcp', 'docs'],
      ['local', 'shell'],
      ['agent', 'b'],
    ]);
  });

  it('holds the MCP servers of an agent [EX-2]', () => {
    const agent = Object.assign(new Agent({ name: 'A' }), { mcpServers: [{ name: 'files' }, {}] });
    expect(agentGraph(agent).agents[0]?.tools.map(({ kind, name }) => [kind, name])).toEqual([
      ['mcp', 'files'],
      ['mcp', 'MCP server'],
    ]);
  });

  it('holds guardrails of input and output', () => {
    const agent = new Agent({
      name: 'A',
      inputGuardrails: [aGuardrail('in')],
      outputGuardrails: [aGuardrail('out')],
    });
    expect(agentGraph(agent).agents[0]?.guardrails).toEqual([
      { kind: 'input', name: 'in' },
      { kind: 'output', name: 'out' },
    ]);
  });

  it('says which tools ask first and which are checked', () => {
    const guardrail = defineToolInputGuardrail({
      name: 'g',
      run: () => ({ behavior: { type: 'allow' } }),
    });
    const agent = new Agent({
      name: 'A',
      tools: [
        tool({ name: 'sometimes', needsApproval: () => false, execute: () => '' }),
        tool({ name: 'checked', inputGuardrails: [guardrail], execute: () => '' }),
      ],
    });
    const [sometimes, checked] = agentGraph(agent).agents[0]?.tools ?? [];
    expect(sometimes).toMatchObject({ needsApproval: true, hasGuardrails: false });
    expect(checked).toMatchObject({ needsApproval: false, hasGuardrails: true });
  });

  it('names a tool in a namespace with it', () => {
    const tools = toolNamespace({
      name: 'crm',
      description: 'Customers',
      tools: [tool({ name: 'find', execute: () => '' })],
    });
    expect(agentGraph(new Agent({ name: 'A', tools })).agents[0]?.tools[0]?.name).toBe('crm.find');
  });

  it('names the model where the agent chooses one', () => {
    const modelOf = (agent: Agent) => agentGraph(agent).agents[0]?.model;
    expect(modelOf(new Agent({ name: 'A', model: 'gpt-5.6-luna' }))).toBe('gpt-5.6-luna');
    expect(modelOf(new Agent({ name: 'A', model: new ScriptedModel([], { name: 'mine' }) }))).toBe(
      'mine',
    );
    expect(modelOf(new Agent({ name: 'A' }))).toBeUndefined();
  });

  it('gives agents of one name a key each', () => {
    const agents = [new Agent({ name: 'Helper' }), new Agent({ name: 'Helper' })];
    const graph = agentGraph(new Agent({ name: 'Helper#2', handoffs: agents }));
    expect(graph.agents.map(({ key }) => key)).toEqual(['Helper#2', 'Helper', 'Helper#3']);
  });

  it('leaves out what is switched off for good, and keeps what is so at times', () => {
    const [never, atTimes] = [new Agent({ name: 'Never' }), new Agent({ name: 'At times' })];
    const agent = new Agent({
      name: 'A',
      handoffs: [
        handoff(never, { isEnabled: false }),
        handoff(atTimes, { isEnabled: () => false }),
      ],
      tools: [tool({ name: 'off', isEnabled: false, execute: () => '' })],
    });
    const { agents } = agentGraph(agent);
    expect(agents.map(({ name }) => name)).toEqual(['A', 'At times']);
    expect(agents[0]?.tools).toEqual([]);
  });

  it('of handoffs that go on without end is refused', () => {
    const endless = (): Agent => new Agent({ name: 'Endless', handoffs: [endless] });
    expect(() => agentGraph(endless())).toThrow(/more than 1000 agents.*outside of it/);
  });

  it('of something else is refused', () => {
    expect(() => agentGraph({ name: 'A' } as never)).toThrow(UserError);
  });
});
