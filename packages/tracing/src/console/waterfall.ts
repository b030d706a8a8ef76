import { fit, oneLine, pad, textWidth } from '@baton/terminal/text-width';
import type { SpanRecord, TraceRecord } from '../trace-record.js';
import { glyphsOf, paint } from './terminal.js';
import type { Glyphs, Terminal } from './terminal.js';
import { toRows } from './to-rows.js';
import type { Row } from './to-rows.js';

/** What is drawn. */
export interface TraceToDraw {
  readonly traceId: string;
  /** Absent where the trace has not ended. */
  readonly trace: TraceRecord | undefined;
  readonly spans: readonly SpanRecord[];
  /** Whether inputs and outputs are shown below their lines. */
  readonly showData: boolean;
}

/** A trace as lines of text: what happened inside what, when, for how long, and what it cost; to scale. */
export function waterfall(drawn: TraceToDraw, terminal: Terminal): string[] {
  const { spans, trace } = drawn;
  const glyphs = glyphsOf(terminal);
  const rows = toRows(spans, glyphs);
  const times = [...spans, ...(trace === undefined ? [] : [trace])];
  const start = Math.min(...times.map((each) => each.startTime));
  const end = Math.max(...times.map((each) => each.endTime ?? each.startTime));
  const sheet: Sheet = { ...layOut(rows, terminal, glyphs), start, length: Math.max(end - start, 0.001), terminal, glyphs };
  return [...heading(drawn, rows, sheet), ...rows.flatMap((row) => drawRow(row, sheet, drawn.showData))];
}

interface Columns {
  readonly label: number;
  /** 0 where there is no room for it. */
  readonly bar: number;
  readonly time: number;
  /** 0 where there is no room for it, or nothing to show. */
  readonly tokens: number;
}

interface Sheet extends Columns {
  readonly start: number;
  readonly length: number;
  readonly terminal: Terminal;
  readonly glyphs: Glyphs;
}

const GAP = 2;
const MIN_BAR = 12;
const MAX_BAR = 80;
const MIN_LABEL = 16;

/** The tree comes first, then times, then tokens, then bars. */
function layOut(rows: readonly Row[], { columns }: Terminal, glyphs: Glyphs): Columns {
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(textWidth));
  const time = widest(rows.map(({ span }) => duration(lengthOf(span))));
  const wantedTokens = widest(rows.map(({ tokens }) => tokenText(tokens, glyphs)));
  const wanted = Math.max(MIN_LABEL, widest(rows.map((row) => indent(row, glyphs) + row.label)));
  const withTokens = wantedTokens > 0 && columns - time - wantedTokens - 2 * GAP >= MIN_LABEL;
  const tokens = withTokens ? wantedTokens : 0;
  const room = columns - time - GAP - (withTokens ? tokens + GAP : 0);
  // A bar of some length says more than the end of a long name.
  const label = Math.min(wanted, Math.max(MIN_LABEL, room - MIN_BAR - GAP, Math.floor(room * 0.6)), room);
  const bar = Math.min(MAX_BAR, room - label - GAP);
  return bar < MIN_BAR ? { label: Math.min(wanted, room), bar: 0, time, tokens } : { label, bar, time, tokens };
}

function heading({ trace, traceId, spans }: TraceToDraw, rows: readonly Row[], sheet: Sheet): string[] {
  const { terminal, glyphs } = sheet;
  const dot = ` ${glyphs.dot} `;
  const name = oneLine(trace?.name ?? spans[0]?.traceName ?? 'trace');
  const calls = rows.filter(({ tone }) => tone === 'model').length;
  const sum = (index: 0 | 1): number => rows.reduce((total, { tokens }) => total + (tokens?.[index] ?? 0), 0);
  const facts = [
    trace?.endTime === undefined ? 'still running' : duration(sheet.length),
    ...(calls > 0 ? [`${calls} model ${calls === 1 ? 'call' : 'calls'}`] : []),
    ...(sum(0) + sum(1) > 0 ? [`${count(sum(0))} tokens in`, `${count(sum(1))} out`] : []),
  ];
  const title = fit(name, terminal.columns, glyphs.ellipsis);
  const inShort = [facts[0] ?? '', ...(calls > 0 ? [tokenText([sum(0), sum(1)], glyphs)] : [])].join(dot);
  const lines = [[...facts, oneLine(traceId)].join(dot), facts.join(dot), inShort];
  const shown = lines.find((line) => textWidth(line) <= terminal.columns) ?? fit(inShort, terminal.columns, glyphs.ellipsis);
  return [paint(title, 'strong', terminal), paint(shown, 'quiet', terminal)];
}

