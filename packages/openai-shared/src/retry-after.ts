/**
 * How long an answer asks to wait, in milliseconds: `retry-after-ms` (OpenAI's own), else `retry-after` in
 * seconds or as a date (RFC 9110, section 10.2.3).
 */
export function retryAfterMs(
  headers: { get(name: string): string | null },
  now: number = Date.now(),
): number | undefined {
  const exact = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (Number.isFinite(exact) && exact >= 0) return exact;
  const header = headers.get('retry-after')?.trim();
  if (!header) return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - now : seconds * 1000;
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}
