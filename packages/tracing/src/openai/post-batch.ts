import { sleepQuietly, startQuietTimer, textOf } from '../platform.js';
import type { QuietFetch } from '../quiet-fetch.js';

/** A batch to send, and how often and how long it is tried. */
export interface BatchPost {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly maxAttempts: number;
  readonly baseDelay: number;
  readonly maxDelay: number;
  readonly timeout: number;
  readonly fetch: QuietFetch;
}

/** What became of a batch. */
export type BatchOutcome =
  | { readonly type: 'sent' }
  | { readonly type: 'refused'; readonly status: number; readonly requestId: string | undefined }
  | { readonly type: 'given_up'; readonly reason: string };

/** Sends a batch: again after errors of the server and the network, never after a refusal [TR-31]. Never rejects. */
export async function postBatch(post: BatchPost, signal: AbortSignal | undefined): Promise<BatchOutcome> {
  let delay = post.baseDelay;
  for (let attempt = 1; ; attempt++) {
    const tried = await tryOnce(post, signal);
    if (tried.type !== 'again') return tried;
    if (signal?.aborted === true) return { type: 'given_up', reason: `${tried.reason}; there was no time to try again` };
    if (attempt >= post.maxAttempts) return { type: 'given_up', reason: `${tried.reason} (${attempt} attempts)` };
    const wait = delay * (1 + Math.random() / 10);
    // A server that asks for time gets it.
    await sleepQuietly(Math.min(Math.max(wait, tried.afterMs ?? 0), post.maxDelay * 1.1), signal);
    delay = Math.min(delay * 2, post.maxDelay);
  }
}

type Tried = BatchOutcome | { readonly type: 'again'; readonly reason: string; readonly afterMs?: number | undefined };

async function tryOnce(post: BatchPost, signal: AbortSignal | undefined): Promise<Tried> {
  if (signal?.aborted === true) return { type: 'given_up', reason: 'there was no time to send it' };
  const abort = new AbortController();
  const onAbort = (): void => abort.abort(new Error('nobody waits any longer'));
  signal?.addEventListener('abort', onAbort, { once: true });
  const stopTimer = startQuietTimer(post.timeout, () => abort.abort(new Error(`no answer within ${post.timeout} ms`)));
  try {
    const { endpoint, headers, body } = post;
    // Elsewhere the key has no business: no redirect is followed.
    const response = await post.fetch(endpoint, { method: 'POST', headers, body, signal: abort.signal, redirect: 'manual' });
    // Unread, it would hold its connection.
    await response.body?.cancel();
    return readAnswer(response);
  } catch (error) {
    return { type: 'again', reason: causeOf(error) };
  } finally {
    stopTimer();
    signal?.removeEventListener('abort', onAbort);
  }
}

function readAnswer({ status, headers }: Response): Tried {
  if (status < 300) return { type: 'sent' };
  if (status < 500) return { type: 'refused', status, requestId: headers.get('x-request-id') ?? undefined };
  return { type: 'again', reason: `the server answered with status ${status}`, afterMs: retryAfter(headers) };
}

/** Milliseconds, seconds, or a date. */
function retryAfter(headers: Headers): number | undefined {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (exact >= 0) return exact;
  const given = headers.get('retry-after');
  if (given === null) return undefined;
  const ms = Number.isNaN(Number(given)) ? Date.parse(given) - Date.now() : Number(given) * 1_000;
  return ms >= 0 ? ms : undefined;
}

/** `fetch` hides what has happened behind "fetch failed". */
function causeOf(error: unknown): string {
  return textOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
}
