import {
  AgentsError,
  ModelRequestError,
  type ModelRetryAdvice,
  type ModelRetryAdviceRequest,
  type ModelSettings,
} from '@baton/core/model';
import { isRecord } from './json.js';
import { headersOf, isTimeout } from './request-error.js';

/**
 * What OpenAI's own client would do about a failed call: `x-should-retry` decides where the server sends
 * it; 408, 409, 429, 5xx and network errors are worth another try, unless output had already begun.
 */
export function retryAdvice(failed: ModelRetryAdviceRequest): ModelRetryAdvice | undefined {
  const { error, request } = failed;
  if (request.signal?.aborted) return undefined;
  if (!(error instanceof ModelRequestError)) return adviceForAnswer(error);
  const normalized = {
    statusCode: error.statusCode,
    errorCode: error.errorCode,
    retryAfterMs: error.retryAfterMs,
    isNetworkError: error.isNetworkError,
    isTimeout: error.isNetworkError && isTimeout(error.cause),
  };
  if (error.responseStarted) {
    return { suggested: false, replaySafety: 'unsafe', reason: 'output had begun', normalized };
  }
  const wait = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
  const header = headersOf(error.cause)?.get('x-should-retry');
  if (header === 'true' || header === 'false') {
    const suggested = header === 'true';
    return {
      suggested,
      ...wait,
      ...(suggested && { replaySafety: 'safe' as const }),
      reason: `x-should-retry: ${header}`,
      normalized,
    };
  }
  if (error.isNetworkError) return { suggested: true, reason: 'network error', normalized };
  const status = error.statusCode;
  if (status === undefined) return { normalized };
  if (status !== 408 && status !== 409 && status !== 429 && status < 500) {
    return { suggested: false, reason: `status ${status}`, normalized };
  }
  // The server refused before it answered, so nothing was stored.
  return { suggested: true, ...wait, replaySafety: 'safe', reason: `status ${status}`, normalized };
}

/** Whether the client must not try again by itself, because the runner does or nobody shall. */
export function clientRetriesOff(settings: ModelSettings): boolean {
  const { retry } = settings;
  return retry?.policy !== undefined || (retry?.maxRetries !== undefined && retry.maxRetries <= 0);
}

/** An answer that failed on the server's side: `cause` is the error the server sent. */
function adviceForAnswer(error: unknown): ModelRetryAdvice | undefined {
  if (!(error instanceof AgentsError) || !isRecord(error.cause)) return undefined;
  const { code } = error.cause;
  // Compatible servers write the status there, which they could not send once the answer had begun.
  if (typeof code === 'number') {
    const isBusy = code === 408 || code === 429 || code >= 500;
    return isBusy
      ? { suggested: true, reason: `code ${code}`, normalized: { statusCode: code } }
      : undefined;
  }
  if (code !== 'server_error' && code !== 'rate_limit_exceeded') return undefined;
  return { suggested: true, reason: code, normalized: { errorCode: code } };
}
