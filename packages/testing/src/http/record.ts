import { isObject, type JsonObject } from '../json.js';
import type { Exchange, Incoming } from './exchange.js';

/** A request as it arrived, also when it was then refused. */
export interface RecordedRequest {
  /** `WEBSOCKET` for what came as a message. */
  readonly method: string;
  /** The path with its query, such as `/v1/responses`. */
  readonly path: string;
  /** All headers in lower case, with `authorization` redacted. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON object of the body; empty when there was none. */
  readonly body: JsonObject;
  /** When it arrived, in milliseconds since the epoch. */
  readonly at: number;
}

export function recordRequest(exchange: Exchange): RecordedRequest {
  const query = exchange.query.toString();
  return {
    method: exchange.method,
    path: query === '' ? exchange.path : `${exchange.path}?${query}`,
    headers: redactedHeaders(exchange),
    body: isObject(exchange.body) ? exchange.body : {},
    at: Date.now(),
  };
}

/** Keys stay out of recordings, snapshots and test output. */
export function redactedHeaders(exchange: Incoming): Readonly<Record<string, string>> {
  const headers = Object.entries(exchange.headers).map(
    ([name, value]) => [name, String(value)] as const,
  );
  const redacted = headers.map(
    ([name, value]) => [name, name === 'authorization' ? 'Bearer [redacted]' : value] as const,
  );
  return Object.fromEntries(redacted);
}
