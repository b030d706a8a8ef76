import { oneLine } from '@baton/terminal/text-width';
import type { SpanRecord } from '../trace-record.js';
import type { Glyphs, Tone } from './terminal.js';

/** One line of a waterfall, before it is drawn. */
export interface Row {
  readonly span: SpanRecord;
  /** For each level above whether more comes on it, outermost first; the last entry is the row's own. */
  readonly more: readonly boolean[];
  readonly tone: Tone;
  readonly label: string;
  readonly tokens: readonly [input: number, output: number] | undefined;
  readonly problem: string | undefined;
}

/** The spans of a trace as lines, each below what it is in. Runs and turns have none: what is in them says it all. */
export function toRows(spans: readonly SpanRecord[], glyphs: Glyphs): Row[] {
  const known = new Set(spans.map((span) => span.spanId));
  const inside = new Map<string | null, SpanRecord[]>();
  for (const span of spans) {
    const parent = span.parentId !== null && known.has(span.parentId) ? span.parentId : null;
    const siblings = inside.get(parent);
    if (siblings === undefined) inside.set(parent, [span]);
    else siblings.push(span);
  }
  const shown = (parent: string | null): SpanRecord[] =>
    (inside.get(parent) ?? [])
      .flatMap((span) => (isFrame(span) ? shown(span.spanId) : [span]))
      .sort((a, b) => a.startTime - b.startTime);
  const rows: Row[] = [];
  const add = (siblings: readonly SpanRecord[], above: readonly boolean[]): void => {
    for (const [index, span] of siblings.entries()) {
      const more = [...above, index < siblings.length - 1];
      const below = shown(span.spanId);
      rows.push({ span, more, ...describe(span, glyphs), problem: problemOf(span, below) });
      add(below, more);
    }
  };
  add(shown(null), []);
  return rows;
}

function isFrame({ spanData: { type } }: SpanRecord): boolean {
  return type === 'task' || type === 'turn';
}

/** What failed is said where it happened, not on everything around it. */
function problemOf({ error }: SpanRecord, below: readonly SpanRecord[]): string | undefined {
  if (error === null || below.some((span) => span.error?.message === error.message)) return undefined;
  const { message, name, data } = error;
  // A tool's failure has its words there.
  const text = typeof data?.['error'] === 'string' ? data['error'] : message;
  return oneLine(name === undefined || name === 'Error' || name === text ? text : `${name}: ${text}`);
}

function describe({ spanData: data }: SpanRecord, glyphs: Glyphs): Pick<Row, 'tone' | 'label' | 'tokens'> {
  const row = (tone: Tone, label: string): Pick<Row, 'tone' | 'label' | 'tokens'> => ({
    tone,
    label: `${glyphs.marks[tone]} ${oneLine(label)}`,
    tokens: 'usage' in data ? tokensOf(data.usage) : undefined,
  });
  switch (data.type) {
    case 'agent':
      return row('agent', data.name);
    case 'generation':
      return row('model', data.model ?? 'model');
    case 'response':
      return row('model', data.response_id ?? 'response');
    case 'function':
      return row('tool', data.name);
    case 'guardrail':
      return data.triggered === true ? row('failed', `${data.name} tripped`) : row('guardrail', data.name);
    case 'handoff':
      return row('handoff', `to ${data.to_agent ?? 'another agent'}`);
    case 'mcp_tools':
      return row('tool', `tools of ${data.server ?? 'an MCP server'}`);
    case 'transcription':
      return row('model', `listen ${data.model ?? ''}`);
    case 'speech':
      return row('model', `speak ${data.model ?? ''}`);
    case 'speech_group':
      return row('other', 'speech');
    case 'custom':
    case 'task':
      return row('other', data.name);
    case 'turn':
      return row('other', `turn ${data.turn}`);
    default:
      return data satisfies never;
  }
}

/** Input and output tokens, where they were counted. */
export function tokensOf(usage: unknown): readonly [number, number] | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  const { input_tokens: input, output_tokens: output } = usage as { readonly [key: string]: unknown }; // any object has keys
  return typeof input === 'number' && typeof output === 'number' ? [input, output] : undefined;
}
