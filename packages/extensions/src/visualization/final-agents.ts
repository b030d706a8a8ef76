import type { AgentGraph } from './agent-graph.js';

/** Agents a run is sure to end with: those that take part in the run and hand over to nobody. */
export function finalAgents({ start, agents, edges }: AgentGraph): string[] {
  const handoffs = edges.filter(({ kind }) => kind === 'handoff');
  return agents
    .map(({ key }) => key)
    .filter((key) => key === start || handoffs.some(({ to }) => to === key))
    .filter((key) => handoffs.every(({ from }) => from !== key));
}
