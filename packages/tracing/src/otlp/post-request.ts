import { sleepQuietly, startQuietTimer, textOf } from '../platform.js';
import type { QuietFetch } from '../quiet-fetch.js';

/** A request and how often and how long it is tried. */
export interface OtlpPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  readonly fetch: QuietFetch;
}

/** What became of a request: the collector's answer, or why there is none. */
export type OtlpPostResult =
  | { readonly type: 'accepted'; readonly body: Uint8Array }
  | { readonly type: 'failed'; readonly reason: string };

/**
 * Sends a request until it is accepted, refused or given up: 429, 502, 503, 504 and errors of the network are tried
 * again, after the time that `Retry-After` names or one that doubles (the OTLP specification, "Failures"). Never rejects.
 */
export async function postRequest(post: OtlpPost, signal?: AbortSignal): Promise<OtlpPostResult> {
  for (let attempt = 1; ; attempt += 1) {
    const tried = await tryOnce(post, signal);
    if (tried.type !== 'again') return tried;
    if (signal?.aborted === true) return failed(`${tried.reason}; there was no time to try again`);
    if (attempt >= post.maxAttempts) return failed(`${tried.reason}, ${attempt} times`);
    if (tried.afterMs !== undefined && tried.afterMs > post.maxDelayMs) {
      return failed(`${tried.reason}, and asked to wait ${Math.round(tried.afterMs / 1000)} s`);
    }
    const doubled = Math.min(post.baseDelayMs * 2 ** (attempt - 1), post.maxDelayMs);
    // Up to a tenth more, so that processes that failed together do not come back together.
    await sleepQuietly((tried.afterMs ?? doubled) * (1 + Math.random() / 10), signal);
  }
}

type Tried =
  | OtlpPostResult
  | { readonly type: 'again'; readonly reason: string; readonly afterMs?: number | undefined };

async function tryOnce(post: OtlpPost, signal: AbortSignal | undefined): Promise<Tried> {
  if (signal?.aborted === true) return failed('there was no time to send it');
  const abort = new AbortController();
  let late = false;
  const onAbort = (): void => abort.abort();
  signal?.addEventListener('abort', onAbort, { once: true });
  const stop = startQuietTimer(post.timeoutMs, () => {
    late = true;
    abort.abort();
  });
  try {
    const response = await post.fetch(post.url, {
      method: 'POST',
      headers: post.headers,
      body: post.body,
      signal: abort.signal,
      // Elsewhere the headers, keys among them, have no business.
      redirect: 'manual',
    });
    const body = await readStart(response);
    if (response.ok) return { type: 'accepted', body };
    const reason = `the collector answered with status ${response.status}`;
    if (!RETRYABLE.has(response.status)) return failed(reason);
    return { type: 'again', reason, afterMs: retryAfter(response.headers.get('retry-after')) };
  } catch (error) {
    const reason = late ? `there was no answer within ${post.timeoutMs} ms` : networkError(error);
    return { type: 'again', reason };
  } finally {
    stop();
    signal?.removeEventListener('abort', onAbort);
  }
}

const RETRYABLE: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** The beginning of the answer, which is all of a collector's, and never all of what somebody else sends. */
async function readStart(response: Response): Promise<Uint8Array> {
  const start = new Uint8Array(MAX_ANSWER_BYTES);
  const reader = response.body?.getReader();
  if (reader === undefined) return start.subarray(0, 0);
  let length = 0;
  while (length < start.length) {
    const { done, value } = await reader.read();
    if (done) break;
    const part = value.subarray(0, start.length - length);
    start.set(part, length);
    length += part.length;
  }
  await reader.cancel();
  return start.subarray(0, length);
}

const MAX_ANSWER_BYTES = 16_384;

/** Seconds, or a date. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** `fetch` hides what has happened behind "fetch failed". */
function networkError(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return `it could not be sent (${textOf(cause)})`;
}

function failed(reason: string): OtlpPostResult & { readonly type: 'failed' } {
  return { type: 'failed', reason };
}