function drawRow(row: Row, sheet: Sheet, showData: boolean): string[] {
  const { terminal, glyphs, label, time, tokens } = sheet;
  const { span, tone } = row;
  const before = indent(row, glyphs);
  const failed = span.error !== null;
  const name = fit(row.label, label - textWidth(before), glyphs.ellipsis);
  const cells = [
    paint(before, 'quiet', terminal) + paint(name, failed ? 'failed' : tone, terminal) + ' '.repeat(label - textWidth(before + name)),
    ...(sheet.bar > 0 ? [drawBar(row, sheet)] : []),
    paint(duration(lengthOf(span)).padStart(time), 'quiet', terminal),
    ...(tokens > 0 && row.tokens !== undefined ? [paint(tokenText(row.tokens, glyphs).padStart(tokens), 'quiet', terminal)] : []),
  ];
  const below = indent(row, glyphs, true);
  const notes = row.problem === undefined ? [] : [note(`${glyphs.cross} ${row.problem}`, 'failed', { below, sheet })];
  return [cells.join(' '.repeat(GAP)).trimEnd(), ...notes, ...(showData ? dataLines(span, { below, sheet }) : [])];
}

interface Below {
  readonly below: string;
  readonly sheet: Sheet;
}

function note(text: string, tone: 'failed' | 'quiet', { below, sheet: { terminal, glyphs } }: Below): string {
  const shown = fit(text, terminal.columns - textWidth(below), glyphs.ellipsis);
  return paint(below, 'quiet', terminal) + paint(shown, tone, terminal);
}

function dataLines({ spanData: data }: SpanRecord, place: Below): string[] {
  const shown: [string, unknown][] = [];
  if ('input' in data) shown.push(['in ', lastOf(data.input)]);
  if ('output' in data) shown.push(['out', data.output]);
  if (data.type === 'custom' && Object.keys(data.data ?? {}).length > 0) shown.push(['   ', data.data]);
  return shown.map(([word, value]) => {
    const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
    return note(`${word} ${oneLine(text)}`, 'quiet', place);
  });
}

/** Of a conversation the news, which every call but the first has at its end. */
function lastOf(input: unknown): unknown {
  return Array.isArray(input) && input.length > 0 ? input[input.length - 1] : input;
}

/** The lines of the tree before a row, or before what is said below it. */
function indent({ more }: Row, { branch, last, pass }: Glyphs, below = false): string {
  const blank = ' '.repeat(pass.length);
  return more
    .map((goesOn, level) => {
      if (level < more.length - 1 || below) return goesOn ? pass : blank;
      return goesOn ? branch : last;
    })
    .join('');
}

/** From where to where in the trace's time, exact to half a column. */
function drawBar({ span, tone }: Row, { bar, start, length, terminal, glyphs }: Sheet): string {
  const halves = bar * 2;
  const halfAt = (ms: number): number => Math.round(((ms - start) / length) * halves);
  const at = Math.min(halves - 1, halfAt(span.startTime));
  const size = Math.max(1, halfAt(span.endTime ?? span.startTime) - at);
  const before = Math.floor(at / 2);
  const startsHalf = at % 2 === 1;
  const endsHalf = (at + size) % 2 === 1;
  const whole = Math.floor((at + size) / 2) - Math.ceil(at / 2);
  const drawn = (startsHalf ? glyphs.startHalf : '') + glyphs.bar.repeat(Math.max(0, whole)) + (endsHalf && whole >= 0 ? glyphs.endHalf : '');
  const text = drawn === '' ? glyphs.startHalf : drawn;
  return ' '.repeat(before) + paint(text, span.error === null ? tone : 'failed', terminal) + pad('', bar - before - textWidth(text));
}

function lengthOf({ startTime, endTime }: SpanRecord): number {
  return (endTime ?? startTime) - startTime;
}

/** A time as somebody would say it. */
function duration(ms: number): string {
  if (ms < 1) return `${ms.toFixed(1)} ms`;
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(ms < 9_995 ? 2 : 1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function tokenText(tokens: Row['tokens'], { arrow }: Glyphs): string {
  return tokens === undefined ? '' : `${count(tokens[0])} ${arrow} ${count(tokens[1])}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
