const GRAPHEMES = new Intl.Segmenter();

/** How a text is broken into lines. */
export interface WrapOptions {
  readonly width: number;
  readonly maxLines: number;
  readonly measure: (text: string) => number;
}

/** Breaks a text into lines that fit: between words, else in them; what is too long in the end is cut with `…`. */
export function wrapText(text: string, { width, maxLines, measure }: WrapOptions): string[] {
  const lines: string[] = [];
  let line = '';
  const fits = (more: string): boolean => measure((line + more).trimEnd()) <= width;
  const next = (): void => {
    lines.push(line.trim());
    line = '';
  };
  for (const word of breakable(text)) {
    if (!fits(word) && line.trim() !== '') next();
    for (const { segment } of fits(word) ? [{ segment: word }] : GRAPHEMES.segment(word)) {
      if (!fits(segment) && line !== '') next();
      line += segment;
    }
  }
  if (line.trim() !== '' || lines.length === 0) next();
  if (lines.length <= maxLines) return lines;
  const last = lines[maxLines - 1] ?? '';
  return [...lines.slice(0, maxLines - 1), cut(last, { width, measure })];
}

function cut(text: string, { width, measure }: Pick<WrapOptions, 'width' | 'measure'>): string {
  let left = '';
  for (const { segment } of GRAPHEMES.segment(text)) {
    if (measure(`${left}${segment}…`) > width) break;
    left += segment;
  }
  return `${left.trimEnd()}…`;
}

/** Pieces a line may end after: words, and the parts of snake_case, kebab-case, dotted and camelCase names. */
function breakable(text: string): string[] {
  return text.match(/\s+|[^\s_./:-]+?(?:[_./:-]+|(?<=\p{Ll})(?=\p{Lu})|(?=\s)|$)|[_./:-]+/gu) ?? [];
}
