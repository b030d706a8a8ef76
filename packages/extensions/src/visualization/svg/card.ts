import type { GraphAgent, GraphTool } from '../agent-graph.js';
import { ICONS } from './icons.js';
import type { IconKind } from './icons.js';
import { boldWidth, monoWidth, sansWidth } from './text-width.js';
import { wrapText } from '../wrap-text.js';
import { escapeXml, px } from './xml.js';

/** What an agent's card shows, broken into lines that fit its width. */
export interface Card {
  readonly agent: GraphAgent;
  readonly width: number;
  readonly height: number;
  readonly name: readonly string[];
  readonly model: readonly string[];
  readonly rows: readonly CardRow[];
  /** How many rows there was no room for. */
  readonly more: number;
}

interface CardRow extends Row {
  readonly lines: readonly string[];
}

interface Row {
  readonly icon: IconKind;
  readonly text: string;
  readonly tag: string;
  /** Shown when the pointer rests on the row. */
  readonly hint: string;
}

const PADDING = 14;
const ICON = 20;
const TAG_GAP = 10;
const NAME = { size: 14, line: 19 };
const MODEL = { size: 11, line: 16 };
const ROW = { size: 12, line: 16, gap: 5 };
const TAG_SIZE = 11;
const MIN_WIDTH = 168;
const MAX_WIDTH = 300;
const MAX_ROWS = 16;

/** The width that shows everything in one line, within limits; all cards of a picture get the widest. */
export function naturalWidth(agent: GraphAgent): number {
  const rows = rowsOf(agent).slice(0, MAX_ROWS);
  const widest = Math.max(
    boldWidth(agent.name, NAME.size),
    sansWidth(agent.model ?? '', MODEL.size),
    ...rows.map(({ text, tag }) => ICON + monoWidth(text, ROW.size) + tagRoom(tag)),
  );
  return Math.ceil(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, widest + 2 * PADDING + 2)));
}

/** Breaks what an agent has into lines, and says how high that gets. */
export function createCard(agent: GraphAgent, width: number): Card {
  const room = width - 2 * PADDING;
  const all = rowsOf(agent);
  const shown = all.length > MAX_ROWS ? all.slice(0, MAX_ROWS - 1) : all;
  const rows = shown.map((row) => ({
    ...row,
    lines: wrapText(row.text, {
      width: room - ICON - tagRoom(row.tag),
      maxLines: 3,
      measure: (text) => monoWidth(text, ROW.size),
    }),
  }));
  const card = {
    agent,
    width,
    name: wrapText(agent.name, {
      width: room,
      maxLines: 3,
      measure: (text) => boldWidth(text, NAME.size),
    }),
    model:
      agent.model === undefined
        ? []
        : wrapText(agent.model, {
            width: room,
            maxLines: 1,
            measure: (text) => sansWidth(text, MODEL.size),
          }),
    rows,
    more: all.length - shown.length,
  };
  return { ...card, height: headHeight(card) + bodyHeight(card) };
}

/** The card as SVG, with its corner at 0, 0. */
export function drawCard(card: Card, { isFirst }: { readonly isFirst: boolean }): string {
  const { agent, width, height, name, model, rows, more } = card;
  const head = headHeight(card);
  const lines: string[] = [];
  let y = PADDING - 3;
  for (const line of name) {
    y += NAME.line;
    lines.push(`<text class="name" x="${PADDING}" y="${px(y - 5)}">${escapeXml(line)}</text>`);
  }
  for (const line of model) {
    y += MODEL.line;
    lines.push(`<text class="model" x="${PADDING}" y="${px(y - 4)}">${escapeXml(line)}</text>`);
  }
  if (rows.length > 0) lines.push(`<path class="rule" d="M0 ${px(head)}H${width}"/>`);
  y = head + 9;
  for (const row of rows) {
    lines.push(drawRow(row, { width, y }));
    y += row.lines.length * ROW.line + ROW.gap;
  }
  if (more > 0)
    lines.push(
      `<text class="more" x="${PADDING + ICON}" y="${px(y + 12)}">and ${more} more</text>`,
    );
  const hint = agent.description === '' ? '' : `<title>${escapeXml(agent.description)}</title>`;
  return [
    `<g${isFirst ? ' class="first"' : ''}>${hint}`,
    `<rect class="card" width="${width}" height="${px(height)}" rx="10"/>`,
    rows.length > 0
      ? `<path class="head" d="M0 ${px(head)}V10A10 10 0 0 1 10 0H${width - 10}A10 10 0 0 1 ${width} 10V${px(head)}Z"/>`
      : `<rect class="head" width="${width}" height="${px(height)}" rx="10"/>`,
    ...lines,
    `<rect class="frame" width="${width}" height="${px(height)}" rx="10"/>`,
    '</g>',
  ].join('');
}

function drawRow(
  { icon, lines, tag, hint }: CardRow,
  { width, y }: { readonly width: number; readonly y: number },
): string {
  const texts = lines.map(
    (line, index) =>
      `<text class="row mono" x="${PADDING + ICON}" y="${px(y + 12 + index * ROW.line)}">${escapeXml(line)}</text>`,
  );
  return [
    hint === '' ? '<g>' : `<g><title>${escapeXml(hint)}</title>`,
    `<path class="icon ${icon}" transform="translate(${PADDING - 1} ${px(y + 1)})" d="${ICONS[icon]}"/>`,
    ...texts,
    tag === ''
      ? ''
      : `<text class="tag" x="${width - PADDING}" y="${px(y + 12)}" text-anchor="end">${escapeXml(tag)}</text>`,
    '</g>',
  ].join('');
}

function headHeight({ name, model }: Pick<Card, 'name' | 'model'>): number {
  return PADDING - 3 + name.length * NAME.line + model.length * MODEL.line + PADDING - 5;
}

function bodyHeight({ rows, more }: Pick<Card, 'rows' | 'more'>): number {
  if (rows.length === 0) return 0;
  const lines = rows.reduce((sum, row) => sum + row.lines.length * ROW.line + ROW.gap, 0);
  return 9 + lines + (more > 0 ? ROW.line + ROW.gap : 0) + 6;
}

function tagRoom(tag: string): number {
  return tag === '' ? 0 : sansWidth(tag, TAG_SIZE) + TAG_GAP;
}

/** In the order things happen: what checks the input, what can be called, what checks the output. */
function rowsOf({ guardrails, tools }: GraphAgent): Row[] {
  const guards = (wanted: 'input' | 'output'): Row[] =>
    guardrails
      .filter(({ kind }) => kind === wanted)
      .map(({ kind, name }) => ({
        icon: 'guardrail',
        text: name,
        tag: kind,
        hint: `${kind} guardrail`,
      }));
  return [...guards('input'), ...tools.map(toolRow), ...guards('output')];
}

function toolRow({ kind, name, description, needsApproval, hasGuardrails }: GraphTool): Row {
  const tags = [
    ...(TAG_OF[kind] === '' ? [] : [TAG_OF[kind]]),
    ...(hasGuardrails ? ['guarded'] : []),
    ...(needsApproval ? ['asks first'] : []),
  ];
  return { icon: kind, text: name, tag: tags.join(', '), hint: description };
}

const TAG_OF: Readonly<Record<GraphTool['kind'], string>> = {
  function: '',
  hosted: 'hosted',
  local: 'local',
  mcp: 'MCP',
  agent: 'agent',
};
