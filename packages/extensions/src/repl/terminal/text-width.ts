/** How many columns a text takes: two for what is wide in East Asian type or an emoji, none for colours. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text.replaceAll(STYLES, ''))) {
    width += WIDE.test(segment) ? 2 : INVISIBLE.test(segment) ? 0 : 1;
  }
  return width;
}

/** Cuts a text to a width, at a word if it has several, showing that something is missing. */
export function truncate(text: string, width: number, ellipsis: string): string {
  if (textWidth(text) <= width) return text;
  let cut = '';
  for (const { segment } of GRAPHEMES.segment(text)) {
    if (textWidth(cut + segment + ellipsis) > width) break;
    cut += segment;
  }
  const lastSpace = cut.trimStart() === cut ? cut.lastIndexOf(' ') : -1;
  return (lastSpace > 0 ? cut.slice(0, lastSpace) : cut) + ellipsis;
}

/** Without control characters: what a model or a file says must not drive the terminal. */
export function printable(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(CONTROL, '');
}

const GRAPHEMES = new Intl.Segmenter();
const PLAIN = /^[\x20-\x7e]*$/;
const WIDE =
  /\p{Emoji_Presentation}|\uFE0F|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
const INVISIBLE = /^[\p{Mark}\p{Control}\p{Format}]+$/u;
// oxlint-disable-next-line no-control-regex -- it is about control characters
const STYLES = /\u001b\[[\d;]*m/g;
// oxlint-disable-next-line no-control-regex -- as above
const CONTROL = /(?!\n)[\u0000-\u001f\u007f-\u009f]/g;
