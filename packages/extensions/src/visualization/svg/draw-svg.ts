import type { AgentGraph, GraphEdge } from '../agent-graph.js';
import { layOut } from '../layout/layout.js';
import type { Layout } from '../layout/layout.js';
import { createCard, drawCard, naturalWidth } from './card.js';
import type { Card } from './card.js';
import { drawEdge, drawSelfEdge } from './draw-edge.js';
import { ROOT, styleSheet } from './style.js';
import { escapeXml, px } from './xml.js';

/** What a picture in SVG can be asked for. */
export interface DrawSvgOptions {
  readonly direction?: 'down' | 'right';
  readonly theme?: 'auto' | 'light' | 'dark';
}

/** Wider than what a page shows beside its margins: then to the right is better than down. */
const WIDE = 960;
const MARGIN = 16;
/** The mark of where a run begins. */
const DOT = 12;
/** Room beside a card for the way of an agent to itself. */
const LOOP = 26;
const LEGEND = 30;

/** The graph as a picture: a card for each agent, with what it has; lines for handoffs and agents used as tools. */
export function drawSvg(graph: AgentGraph, { direction, theme = 'auto' }: DrawSvgOptions): string {
  const width = Math.max(...graph.agents.map(naturalWidth));
  const cards = graph.agents.map((agent) => createCard(agent, width));
  const drawing = arrange(graph, cards, direction ?? 'down');
  if (direction === undefined && drawing.width > WIDE) {
    const other = arrange(graph, cards, 'right');
    if (other.width < drawing.width) return toSvg(graph, other, theme);
  }
  return toSvg(graph, drawing, theme);
}

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly string[];
}

function arrange(graph: AgentGraph, cards: readonly Card[], direction: 'down' | 'right'): Drawing {
  const down = direction === 'down';
  const index = new Map(graph.agents.map(({ key }, position) => [key, position + 1]));
  const indexOf = (key: string): number => index.get(key) ?? 0;
  const ways = joinWays(graph.edges);
  const toItself = new Set(
    graph.edges.filter(({ from, to }) => from === to).map(({ from }) => indexOf(from)),
  );
  const boxes = cards.map(({ width, height }, position) => {
    const [breadth, depth] = down ? [width, height] : [height, width];
    return { breadth: breadth + (toItself.has(position + 1) ? 2 * LOOP : 0), depth };
  });
  const dot = { breadth: DOT, depth: DOT };
  const between = ways.filter(({ from, to }) => from !== to);
  const layout = layOut(
    [dot, ...boxes],
    [
      { from: 0, to: 1 },
      ...between.map(({ from, to }) => ({ from: indexOf(from), to: indexOf(to) })),
    ],
  );
  const at = ({
    across,
    along,
  }: {
    readonly across: number;
    readonly along: number;
  }): readonly [number, number] =>
    down ? [across + MARGIN, along + MARGIN] : [along + MARGIN, across + MARGIN];
  const corner = (position: number): readonly [number, number] => {
    const point = layout.boxes[position] ?? { across: 0, along: 0 };
    return at({ ...point, across: point.across + (toItself.has(position) ? LOOP : 0) });
  };
  const [x, y] = corner(0);
  const parts = [
    `<circle class="dot" cx="${px(x + DOT / 2)}" cy="${px(y + DOT / 2)}" r="${DOT / 2}"/>`,
    ...layout.links.map((points, position) => {
      const way = between[position - 1]; // the first leads from the dot
      const ends = { atStart: way?.both === true, atEnd: true, isCall: way?.kind === 'agent_tool' };
      return drawEdge(points.map(at), { ...ends, down });
    }),
    ...ways
      .filter(({ from, to }) => from === to)
      .map(({ from, kind }) => {
        const card = cards[indexOf(from) - 1];
        if (card === undefined) return '';
        return drawSelfEdge(corner(indexOf(from)), card, { down, isCall: kind === 'agent_tool' });
      }),
    ...cards.map((card, position) => {
      const [left, top] = corner(position + 1);
      return `<g transform="translate(${px(left)} ${px(top)})">${drawCard(card, { isFirst: position === 0 })}</g>`;
    }),
  ];
  return withLegend(graph, { layout, down, parts });
}

function withLegend(
  graph: AgentGraph,
  {
    layout,
    down,
    parts,
  }: { readonly layout: Layout; readonly down: boolean; readonly parts: readonly string[] },
): Drawing {
  const [width, height] = down ? [layout.breadth, layout.depth] : [layout.depth, layout.breadth];
  const size = { width: width + 2 * MARGIN, height: height + 2 * MARGIN };
  if (graph.edges.every(({ kind }) => kind === 'handoff')) return { ...size, parts };
  const y = size.height + 4;
  const legend = [
    `<path class="edge" d="M${MARGIN} ${px(y)}h24"/><text class="legend" x="${MARGIN + 32}" y="${px(y + 4)}">handoff</text>`,
    `<path class="edge call" d="M${MARGIN + 92} ${px(y)}h24"/><text class="legend" x="${MARGIN + 124}" y="${px(y + 4)}">agent as tool</text>`,
  ];
  return {
    width: Math.max(size.width, 250),
    height: size.height + LEGEND - MARGIN,
    parts: [...parts, ...legend],
  };
}

interface Way extends GraphEdge {
  /** Whether there is the same way back. */
  readonly both: boolean;
}

/** There and back is one line with two tips. */
function joinWays(edges: readonly GraphEdge[]): Way[] {
  const ways: Way[] = [];
  for (const edge of edges) {
    const back = ways.findIndex(
      ({ kind, from, to }) =>
        kind === edge.kind && from === edge.to && to === edge.from && from !== to,
    );
    const way = ways[back];
    if (way === undefined) ways.push({ ...edge, both: false });
    else ways[back] = { ...way, both: true };
  }
  return ways;
}

function toSvg(
  graph: AgentGraph,
  { width, height, parts }: Drawing,
  theme: 'auto' | 'light' | 'dark',
): string {
  const name = graph.agents[0]?.name ?? '';
  const others = graph.agents.length - 1;
  const title = `The agent ${name}${others === 0 ? '' : ` and the ${others === 1 ? 'agent' : `${others} agents`} within its reach`}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="${ROOT}" role="img" width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${styleSheet(theme)}</style>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}
