import type {
  AgentGraph,
  GraphAgent,
  GraphGuardrail,
  GraphTool,
  GraphToolKind,
} from './agent-graph.js';
import { finalAgents } from './final-agents.js';
import { wrapText } from './wrap-text.js';

/** The graph as a Mermaid flowchart. */
export function drawMermaid(
  graph: AgentGraph,
  { direction = 'down' }: { readonly direction?: 'down' | 'right' },
): string {
  const ids = new Map(graph.agents.map(({ key }, index) => [key, `a${index}`]));
  const idOf = (key: string): string => ids.get(key) ?? key;
  const final = finalAgents(graph);
  return [
    `flowchart ${direction === 'down' ? 'TB' : 'LR'}`,
    '  __start__(((" "))):::start',
    ...graph.agents.flatMap((agent) => agentLines(agent, idOf)),
    ...(final.length > 0 ? ['  __end__((" ")):::finish'] : []),
    `  __start__ --> ${idOf(graph.start)}`,
    ...graph.edges.map(({ kind, from, to }) =>
      kind === 'handoff'
        ? `  ${idOf(from)} --> ${idOf(to)}`
        : `  ${idOf(from)} -. as tool .-> ${idOf(to)}`,
    ),
    ...final.map((key) => `  ${idOf(key)} --> __end__`),
    ...CLASSES,
    '',
  ].join('\n');
}

/** An agent, and around it what it has, by kind; an agent used as a tool is drawn as the agent it is. */
function agentLines(
  { key, name, tools, guardrails }: GraphAgent,
  idOf: (key: string) => string,
): string[] {
  const id = idOf(key);
  const guards = (wanted: GraphGuardrail['kind']): string[] =>
    guardrails.filter(({ kind }) => kind === wanted).map((guardrail) => label(guardrail.name));
  const attached = (
    kind: string,
    names: readonly string[],
    { shape: [open, close], line }: Look,
  ): string[] =>
    names.length === 0
      ? []
      : [`  ${id} ${line} ${id}_${kind}${open}"${names.join('<br/>')}"${close}:::${kind}`];
  return [
    `  ${id}["${label(name)}"]:::agent`,
    ...attached('input', guards('input'), { shape: GUARDRAIL, line: '-. input .-' }),
    ...TOOL_SHAPES.flatMap(([kind, shape]) =>
      attached(kind, toolLabels(tools, kind), { shape, line: '-.-' }),
    ),
    ...attached('output', guards('output'), { shape: GUARDRAIL, line: '-. output .-' }),
  ];
}

type Shape = readonly [open: string, close: string];

interface Look {
  readonly shape: Shape;
  readonly line: string;
}

const GUARDRAIL: Shape = ['{{', '}}'];

const TOOL_SHAPES: readonly (readonly [Exclude<GraphToolKind, 'agent'>, Shape])[] = [
  ['function', ['(', ')']],
  ['local', ['[[', ']]']],
  ['hosted', ['[/', '/]']],
  ['mcp', ['[(', ')]']],
];

function toolLabels(tools: readonly GraphTool[], wanted: GraphToolKind): string[] {
  return tools
    .filter(({ kind }) => kind === wanted)
    .map(({ name, needsApproval }) => label(needsApproval ? `${name} (asks first)` : name));
}

/** Everything that Mermaid, Markdown or HTML could read as more than a character goes as its number. */
function label(text: string): string {
  // A name of which nothing can be seen is shown nonetheless.
  const plain = text.replaceAll(/\p{Cc}+|[\u2028\u2029]/gu, ' ').trim() || '?';
  return wrapText(plain, {
    width: 32,
    maxLines: Number.POSITIVE_INFINITY,
    measure: ({ length }) => length,
  })
    .map((line) => line.replaceAll(SPECIAL, (character) => `#${character.codePointAt(0)};`))
    .join('<br/>');
}

const SPECIAL = /[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\u200D _,?!()]/gu;

/** Colors that can be read on light and dark pages. */
const CLASSES: readonly string[] = [
  '  classDef agent fill:#fff8db,stroke:#b58900,color:#1f2328',
  '  classDef function fill:#dcf5e3,stroke:#2f855a,color:#1f2328',
  '  classDef local fill:#e7ecf3,stroke:#475569,color:#1f2328',
  '  classDef hosted fill:#dbeafe,stroke:#2563eb,color:#1f2328',
  '  classDef mcp fill:#ede9fe,stroke:#7c3aed,color:#1f2328',
  '  classDef input fill:#ffe4e6,stroke:#e11d48,color:#1f2328',
  '  classDef output fill:#ffe4e6,stroke:#e11d48,color:#1f2328',
  '  classDef start fill:#6e7781,stroke:#6e7781',
  '  classDef finish fill:#6e7781,stroke:#6e7781',
];
