/** A stream that may be a terminal. */
export interface OutputStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What it takes to write on a terminal, or on whatever the output is piped to. */
export interface Screen {
  readonly paint: Paint;
  readonly glyphs: Glyphs;
  /** How wide lines may be now: the terminal can change. */
  readonly columns: number;
  write(text: string): void;
  /** A line; without an argument an empty one. */
  line(text?: string): void;
}

/** Colors by what they mean here; without color each returns its text as it is. */
export interface Paint {
  readonly bold: Style;
  readonly dim: Style;
  readonly agent: Style;
  readonly model: Style;
  readonly tool: Style;
  readonly guardrail: Style;
  readonly approval: Style;
  readonly error: Style;
}

export type Style = (text: string) => string;

/** The few characters beyond plain text. */
export interface Glyphs {
  readonly arrow: string;
  readonly prompt: string;
  readonly bar: string;
  /** Between facts. */
  readonly dot: string;
  /** Between things to choose from. */
  readonly or: string;
  readonly ellipsis: string;
}

/** How a screen is made. */
export interface ScreenOptions {
  /** Tells of the locale, of a width where the stream does not know its own, and whether color is wanted. */
  readonly env: NodeJS.ProcessEnv;
  /** Default: where the stream is a terminal whose user allows it. */
  readonly color?: boolean | undefined;
  /** A stream that may still be on the terminal when the output is piped: it tells how narrow that is. */
  readonly beside?: OutputStream | undefined;
}

const UNICODE: Glyphs = { arrow: '→', prompt: '›', bar: '━', dot: '·', or: '·', ellipsis: '…' };
const ASCII: Glyphs = { arrow: '->', prompt: '>', bar: '=', dot: '-', or: '|', ellipsis: '...' };

/** Nobody likes to read longer lines, however wide the terminal. */
const MAX_COLUMNS = 100;
const DEFAULT_COLUMNS = 80;
const MIN_COLUMNS = 20;

/** A screen on a stream. */
export function createScreen(output: OutputStream, options: ScreenOptions): Screen {
  const { env, color, beside } = options;
  const pipeColumns = (): number =>
    Number(env['COLUMNS']) || Math.min(beside?.columns ?? DEFAULT_COLUMNS, DEFAULT_COLUMNS);
  const write = (text: string): void => void output.write(text);
  return {
    paint: createPaint(color ?? (output.isTTY === true && allowsColor(env))),
    glyphs: hasUnicode(env) ? UNICODE : ASCII,
    get columns() {
      const columns = output.columns ?? pipeColumns();
      // The last column stays free: some terminals break the line when it is filled.
      return Math.max(MIN_COLUMNS, Math.min(columns - 1, MAX_COLUMNS));
    },
    write,
    line: (text = '') => write(`${text}\n`),
  };
}

/** Of the 16 colors of the terminal's own theme, so that they fit light and dark ones. */
function createPaint(enabled: boolean): Paint {
  const style =
    (open: number, close: number): Style =>
    (text) =>
      enabled && text !== '' ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    agent: style(33, 39),
    model: style(34, 39),
    tool: style(36, 39),
    guardrail: style(35, 39),
    approval: style(35, 39),
    error: style(31, 39),
  };
}

/** See https://no-color.org: any value counts, an empty one does not. */
function allowsColor(env: NodeJS.ProcessEnv): boolean {
  return (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** Not where the locale is known to be another than UTF-8, as the C locale of a bare container. */
function hasUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return process.platform === 'win32' || /utf-?8/i.test(locale);
}
