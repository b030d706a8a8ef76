import { Agent, getHandoff, UserError } from '@baton/core';
import type { AnyAgent, Tool } from '@baton/core';

/** What a tool is, as far as a picture is concerned. */
export type GraphToolKind = 'function' | 'hosted' | 'local' | 'mcp' | 'agent';

/** A tool in the graph of an agent. */
export interface GraphTool {
  /** `mcp` stands for a server with all its tools, `local` for computer, shell and apply_patch. */
  readonly kind: GraphToolKind;
  readonly name: string;
  /** What the model is told of it; empty where nothing is said. */
  readonly description: string;
  /** Key of the agent behind an agent used as a tool. */
  readonly agent?: string;
  /** Whether a human is asked, always or for some calls. */
  readonly needsApproval: boolean;
  /** Whether its input or output is checked. */
  readonly hasGuardrails: boolean;
}

/** A guardrail in the graph of an agent. */
export interface GraphGuardrail {
  readonly kind: 'input' | 'output';
  readonly name: string;
}

/** An agent in the graph, with what it has. */
export interface GraphAgent {
  /** Its name, with a number where several agents share one: `Helper`, `Helper#2`. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  /** The model's name, where the agent chooses a model that has one. */
  readonly model?: string;
  readonly tools: readonly GraphTool[];
  readonly guardrails: readonly GraphGuardrail[];
}

/** A way from one agent to another. */
export interface GraphEdge {
  readonly kind: 'handoff' | 'agent_tool';
  /** Key of the agent that hands over or calls. */
  readonly from: string;
  /** Key of the agent that takes over or is called. */
  readonly to: string;
}

/** Every agent that a run can reach, and the ways between them. */
export interface AgentGraph {
  /** Key of the agent a run begins with. */
  readonly start: string;
  /** The starting agent first, then in the order they are found, breadth first. */
  readonly agents: readonly GraphAgent[];
  readonly edges: readonly GraphEdge[];
}

/**
 * Reads the graph of an agent: every agent within reach by handoffs and agents used as tools, once, however they
 * refer to each other. Use it to draw a picture of your own; `drawGraph()` draws three.
 *
 * @param start The agent a run begins with.
 * @throws UserError where the handoffs go on without end, as a function in `handoffs` makes a new agent each time.
 *
 * @example
 * ```ts
 * import { Agent } from '@baton/core';
 * import { agentGraph } from '@baton/extensions/visualization';
 *
 * const faq = new Agent({ name: 'FAQ' });
 * const { edges } = agentGraph(new Agent({ name: 'Triage', handoffs: [faq] }));
 * // [{ kind: 'handoff', from: 'Triage', to: 'FAQ' }]
 * export const count: number = edges.length;
 * ```
 */
export function agentGraph(start: AnyAgent): AgentGraph {
  if (!(start instanceof Agent)) {
    throw new UserError('A graph is drawn of something that is not an agent. Pass an Agent.');
  }
  const keys = keysOf(start);
  const keyOf = (agent: AnyAgent): string => keys.get(agent) ?? agent.name;
  const agents = [...keys.keys()];
  return {
    start: start.name,
    agents: agents.map((agent) => ({
      key: keyOf(agent),
      name: agent.name,
      description: agent.handoffDescription,
      ...modelOf(agent),
      tools: [...enabledTools(agent).map((tool) => toGraphTool(tool, keyOf)), ...mcpServers(agent)],
      guardrails: [
        ...agent.inputGuardrails.map(({ name }) => ({ kind: 'input' as const, name })),
        ...agent.outputGuardrails.map(({ name }) => ({ kind: 'output' as const, name })),
      ],
    })),
    edges: agents.flatMap((agent) => edgesOf(agent, keyOf)),
  };
}

/** More agents than anybody writes: the handoffs go on without end. */
const MAX_AGENTS = 1_000;

