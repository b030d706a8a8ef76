/** Columns that a text takes in a terminal. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The text, cut with an ellipsis where it takes more columns than there are. */
export function fit(text: string, columns: number, ellipsis: string): string {
  if (textWidth(text) <= columns) return text;
  let fitting = '';
  let left = columns - textWidth(ellipsis);
  for (const character of text) {
    left -= characterWidth(character);
    if (left < 0) break;
    fitting += character;
  }
  return columns < textWidth(ellipsis) ? '' : fitting + ellipsis;
}

/** The text with blanks behind it, so that it takes as many columns. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - textWidth(text)));
}

/** The text on one line, without anything that a terminal would take as a command. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim();
}

/** C0 and C1 controls, line separators, and marks that turn the direction of what follows. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

function characterWidth(character: string): number {
  if (/^(?:\p{Mn}|\p{Me}|\u200b|\u200c|\u200d|\ufe0e|\ufe0f)$/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** East Asian wide and full-width characters (Unicode, UAX #11, the large blocks) and pictures. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|^\p{Emoji_Presentation}$/u;
