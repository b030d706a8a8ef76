import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fit, graphemes, oneLine, pad, printable, textWidth, truncate } from '../src/text-width.js';

describe('textWidth', () => {
  it.each([
    ['seat 14C', 8],
    ['\u001b[31mred\u001b[39m', 3],
    ['日本', 4],
    ['한글', 4],
    ['\u1112\u1161\u11ab', 2], // one syllable of three letters
    ['𠀀', 2],
    ['ｆｕｌｌ', 8],
    ['ｶﾅ', 2],
    ['✈️', 2],
    ['✈', 1],
    ['1️⃣', 2],
    ['😀', 2],
    ['👩‍👩‍👧', 2],
    ['👍🏽', 2],
    ['🇨🇭', 2],
    ['é', 1],
    ['e\u0301', 1],
    ['Zürich', 6],
    ['नि', 1],
    ['a\u200bb', 2],
    ['co\u00adop', 5],
    ['\u0007', 0],
    ['', 0],
  ])('%j takes %d columns', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

const texts = fc.string({ unit: 'grapheme', maxLength: 40 });
const widths = fc.integer({ min: 0, max: 50 });
const ellipses = fc.constantFrom('…', '...', '~');

describe.each([
  ['fit', fit],
  ['truncate', truncate],
])('%s', (_name, cut) => {
  it('gives no more columns than there are', () => {
    fc.assert(
      fc.property(texts, widths, ellipses, (text, columns, ellipsis) => {
        expect(textWidth(cut(text, columns, ellipsis))).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('leaves a text that fits as it is', () => {
    fc.assert(
      fc.property(texts, ellipses, (text, ellipsis) => {
        expect(cut(text, textWidth(text), ellipsis)).toBe(text);
      }),
    );
  });

  it('gives the beginning of what does not, in whole characters, with the ellipsis', () => {
    expect(cut('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 5, '…')).toBe('👩‍👩‍👧👩‍👩‍👧…');
    expect(cut('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 4, '…')).toBe('👩‍👩‍👧…');
  });

  it('gives nothing where there is no room for the ellipsis', () => {
    expect(cut('abcd', 2, '...')).toBe('');
  });
});

it('truncate cuts at a word where there are several', () => {
  expect(truncate('a small bag under the seat', 16, '…')).toBe('a small bag…');
  expect(truncate('look_up_booking', 8, '…')).toBe('look_up…');
  expect(truncate('  look_up booking', 8, '…')).toBe('  look_…');
});

it('pad counts columns, not characters', () => {
  expect(pad('日本', 6)).toBe('日本  ');
  expect(pad('日本', 3)).toBe('日本');
});

describe('what drives a terminal', () => {
  it('is left out of lines', () => {
    expect(printable('a\u001b[31mb\u0007\tc\u009bd\ne\r\nf\u2028g')).toBe('a[31mb cd\ne\nf g');
  });

  it('is a space on one line', () => {
    expect(oneLine(' a\u001b[2Jb\r\n\tc\u2029d\u0085 ')).toBe('a [2Jb c d');
  });

  it.each([
    ['printable', printable],
    ['oneLine', oneLine],
  ])('%s lets nothing turn the direction of what follows', (_name, clean) => {
    const turned = 'refund(1)\u202e)0001(\u2066\u2069';
    expect(clean(turned)).not.toMatch(/\p{Bidi_Control}/u);
  });
});

describe('graphemes', () => {
  it('are the same in a long text as in a short one, wherever it is cut', () => {
    const parts = [
      'a',
      '日',
      '👩‍👩‍👧‍👦',
      '🇩',
      '🇪',
      'e',
      '\u0301',
      '👍',
      '🏽',
      '\r',
      '\n',
      'ᄀ',
      'ᅡ',
      '\ud83d',
      `z${'\u0301'.repeat(1_200)}`,
    ];
    const segmenter = new Intl.Segmenter();
    const longText = fc
      .array(fc.constantFrom(...parts), { minLength: 300, maxLength: 900, size: 'max' })
      .map((some) => some.join(''));
    fc.assert(
      fc.property(longText, (text) => {
        expect(graphemes(text)).toEqual(
          Array.from(segmenter.segment(text), ({ segment }) => segment),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('of half a million characters are there at once: nothing grows with the square of a text', () => {
    expect(graphemes('日'.repeat(500_000))).toHaveLength(500_000);
    expect(graphemes('y'.repeat(500_000))).toHaveLength(500_000);
  });
});
