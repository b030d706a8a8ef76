import { getHandoff } from '../agent/index.js';
import type { AnyAgent } from '../agent/index.js';
import { UserError } from '../error/index.js';

/**
 * All agents a run can reach, each under a key that is the same in every process: its name, with a
 * number where several agents share one. Saved states name agents by key.
 */
export class AgentGraph {
  readonly start: AnyAgent;
  /** Absent where the agent is alone, as most are. */
  readonly #agents: ReadonlyMap<string, AnyAgent> | undefined;

  /** @param agents All of them, the first under its own name. */
  constructor(start: AnyAgent, agents?: ReadonlyMap<string, AnyAgent>) {
    this.start = start;
    this.#agents = agents;
  }

  keyOf(agent: AnyAgent): string {
    if (agent === this.start) return agent.name;
    for (const [key, each] of this.#agents ?? []) if (each === agent) return key;
    if (this.#find(agent.name) !== undefined) {
      throw new UserError(
        `A handoff led to an agent "${agent.name}" that is not the one within reach of agent "${this.start.name}". ` +
          'A function in handoffs must return the same agent every time: make the agent once, outside of it.',
      );
    }
    throw new UserError(
      `Agent "${agent.name}" cannot be reached from agent "${this.start.name}". Add it to the handoffs of an agent that can.`,
    );
  }

  agentOf(key: string): AnyAgent {
    const agent = this.#find(key);
    if (agent !== undefined) return agent;
    throw new UserError(
      `The run knows no agent "${key}". Agents within reach of "${this.start.name}": ${this.#keys().join(', ')}. ` +
        'Resume with the agents the state was saved with.',
    );
  }

  agents(): Iterable<AnyAgent> {
    return this.#agents?.values() ?? [this.start];
  }

  #find(key: string): AnyAgent | undefined {
    return key === this.start.name ? this.start : this.#agents?.get(key);
  }

  #keys(): string[] {
    return this.#agents === undefined ? [this.start.name] : [...this.#agents.keys()];
  }
}

/** Walks the handoffs from the starting agent on, breadth first, in the order they are listed. */
export function createAgentGraph(start: AnyAgent): AgentGraph {
  if (start.handoffs.length === 0) return new AgentGraph(start);
  const agents = new Map<string, AnyAgent>();
  const queue: AnyAgent[] = [start];
  const found = new Set<AnyAgent>();
  for (const agent of queue) {
    if (found.has(agent)) continue;
    const key = freeKey(agent.name, agents);
    if (agents.size >= MAX_AGENTS) throw neverEnding(start);
    found.add(agent);
    agents.set(key, agent);
    for (const target of agent.handoffs) queue.push(getHandoff(target).agent);
  }
  return new AgentGraph(start, agents);
}

/** More agents than anybody writes: the handoffs go on without end. */
const MAX_AGENTS = 1_000;

function neverEnding(start: AnyAgent): UserError {
  return new UserError(
    `Agent "${start.name}" reaches more than ${MAX_AGENTS} agents. A function in handoffs must return the same agent every time: ` +
      'make the agent once, outside of it.',
  );
}

function freeKey(name: string, taken: ReadonlyMap<string, AnyAgent>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}#${number}`)) number++;
  return `${name}#${number}`;
}