/** All agents within reach, each under a key of its own. */
function keysOf(start: AnyAgent): Map<AnyAgent, string> {
  const keys = new Map<AnyAgent, string>();
  const taken = new Set<string>();
  const queue: AnyAgent[] = [start];
  for (const agent of queue) {
    if (keys.has(agent)) continue;
    if (keys.size >= MAX_AGENTS) {
      throw new UserError(
        `Agent "${start.name}" reaches more than ${MAX_AGENTS} agents. A function in handoffs must return the same agent every time: ` +
          'make the agent once, outside of it.',
      );
    }
    let key = agent.name;
    for (let number = 2; taken.has(key); number++) key = `${agent.name}#${number}`;
    taken.add(key);
    keys.set(agent, key);
    queue.push(
      ...handoffsOf(agent),
      ...enabledTools(agent).flatMap((tool) => agentBehind(tool) ?? []),
    );
  }
  return keys;
}

function edgesOf(agent: AnyAgent, keyOf: (agent: AnyAgent) => string): GraphEdge[] {
  const from = keyOf(agent);
  const handoffs = new Set(handoffsOf(agent));
  const called = new Set(enabledTools(agent).flatMap((tool) => agentBehind(tool) ?? []));
  return [
    ...[...handoffs].map((target) => ({ kind: 'handoff' as const, from, to: keyOf(target) })),
    ...[...called].map((target) => ({ kind: 'agent_tool' as const, from, to: keyOf(target) })),
  ];
}

/** What is switched off for good is never offered to a model. */
function handoffsOf(agent: AnyAgent): AnyAgent[] {
  return agent.handoffs
    .map((target) => getHandoff(target))
    .filter(({ isEnabled }) => isEnabled !== false)
    .map((handoff) => handoff.agent);
}

function enabledTools(agent: AnyAgent): Tool<never>[] {
  return agent.tools.filter(({ isEnabled }) => isEnabled !== false);
}

function agentBehind(tool: Tool<never>): AnyAgent | undefined {
  const agent = tool.type === 'function' ? tool.agent : undefined;
  return agent instanceof Agent ? agent : undefined;
}

function toGraphTool(tool: Tool<never>, keyOf: (agent: AnyAgent) => string): GraphTool {
  if (tool.type === 'hosted_tool') {
    const { serverLabel, name, onApproval } = tool;
    return {
      kind: serverLabel === undefined ? 'hosted' : 'mcp',
      name: serverLabel ?? name,
      description: '',
      needsApproval: onApproval !== undefined,
      hasGuardrails: false,
    };
  }
  const common = {
    needsApproval: tool.needsApproval !== false,
    hasGuardrails: tool.inputGuardrails.length + tool.outputGuardrails.length > 0,
  };
  if (tool.type !== 'function')
    return { kind: 'local', name: tool.name, description: '', ...common };
  const { name, namespace, description } = tool;
  const behind = agentBehind(tool);
  return {
    kind: behind === undefined ? 'function' : 'agent',
    name: namespace === undefined ? name : `${namespace}.${name}`,
    description,
    ...(behind !== undefined && { agent: keyOf(behind) }),
    ...common,
  };
}

/** Servers whose tools are only known once a run has asked them. */
function mcpServers(agent: AnyAgent): GraphTool[] {
  const servers: unknown = Reflect.get(agent, 'mcpServers');
  if (!Array.isArray(servers)) return [];
  return servers.map((server: unknown) => ({
    kind: 'mcp',
    name: nameOf(server) ?? 'MCP server',
    description: '',
    needsApproval: false,
    hasGuardrails: false,
  }));
}

function modelOf({ model }: AnyAgent): { readonly model?: string } {
  const name = typeof model === 'string' ? model : nameOf(model);
  return name === undefined ? {} : { model: name };
}

function nameOf(value: unknown): string | undefined {
  const named = typeof value === 'object' && value !== null && 'name' in value;
  return named && typeof value.name === 'string' && value.name !== '' ? value.name : undefined;
}
