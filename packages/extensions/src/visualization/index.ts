/** The graph of an agent as a picture: `@baton/extensions/visualization`. */
export { agentGraph } from './agent-graph.js';
export type {
  AgentGraph,
  GraphAgent,
  GraphEdge,
  GraphGuardrail,
  GraphTool,
  GraphToolKind,
} from './agent-graph.js';
export { drawGraph } from './draw-graph.js';
export type { DrawGraphOptions } from './draw-graph.js';
