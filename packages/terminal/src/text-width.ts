/** Columns that a text takes: two for what is wide in East Asian type or a picture, none for colors. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const grapheme of graphemes(text.replaceAll(STYLES, ''))) width += graphemeWidth(grapheme);
  return width;
}

/** What a reader takes for one character each: no terminal can show a part of one. */
export function graphemes(text: string): string[] {
  if (PLAIN.test(text)) return text.split('');
  const all: string[] = [];
  for (let from = 0, size = PIECE; from < text.length;) {
    // A segmenter takes time that grows with the square of a text.
    const end = isHighSurrogate(text.charCodeAt(from + size - 1)) ? from + size + 1 : from + size;
    const some = Array.from(SEGMENTER.segment(text.slice(from, end)), ({ segment }) => segment);
    // What stands at the end of a piece may go on in the next one.
    const last = end < text.length ? (some.pop() ?? '') : '';
    all.push(...some);
    from = Math.min(end, text.length) - last.length;
    size = some.length === 0 ? size * 2 : PIECE;
  }
  return all;
}

/** Cuts a text that has no colors to a width, showing that something is missing where there is room for that. */
export function fit(text: string, columns: number, ellipsis: string): string {
  if (beginning(text, columns) === text) return text;
  const room = columns - textWidth(ellipsis);
  return room < 0 ? '' : beginning(text, room) + ellipsis;
}

/** The same, but at a word if the text has several. */
export function truncate(text: string, columns: number, ellipsis: string): string {
  const fitting = fit(text, columns, ellipsis);
  if (fitting === text || fitting === '') return fitting;
  const cut = fitting.slice(0, fitting.length - ellipsis.length);
  const lastSpace = cut.trimStart() === cut ? cut.lastIndexOf(' ') : -1;
  return (lastSpace > 0 ? cut.slice(0, lastSpace) : cut) + ellipsis;
}

/** The text with spaces behind it, so that it takes as many columns. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

/** The text, still in lines, without what drives a terminal: what a model or a file says must not. */
export function printable(text: string): string {
  return text.replaceAll(SPACES, ' ').replaceAll(DRIVES_LINES, '');
}

/** The text on one line, without what drives a terminal. */
export function oneLine(text: string): string {
  return text.replaceAll(DRIVES, ' ').replaceAll(/ {2,}/g, ' ').trim();
}

/** As much of the beginning as fits; looks no further than that, as a text may be very long. */
function beginning(text: string, columns: number): string {
  if (text.length <= columns && PLAIN.test(text)) return text;
  let width = 0;
  for (const { segment, index } of SEGMENTER.segment(text)) {
    width += graphemeWidth(segment);
    if (width > columns) return text.slice(0, index);
  }
  return text;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function graphemeWidth(grapheme: string): number {
  if (WIDE.test(grapheme)) return 2;
  return INVISIBLE.test(grapheme) ? 0 : 1;
}

const SEGMENTER = new Intl.Segmenter();
const PIECE = 500;
const PLAIN = /^[\x20-\x7e]*$/;

/** Pictures, and what East Asian Width says is wide or full-width: https://www.unicode.org/reports/tr11/, Unicode 17. */
const WIDE =
  /\p{Emoji_Presentation}|\p{Emoji}\uFE0F|[\u1100-\u115F\u2329\u232A\u2630-\u2637\u268A-\u268F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FB}\u{1D300}-\u{1D376}\u{1F200}-\u{1F265}\u{20000}-\u{3FFFD}]/u;
/** A soft hyphen is ignorable, but terminals show it. */
const INVISIBLE = /^(?:(?!\u00AD)[\p{Mn}\p{Me}\p{Cc}\p{Default_Ignorable_Code_Point}])+$/u;

// oxlint-disable-next-line no-control-regex -- it is about control characters
const STYLES = /\u001b\[[\d;]*m/g;
/** What stands for a space or for the end of a line, in texts that are wrapped anew. */
const SPACES = /[\t\u2028\u2029]/g;
/** C0 and C1 controls, line separators, and marks that turn the direction of what follows: a call must not look like another. */
const DRIVES = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;
const DRIVES_LINES = /(?!\n)[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;
