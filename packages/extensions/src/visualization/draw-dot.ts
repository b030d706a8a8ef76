import type { AgentGraph, GraphAgent, GraphTool } from './agent-graph.js';
import { finalAgents } from './final-agents.js';
import { wrapText } from './wrap-text.js';

/** The graph in the language of Graphviz. */
export function drawDot(
  graph: AgentGraph,
  { direction = 'down' }: { readonly direction?: 'down' | 'right' },
): string {
  const ids = new Map(graph.agents.map(({ key }, index) => [key, `agent${index}`]));
  const idOf = (key: string): string => ids.get(key) ?? key;
  const final = finalAgents(graph);
  return [
    'digraph {',
    `  graph [rankdir=${direction === 'down' ? 'TB' : 'LR'}, bgcolor="transparent", nodesep=0.35, ranksep=0.55]`,
    `  node [fontname="${FONT}", fontsize=12, style="filled,rounded", color="#59636e", fontcolor="#1f2328", margin="0.16,0.07"]`,
    `  edge [fontname="${FONT}", fontsize=10, color="#6e7781", fontcolor="#6e7781", penwidth=1.3, arrowsize=0.8]`,
    '  __start__ [shape=ellipse, fillcolor=lightblue]',
    ...(final.length > 0 ? ['  __end__ [shape=ellipse, fillcolor=lightblue]'] : []),
    ...graph.agents.flatMap((agent) => agentLines(agent, idOf(agent.key))),
    `  __start__ -> ${idOf(graph.start)}`,
    ...graph.edges.map(({ kind, from, to }) =>
      kind === 'handoff'
        ? `  ${idOf(from)} -> ${idOf(to)}`
        : `  ${idOf(from)} -> ${idOf(to)} [style=dashed, label="as tool"]`,
    ),
    ...final.map((key) => `  ${idOf(key)} -> __end__`),
    '}',
    '',
  ].join('\n');
}

const FONT = 'Helvetica,Arial,sans-serif';

/** An agent, and around it what it has; an agent used as a tool is drawn as the agent it is. */
function agentLines({ name, guardrails, tools }: GraphAgent, id: string): string[] {
  return [
    `  ${id} [label=${quoted(name)}, shape=box, fillcolor=lightyellow]`,
    ...guardrails.flatMap((guardrail, index) => [
      `  ${id}g${index} [label=${quoted(guardrail.name)}, shape=octagon, style=filled, fillcolor=mistyrose]`,
      `  ${id}g${index} -> ${id} [style=dotted, arrowhead=none, label="${guardrail.kind}"]`,
    ]),
    ...tools.flatMap((tool, index) =>
      tool.kind === 'agent'
        ? []
        : [
            `  ${id}t${index} [label=${quoted(tool.needsApproval ? `${tool.name}\n(asks first)` : tool.name)}, ${toolShape(tool)}]`,
            `  ${id} -> ${id}t${index} [style=dotted, arrowhead=none]`,
          ],
    ),
  ];
}

function toolShape({ kind }: GraphTool): string {
  switch (kind) {
    case 'function':
    case 'agent':
    case 'local':
      return 'shape=ellipse, fillcolor=lightgreen';
    case 'hosted':
      return 'shape=ellipse, fillcolor=lightskyblue';
    case 'mcp':
      return 'shape=cylinder, style=filled, fillcolor=lavender';
    default:
      return kind satisfies never;
  }
}

/** A label: backslashes begin escapes in it, and ampersands entities. */
function quoted(text: string): string {
  const lines = text.split('\n').flatMap((line) =>
    wrapText(line.replaceAll(/\p{Cc}+/gu, ' '), {
      width: 32,
      maxLines: Number.POSITIVE_INFINITY,
      measure: ({ length }) => length,
    }),
  );
  return `"${lines.map(escaped).join('\\n')}"`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
