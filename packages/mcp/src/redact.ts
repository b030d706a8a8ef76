/** Stands where something secret was. */
export const REDACTED = '[redacted]';

/** Takes what is secret out of texts: what it was told is, and what URLs carry beside where they lead. */
export class Redactor {
  readonly #secrets = new Set<string>();
  /** What went out lately: some of it is new with every request. */
  readonly #passing = new Set<string>();

  /** Short values would be found everywhere, and are no secrets. */
  add(...values: readonly (string | null | undefined)[]): void {
    for (const value of values) {
      if (value !== null && value !== undefined && value.length >= SHORTEST) this.#secrets.add(value);
    }
  }

  /** What a URL has beside where it leads is secret. */
  addUrl(url: string): void {
    const parsed = parseUrl(url);
    if (parsed === undefined) return;
    const { username, password, searchParams, hash, pathname, search } = parsed;
    this.add(decode(username), decode(password), username, password, hash.slice(1), search.slice(1));
    this.add(...searchParams.values(), ...pathname.split('/').filter(isOpaque));
  }

  /** What headers carry is secret, but for those that everybody sends; of a scheme, what follows it. */
  addHeaders(headers: Headers): void {
    this.add(...secretsOf(headers));
  }

  /** The same of headers that go out now; only the last ones are remembered. */
  noteHeaders(headers: Headers): void {
    for (const value of secretsOf(headers)) {
      if (value.length < SHORTEST || this.#secrets.has(value)) continue;
      this.#passing.delete(value);
      this.#passing.add(value);
    }
    for (const oldest of this.#passing) {
      if (this.#passing.size <= MOST_PASSING) return;
      this.#passing.delete(oldest);
    }
  }

  /** The values of environment variables that sound secret. */
  addEnvironment(env: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(env)) if (SOUNDS_SECRET.test(name)) this.add(value);
  }

  /** The values of arguments that sound secret: `--api-key=value`, or `--token value`. */
  addArguments(args: readonly string[]): void {
    args.forEach((arg, index) => {
      const [, name, value] = /^(--?[\w-]+|\w+)(?:=(.*))?$/s.exec(arg) ?? [];
      if (name !== undefined && SOUNDS_SECRET.test(name)) this.add(value ?? (arg.startsWith('-') ? args[index + 1] : undefined));
      if (value !== undefined) this.addUrl(value);
      this.addUrl(arg);
    });
  }

  text(text: string): string {
    let clean = redactUrls(QUOTING.reduce((each, quoting) => each.replaceAll(quoting, `$1${REDACTED}$2`), text));
    for (const secret of [...this.#secrets, ...this.#passing].toSorted((a, b) => b.length - a.length)) {
      clean = clean.replaceAll(secret, REDACTED);
    }
    return clean;
  }
}

/** URLs in a text, each reduced to where it leads. */
export function redactUrls(text: string): string {
  return text.replaceAll(/\b[a-z][a-z\d+.-]*:\/\/[^\s"'`<>\\)\]}]+/gi, redactUrl);
}

/** Where a URL leads, without credentials, query and path segments that look like keys. */
export function redactUrl(url: string): string {
  const parsed = parseUrl(url);
  if (parsed === undefined) return url.replace(/\/\/[^/@]*@/, '//').replace(/[?#].*$/s, '');
  const { protocol, host, pathname } = parsed;
  const path = pathname
    .split('/')
    .map((segment) => (isOpaque(segment) ? REDACTED : segment))
    .join('/');
  return `${protocol}//${host}${path === '/' ? '' : path}`;
}

/** How platforms quote what cannot be sent as it is: a header with a line break in it, a variable with a NUL. */
const QUOTING: readonly RegExp[] = [
  /(\bHeaders\b[^:"]*: ).*( is an invalid header (?:value|name))/gs,
  /(must be a string without null bytes\. Received ).*?($|\n {4}at )/gs,
];

const SHORTEST = 6;

const MOST_PASSING = 100;

const SOUNDS_SECRET = /key|token|secret|passw|pwd|auth|credential|cookie|dsn|connection|database_?url/i;

const PLAIN_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'host',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'user-agent',
]);

function secretsOf(headers: Headers): readonly string[] {
  return [...headers].flatMap(([name, value]) => {
    if (PLAIN_HEADERS.has(name)) return [];
    const behindScheme = /^(?:bearer|basic|token|dpop)\s+(.+)$/i.exec(value)?.[1];
    return behindScheme === undefined ? [value] : [value, behindScheme];
  });
}

/** Long, and letters and digits mixed, as only a machine writes. */
function isOpaque(segment: string): boolean {
  return segment.length >= 16 && /\d/.test(segment) && /[a-z]/i.test(segment) && !/[.]/.test(segment);
}

function parseUrl(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
