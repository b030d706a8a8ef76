import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScreen } from '../src/screen.js';
import { TextFlow, writeWrapped } from '../src/text-flow.js';
import { textWidth } from '../src/text-width.js';
import { TextSink } from './support/text-sink.js';

/** Lines as a screen of so many columns shows them, of a text that comes in these pieces. */
function linesOf(pieces: readonly string[], columns: number): string[] {
  const sink = Object.assign(new TextSink(), { columns: columns + 1 });
  const flow = new TextFlow(createScreen(sink, { env: {} }), { first: 'A › ', indent: 2 });
  for (const piece of pieces) flow.write(piece);
  flow.end();
  return sink.text.split('\n').slice(0, -1);
}

const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', '  ', '\n', '\n\n', '- ', '1. ', '    '),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));
const widths = fc.integer({ min: 20, max: 100 });

describe('text that comes in pieces', () => {
  it('gives the same lines, in whatever pieces it comes', () => {
    fc.assert(
      fc.property(texts, widths, fc.integer({ min: 1, max: 7 }), (text, columns, size) => {
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        expect(linesOf(pieces, columns)).toEqual(linesOf([text], columns));
      }),
    );
  });

  it('never fills more columns than there are, and ends no line with spaces', () => {
    fc.assert(
      fc.property(texts, widths, (text, columns) => {
        const [first = '', ...more] = linesOf([text], columns);
        for (const line of [first, ...more]) expect(textWidth(line)).toBeLessThanOrEqual(columns);
        for (const line of more) expect(line).toBe(line.trimEnd());
      }),
    );
  });

  it('loses nothing but spaces and what drives a terminal', () => {
    fc.assert(
      fc.property(texts, widths, (text, columns) => {
        const bare = (lines: string): string =>
          lines.replaceAll(/[\s\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '');
        expect(bare(linesOf([text], columns).join('').slice('A › '.length))).toBe(bare(text));
      }),
    );
  });

  it('keeps the lines of code as they are indented', () => {
    expect(linesOf(['Code:\n\nif (a) {\n  b();\n    c();\n}'], 40).slice(2)).toEqual([
      '  if (a) {',
      '    b();',
      '      c();',
      '  }',
    ]);
  });

  it('cuts a word that is longer than a line, but no character', () => {
    const family = '👩‍👩‍👧';
    const lines = linesOf([family.repeat(20)], 23);
    expect(lines).toEqual([`A › ${family.repeat(9)}`, `  ${family.repeat(10)}`, `  ${family}`]);
  });
});

it('a whole text is wrapped at words, the lines after the first indented', () => {
  const sink = Object.assign(new TextSink(), { columns: 25 });
  const screen = createScreen(sink, { env: {} });
  writeWrapped(screen, 'Seats are free in the rows ahead of you', { first: '', indent: 2 });
  expect(sink.text).toBe('Seats are free in the\n  rows ahead of you\n');
});
