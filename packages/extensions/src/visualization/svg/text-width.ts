/**
 * How wide a text is in a sans-serif font, in pixels, on the generous side: nobody knows which font the reader has.
 * The widths of the letters are those of Helvetica's published metrics, in thousandths of the font size, and a bit.
 */
export function sansWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text)
    width += (WIDTHS.get(character) ?? otherWidth(character, 600)) * size;
  return (width / 1000) * 1.08;
}

/** The same where the letters are bold. */
export function boldWidth(text: string, size: number): number {
  return sansWidth(text, size) * 1.1;
}

/** The same in a monospaced font, whose letters are all as wide. */
export function monoWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += otherWidth(character, 605) * size;
  return width / 1000;
}

function otherWidth(character: string, usual: number): number {
  if (INVISIBLE.test(character)) return 0;
  return WIDE.test(character) ? 1150 : usual;
}

const WIDTHS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    200: "ijl'",
    278: ' ftI.,;:!/\\|()[]',
    334: 'r"-`*{}',
    500: 'ckszxyvJ',
    556: 'abdeghnopqu0123456789_$?#L',
    611: 'FTZ+=<>~^',
    667: 'ABEKPSVXY&',
    722: 'CDHNRUw',
    778: 'GOQ',
    860: 'mM@%W',
  }).flatMap(([width, characters]) =>
    characters.split('').map((character) => [character, Number(width)] as const),
  ),
);
const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\u{1F000}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
const INVISIBLE = /[\p{M}\p{Cf}]/u;
