import { sleepQuietly, startQuietTimer, textOf } from './platform.js';
import type { QuietFetch } from './quiet-fetch.js';

/** What a backend wants of those who try again. */
export interface RetryRules {
  /** Whether a status says that the same request may be taken later; every other one but 2xx is a refusal. */
  readonly isPassing: (status: number) => boolean;
  /** What becomes of a request whose server asks for more time than the longest wait: sent all the same then, or not at all. */
  readonly tooLongAWait: 'cut' | 'give up';
  /** Whether anything is read of an answer that took the request. */
  readonly readsAnswer: boolean;
}

/** A request, and how often and how long it is tried. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly maxAttempts: number;
  readonly baseDelayMs: number;
  readonly maxDelayMs: number;
  readonly timeoutMs: number;
  readonly fetch: QuietFetch;
  readonly rules: RetryRules;
}

/** What became of a request. */
export type PostOutcome =
  /** `body` is empty unless the rules say that it is read. */
  | { readonly type: 'sent'; readonly body: Uint8Array }
  | { readonly type: 'refused'; readonly status: number; readonly requestId: string | undefined }
  | { readonly type: 'given_up'; readonly reason: string };

/**
 * Sends a request until it is taken, refused or given up: again after errors of the network and the statuses that the
 * rules name, after a time that doubles, or the one that the server asks for. Never rejects.
 */
export async function postWithRetries(post: Post, signal: AbortSignal | undefined): Promise<PostOutcome> {
  for (let attempt = 1; ; attempt++) {
    const tried = await tryOnce(post, signal);
    if (tried.type !== 'again') return tried;
    const { reason, afterMs } = tried;
    if (signal?.aborted === true) return givenUp(`${reason}; there was no time to try again`);
    if (attempt >= post.maxAttempts) return givenUp(`${reason} (${attempt} attempts)`);
    if (afterMs !== undefined && afterMs > post.maxDelayMs && post.rules.tooLongAWait === 'give up') {
      return givenUp(`${reason}, and asked to wait ${Math.round(afterMs / 1000)} s`);
    }
    const doubled = post.baseDelayMs * 2 ** (attempt - 1);
    // Up to a tenth more, so that processes that failed together do not come back together.
    await sleepQuietly(Math.min(afterMs ?? doubled, post.maxDelayMs) * (1 + Math.random() / 10), signal);
  }
}

type Tried = PostOutcome | { readonly type: 'again'; readonly reason: string; readonly afterMs?: number | undefined };

async function tryOnce(post: Post, signal: AbortSignal | undefined): Promise<Tried> {
  if (signal?.aborted === true) return givenUp('there was no time to send it');
  const abort = new AbortController();
  let late = false;
  const onAbort = (): void => abort.abort(new Error('nobody waits any longer'));
  signal?.addEventListener('abort', onAbort, { once: true });
  const stopTimer = startQuietTimer(post.timeoutMs, () => {
    late = true;
    abort.abort();
  });
  try {
    const { url, headers, body } = post;
    // Elsewhere the headers, keys among them, have no business: no redirect is followed.
    const response = await post.fetch(url, { method: 'POST', headers, body, signal: abort.signal, redirect: 'manual' });
    return await readAnswer(response, post.rules);
  } catch (error) {
    return { type: 'again', reason: late ? `there was no answer within ${post.timeoutMs} ms` : `the connection failed (${causeOf(error)})` };
  } finally {
    stopTimer();
    signal?.removeEventListener('abort', onAbort);
  }
}

async function readAnswer(response: Response, { isPassing, readsAnswer }: RetryRules): Promise<Tried> {
  const { ok, status, headers } = response;
  if (ok && readsAnswer) return { type: 'sent', body: await readStart(response) };
  // Unread, it would hold its connection.
  await response.body?.cancel();
  if (ok) return { type: 'sent', body: new Uint8Array() };
  if (!isPassing(status)) return { type: 'refused', status, requestId: headers.get('x-request-id') ?? undefined };
  return { type: 'again', reason: `the server answered with status ${status}`, afterMs: retryAfter(headers) };
}

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

/** Milliseconds, seconds, or a date. */
function retryAfter(headers: Headers): number | undefined {
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (exact >= 0) return exact;
  const given = headers.get('retry-after');
  if (given === null) return undefined;
  const ms = Number.isNaN(Number(given)) ? Date.parse(given) - Date.now() : Number(given) * 1_000;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** `fetch` hides what has happened behind "fetch failed". */
function causeOf(error: unknown): string {
  return textOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
}

function givenUp(reason: string): PostOutcome {
  return { type: 'given_up', reason };
}
