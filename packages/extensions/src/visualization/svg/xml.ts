/** A text as XML may contain it: escaped, and without characters that no XML may hold. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A number with at most one decimal, which is fine enough for pixels. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
