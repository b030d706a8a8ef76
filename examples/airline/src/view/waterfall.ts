import { type Screen, textWidth, truncate } from '@baton/terminal';
import type { RecordedSpan } from './run-recorder.js';

/** When each part of a run happened, drawn to scale: agents, model calls, tools, guardrails. */
export function waterfall(spans: readonly RecordedSpan[], screen: Screen): string[] {
  const rows = spans.flatMap(toRow);
  const [root] = spans;
  if (root === undefined || rows.length === 0) return [];
  const scale = { start: root.start, length: Math.max(1, endOf(root) - root.start) };
  const columns = layOut(rows, screen);
  return [
    ...rows.map((row) => drawRow(row, { columns, scale, screen })),
    screen.paint.dim(summary(rows, scale.length, screen)),
  ];
}

type Kind = 'agent' | 'model' | 'tool' | 'guardrail';

interface Row {
  readonly kind: Kind;
  readonly label: string;
  readonly start: number;
  readonly length: number;
  readonly tokens: readonly [input: number, output: number] | undefined;
  readonly failed: boolean;
}

function toRow(span: RecordedSpan): Row[] {
  const { data, start, error } = span;
  const insideGuardrail = isInside(span, 'guardrail');
  const row = (kind: Kind, label: string, tokens?: Row['tokens']): Row[] => [
    { kind, label, start, length: endOf(span) - start, tokens, failed: error !== undefined },
  ];
  switch (data.type) {
    case 'agent':
      return insideGuardrail ? [] : row('agent', data.name);
    case 'guardrail':
      return row('guardrail', data.name);
    case 'generation':
      return row('model', '  model', tokensOf(data.usage));
    case 'function':
      return row('tool', `  ${data.name}`);
    case 'custom':
    case 'handoff':
    case 'mcp_tools':
    case 'response':
    case 'speech':
    case 'speech_group':
    case 'task':
    case 'transcription':
    case 'turn':
      return [];
    default:
      return data satisfies never;
  }
}

interface Columns {
  readonly label: number;
  readonly bar: number;
  /** 0 where there is no room for it. */
  readonly tokens: number;
}

const TIME_WIDTH = 8;
const GAP = 2;
const MIN_BAR = 4;

function layOut(rows: readonly Row[], { columns, glyphs }: Screen): Columns {
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(textWidth));
  const room = columns - TIME_WIDTH - GAP;
  const half = Math.floor(columns / 2);
  const label = Math.min(widest(rows.map((row) => row.label)), half, room - MIN_BAR);
  const tokens = widest(rows.map((row) => tokenText(row.tokens, glyphs.arrow))) + GAP;
  const rest = room - label;
  return rest - tokens < 4 * MIN_BAR
    ? { label, bar: rest, tokens: 0 }
    : { label, bar: rest - tokens, tokens };
}

interface Drawing {
  readonly columns: Columns;
  readonly scale: { readonly start: number; readonly length: number };
  readonly screen: Screen;
}

function drawRow(row: Row, { columns, scale, screen }: Drawing): string {
  const { paint, glyphs } = screen;
  const perColumn = columns.bar / scale.length;
  const before = Math.min(columns.bar - 1, Math.floor((row.start - scale.start) * perColumn));
  const length = Math.min(columns.bar - before, Math.max(1, Math.round(row.length * perColumn)));
  const color = row.failed ? paint.error : paint[row.kind];
  const bar = ' '.repeat(before) + color(glyphs.bar.repeat(length));
  const tokens = tokenText(row.tokens, glyphs.arrow).padStart(columns.tokens);
  const label = truncate(row.label, columns.label, glyphs.ellipsis).padEnd(columns.label);
  const gap = ' '.repeat(columns.bar - before - length);
  const text = `${label}${' '.repeat(GAP)}${bar}${gap}${paint.dim(duration(row.length).padStart(TIME_WIDTH))}`;
  return columns.tokens === 0 ? text : `${text}${paint.dim(tokens)}`.trimEnd();
}

/** The sums, in long or, where that does not fit, in short. */
function summary(rows: readonly Row[], length: number, { glyphs, columns }: Screen): string {
  const calls = rows.filter(({ kind }) => kind === 'model');
  const sum = (index: 0 | 1): number =>
    calls.reduce((total, { tokens }) => total + (tokens?.[index] ?? 0), 0);
  const dot = ` ${glyphs.dot} `;
  const noun = calls.length === 1 ? 'call' : 'calls';
  const long = [
    duration(length),
    `${calls.length} model ${noun}`,
    `${count(sum(0))} tokens in`,
    `${count(sum(1))} out`,
  ].join(dot);
  if (textWidth(long) <= columns) return long;
  const tokens = tokenText([sum(0), sum(1)], glyphs.arrow);
  const short = [duration(length), `${calls.length} ${noun}`, tokens].join(dot);
  return truncate(short, columns, glyphs.ellipsis);
}

function tokenText(tokens: Row['tokens'], arrow: string): string {
  return tokens === undefined ? '' : `${count(tokens[0])} ${arrow} ${count(tokens[1])}`;
}

function tokensOf(usage: Readonly<Record<string, unknown>> | undefined): Row['tokens'] {
  const { input_tokens: input, output_tokens: output } = usage ?? {};
  return typeof input === 'number' && typeof output === 'number' ? [input, output] : undefined;
}

function duration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 9_995 ? 2 : 1)} s`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** A span that never ended took no time that could be drawn. */
function endOf(span: RecordedSpan): number {
  return span.endedAt ?? span.start;
}

function isInside({ parent }: RecordedSpan, type: RecordedSpan['data']['type']): boolean {
  return parent !== undefined && (parent.data.type === type || isInside(parent, type));
}
