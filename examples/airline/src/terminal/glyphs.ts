/** The few characters beyond plain text. */
export interface Glyphs {
  readonly arrow: string;
  readonly prompt: string;
  readonly bar: string;
  readonly dot: string;
  readonly ellipsis: string;
}

const UNICODE: Glyphs = { arrow: '→', prompt: '›', bar: '━', dot: '·', ellipsis: '…' };
const ASCII: Glyphs = { arrow: '->', prompt: '>', bar: '=', dot: '-', ellipsis: '...' };

/** Plain ASCII where the locale is known to be another than UTF-8, as the C locale of a bare container. */
export function glyphsFor(env: NodeJS.ProcessEnv): Glyphs {
  if (process.platform === 'win32') return UNICODE;
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return /utf-?8/i.test(locale) ? UNICODE : ASCII;
}
