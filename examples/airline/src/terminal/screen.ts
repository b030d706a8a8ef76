import { createPaint, type Paint } from './paint.js';
import { type Glyphs, glyphsFor } from './glyphs.js';

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

/** How a screen is made. */
export interface ScreenOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly color: boolean;
  /** A stream that may still be on the terminal when the output is piped: it tells how narrow that is. */
  readonly beside?: OutputStream;
}

/** Nobody likes to read longer lines, however wide the terminal. */
const MAX_COLUMNS = 100;
const DEFAULT_COLUMNS = 80;
const MIN_COLUMNS = 20;

export function createScreen(stdout: OutputStream, options: ScreenOptions): Screen {
  const { env, color, beside } = options;
  const pipeColumns = (): number =>
    Number(env['COLUMNS']) || Math.min(beside?.columns ?? DEFAULT_COLUMNS, DEFAULT_COLUMNS);
  const write = (text: string): void => void stdout.write(text);
  return {
    paint: createPaint(color && stdout.isTTY === true && allowsColor(env)),
    glyphs: glyphsFor(env),
    get columns() {
      const columns = stdout.columns ?? pipeColumns();
      // The last column stays free: some terminals break the line when it is filled.
      return Math.max(MIN_COLUMNS, Math.min(columns - 1, MAX_COLUMNS));
    },
    write,
    line: (text = '') => write(`${text}\n`),
  };
}

/** See https://no-color.org: any value counts, an empty one does not. */
function allowsColor(env: NodeJS.ProcessEnv): boolean {
  return (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}
