import { readEnv } from '../platform.js';

/** How a waterfall is drawn. */
export interface Terminal {
  readonly columns: number;
  readonly color: boolean;
  /** Whether lines and bars are drawn with more than ASCII. */
  readonly unicode: boolean;
}

/** What the platform says of standard output; `NO_COLOR` and `FORCE_COLOR` win over it. */
export function platformTerminal(given: Partial<Terminal> = {}): Terminal {
  const { process } = globalThis as PlatformOutput; // no types of Node here: the package runs in browsers too
  const { isTTY = false, columns = DEFAULT_COLUMNS } = process?.stdout ?? {};
  return {
    columns: Math.max(MIN_COLUMNS, given.columns ?? columns),
    color: given.color ?? wantsColor(isTTY),
    unicode: given.unicode ?? readEnv('TERM') !== 'linux',
  };
}

const DEFAULT_COLUMNS = 100;
const MIN_COLUMNS = 30;

function wantsColor(isTTY: boolean): boolean {
  if ((readEnv('NO_COLOR') ?? '') !== '') return false;
  const forced = readEnv('FORCE_COLOR');
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTTY && readEnv('TERM') !== 'dumb';
}

interface PlatformOutput {
  readonly process?: { readonly stdout?: { readonly isTTY?: boolean; readonly columns?: number } };
}

/** What a part of a line stands for, and so its colour. */
export type Tone = 'agent' | 'model' | 'tool' | 'guardrail' | 'handoff' | 'other' | 'failed' | 'quiet' | 'strong';

/** Paints a text where there is colour. */
export function paint(text: string, tone: Tone, { color }: Terminal): string {
  return color && text !== '' ? `\u001B[${CODES[tone]}m${text}\u001B[0m` : text;
}

const CODES: Readonly<Record<Tone, string>> = {
  agent: '36',
  model: '35',
  tool: '32',
  guardrail: '34',
  handoff: '33',
  other: '37',
  failed: '31',
  quiet: '2',
  strong: '1',
};

/** The characters that lines and bars are drawn with. */
export interface Glyphs {
  readonly branch: string;
  readonly last: string;
  readonly pass: string;
  readonly bar: string;
  /** The half of a column in which a bar starts, and in which it ends. */
  readonly startHalf: string;
  readonly endHalf: string;
  readonly ellipsis: string;
  readonly arrow: string;
  readonly dot: string;
  readonly cross: string;
  /** What a line is about, for those who see no colours. */
  readonly marks: Readonly<Record<Tone, string>>;
}

/** The characters that the terminal can draw. */
export function glyphsOf({ unicode }: Terminal): Glyphs {
  return unicode ? UNICODE : ASCII;
}

const UNICODE: Glyphs = {
  branch: '├ ',
  last: '└ ',
  pass: '│ ',
  bar: '━',
  startHalf: '╺',
  endHalf: '╸',
  ellipsis: '…',
  arrow: '→',
  dot: '·',
  cross: '✗',
  marks: { agent: '◆', model: '●', tool: '▪', guardrail: '◇', handoff: '→', other: '·', failed: '✗', quiet: ' ', strong: ' ' },
};

const ASCII: Glyphs = {
  branch: '|-',
  last: '`-',
  pass: '| ',
  bar: '=',
  startHalf: '=',
  endHalf: '=',
  ellipsis: '~',
  arrow: '->',
  dot: '-',
  cross: 'x',
  marks: { agent: '@', model: 'o', tool: '+', guardrail: '?', handoff: '>', other: '-', failed: 'x', quiet: ' ', strong: ' ' },
};
