// Put in by the build; running from the sources there is no version.
declare const BATON_VERSION: string | undefined;

/** The `User-Agent` of every request. */
export function userAgent(): string {
  return `Agents/TypeScript ${typeof BATON_VERSION === 'string' ? BATON_VERSION : '0.0.0'}`;
}
