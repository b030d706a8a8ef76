import { describe, expect, it } from 'vitest';
import { createScreen } from '../src/screen.js';
import type { ScreenOptions } from '../src/screen.js';
import { TextSink } from './support/text-sink.js';

/** What is written with color, on a terminal or not. */
function painted(isTTY: boolean, options: ScreenOptions): string {
  const sink = Object.assign(new TextSink(), { isTTY });
  const screen = createScreen(sink, options);
  screen.write(screen.paint.error('no'));
  return sink.text;
}

function columnsOf(columns: number | undefined, options: ScreenOptions = { env: {} }): number {
  const sink = new TextSink();
  return createScreen(columns === undefined ? sink : Object.assign(sink, { columns }), options)
    .columns;
}

describe('color', () => {
  it.each<[string, boolean, ScreenOptions]>([
    ['a terminal', true, { env: {} }],
    ['an empty NO_COLOR', true, { env: { NO_COLOR: '' } }],
    ['a pipe, where it is asked for', false, { env: { NO_COLOR: '1' }, color: true }],
  ])('is there with %s', (_what, isTTY, options) => {
    expect(painted(isTTY, options)).toBe('\u001b[31mno\u001b[39m');
  });

  it.each<[string, boolean, ScreenOptions]>([
    ['a pipe', false, { env: {} }],
    ['NO_COLOR', true, { env: { NO_COLOR: '0' } }],
    ['a dumb terminal', true, { env: { TERM: 'dumb' } }],
    ['a terminal, where it is not wanted', true, { env: {}, color: false }],
  ])('is not there with %s', (_what, isTTY, options) => {
    expect(painted(isTTY, options)).toBe('no');
  });
});

describe('columns', () => {
  it.each([
    [80, 79],
    [200, 100],
    [5, 20],
  ])('a terminal of %d has lines of %d', (columns, expected) => {
    expect(columnsOf(columns)).toBe(expected);
  });

  it('follow the terminal as it changes', () => {
    const sink = Object.assign(new TextSink(), { columns: 80 });
    const screen = createScreen(sink, { env: {} });
    sink.columns = 40;
    expect(screen.columns).toBe(39);
  });

  it('of a pipe are those of COLUMNS, or of the terminal beside it, or 80', () => {
    const beside = Object.assign(new TextSink(), { columns: 60 });
    expect(columnsOf(undefined, { env: { COLUMNS: '50' }, beside })).toBe(49);
    expect(columnsOf(undefined, { env: {}, beside })).toBe(59);
    expect(columnsOf(undefined)).toBe(79);
  });
});

describe('glyphs', () => {
  it.each<[NodeJS.ProcessEnv, string]>([
    [{ LANG: 'de_CH.UTF-8' }, '→'],
    [{ LANG: 'C', LC_CTYPE: 'C.utf8' }, '→'],
    [{ LC_ALL: 'C', LANG: 'de_CH.UTF-8' }, '->'],
    [{}, '->'],
  ])('of %j: an arrow is %s', (env, arrow) => {
    expect(createScreen(new TextSink(), { env }).glyphs.arrow).toBe(arrow);
  });
});
