import type { AuthProvider, OAuthClientProvider } from '@modelcontextprotocol/client';
import { UserError } from '@baton/core';
import type { MCPClientOptions } from './client-options.js';
import type { Redactor } from './redact.js';

/** How a server is reached over HTTP. */
export interface MCPHttpOptions extends MCPClientOptions {
  readonly url: string;
  /** Gives tokens: a simple one, or an OAuth flow of the official client. */
  readonly authProvider?: AuthProvider | OAuthClientProvider;
  /** Goes with every request, e.g. `{ headers }`. */
  readonly requestInit?: RequestInit;
  readonly fetch?: (url: string | URL, init?: RequestInit) => Promise<Response>;
}

/**
 * A server's URL.
 *
 * @throws UserError where it is none; the message has no more of it than may be seen.
 */
export function checkUrl(url: unknown): URL {
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  if (parsed !== undefined && (parsed.protocol === 'http:' || parsed.protocol === 'https:')) return parsed;
  throw new UserError(
    `The url of an MCP server is ${parsed === undefined ? 'not a URL' : `a ${parsed.protocol} URL`}. Pass one that begins with https:// or http://.`,
  );
}

/** A URL without the credentials in it, as no platform sends those. */
export function withoutCredentials(url: URL): URL {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain;
}

/**
 * Sends what the client sends, the URL's credentials as a header where there is none. Tells the redactor what is
 * secret in the options, and in what goes out later: tokens come and go.
 */
export function watchSecrets(options: MCPHttpOptions, redactor: Redactor): NonNullable<MCPHttpOptions['fetch']> {
  redactor.addUrl(options.url);
  redactor.addHeaders(new Headers(options.requestInit?.headers));
  const send = options.fetch ?? fetch;
  const { origin, username, password } = new URL(options.url);
  const basic = username === '' ? undefined : btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  redactor.add(basic);
  return async (url, init) => {
    const headers = new Headers(init?.headers);
    // Only for the server itself: sign-ins go elsewhere.
    const own = basic !== undefined && !headers.has('authorization') && new URL(url).origin === origin;
    if (own) headers.set('authorization', `Basic ${basic}`);
    redactor.noteHeaders(headers);
    return send(url, own ? { ...init, headers } : init);
  };
}

