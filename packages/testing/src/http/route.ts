import { ApiError } from './api-error.js';
import type { Exchange } from './exchange.js';

/** One endpoint. `path` is relative to `/v1`, with `:name` for a segment that is handed to `handle`. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly handle: (
    exchange: Exchange,
    params: Readonly<Record<string, string>>,
  ) => Promise<void> | void;
}

const BASE = '/v1';

/** Finds the endpoint and runs it; throws what OpenAI answers to a wrong path or method. */
export async function dispatch(routes: readonly Route[], exchange: Exchange): Promise<void> {
  let pathIsKnown = false;
  for (const route of routes) {
    const params = matchPath(BASE + route.path, exchange.path);
    if (params === undefined) continue;
    pathIsKnown = true;
    if (route.method === exchange.method) return route.handle(exchange, params);
  }
  if (!pathIsKnown) throw new ApiError(404, `Invalid URL (${exchange.method} ${exchange.path})`);
  throw new ApiError(405, `Not allowed to ${exchange.method} on ${exchange.path}.`, {
    code: 'method_not_supported',
  });
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split('/');
  const actual = path.split('/');
  if (expected.length !== actual.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of expected.entries()) {
    const value = actual[index] ?? '';
    if (segment.startsWith(':') && value !== '')
      params[segment.slice(1)] = decodeURIComponent(value);
    else if (segment !== value) return undefined;
  }
  return params;
}
