import { isRecord, textOf } from './json.js';
import { headersOf } from './request-error.js';
import { retryAfterMs } from './retry-after.js';
import { sleep } from './sleep.js';

/** Who may send again, and until when. */
export interface SendAgainOptions {
  /** How often at most. */
  readonly retries: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends again what the server refused and what never got to it, as the `openai` client does by itself; but not, as
 * that does, what got lost after it was sent: the server may have it.
 */
export async function sendAgain<T>(
  send: () => Promise<T>,
  { retries, signal }: SendAgainOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (attempt > retries || signal?.aborted === true || !isWithoutTrace(error)) throw error;
      await sleep(delayAfter(error, attempt), signal);
    }
  }
}

/** Whether the server certainly has nothing of the request. */
function isWithoutTrace(error: unknown): boolean {
  const status = isRecord(error) ? error['status'] : undefined;
  if (typeof status !== 'number') return isUnsent(error);
  const header = headersOf(error)?.get('x-should-retry');
  if (header === 'true' || header === 'false') return header === 'true';
  return status === 408 || status === 409 || status === 429 || status >= 500;
}

/** Whether there never was a connection. */
function isUnsent(error: unknown): boolean {
  let inner = error;
  for (let depth = 0; depth < 5 && isRecord(inner); depth++) {
    if (CONNECTING.has(textOf(inner, 'code') ?? '')) return true;
    inner = inner['cause'];
  }
  return false;
}

/** Node's words for what goes wrong before there is a connection. */
const CONNECTING: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** As long as the server asks for, where that is bearable; else as long as the `openai` client waits. */
function delayAfter(error: unknown, attempt: number): number {
  const headers = headersOf(error);
  const asked = headers && retryAfterMs(headers);
  if (asked !== undefined && asked <= LONGEST_MS) return asked;
  return Math.min(500 * 2 ** (attempt - 1), 8000) * (1 - Math.random() * 0.25);
}

const LONGEST_MS = 60_000;
