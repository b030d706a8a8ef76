import { messageOf, ModelRequestError } from '@baton/core/model';
import { isRecord, type JsonRecord, textOf } from './json.js';
import { retryAfterMs } from './retry-after.js';

/** What is known of the call that an error ended. */
export interface FailedCall {
  /** The client's base URL; only its origin is ever shown. */
  readonly baseURL: string;
  /** The path that was posted to, e.g. `/responses`. */
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
  /** The answer's id, where an answer had begun. */
  readonly requestId?: string | undefined;
  /** Whether output of the answer had been handed out. */
  readonly responseStarted?: boolean | undefined;
}

/**
 * What to throw for an error of the `openai` client, of `fetch`, or of a body that broke off: always a
 * `ModelRequestError`, except that a cancelled call throws its signal's reason.
 *
 * The client's classes are told apart by their fields, so that any version of it will do.
 */
export function toRequestError(error: unknown, call: FailedCall): unknown {
  if (call.signal?.aborted) return call.signal.reason;
  if (error instanceof ModelRequestError) return error;
  const wire = isError(error) ? error : {};
  const status = wire['status'];
  if (typeof status === 'number') return refused(status, wire, call);
  return BAD_HEADER.test(deepestMessage(error)) ? unsendable(call) : unreachable(error, call);
}

/** How platforms say that a header cannot be sent; some quote it, and what is in it is most often a key. */
const BAD_HEADER = /invalid header|header content|\bByteString\b/i;

/** Nothing of the error is kept, which may quote the key. */
function unsendable({ baseURL }: FailedCall): ModelRequestError {
  return new ModelRequestError(
    `Nothing was sent to ${originOf(baseURL)}: a header has characters that HTTP does not allow - ` +
      'check the API key (`apiKey`, or OPENAI_API_KEY) and `defaultHeaders` for line breaks, quotes and the like.',
    {},
  );
}

/** The place a base URL names, without path, query or credentials. */
export function originOf(baseURL: string): string {
  try {
    return new URL(baseURL).origin;
  } catch {
    return 'the model server';
  }
}

function refused(status: number, error: JsonRecord, call: FailedCall): ModelRequestError {
  const headers = headersOf(error);
  const said = isRecord(error['error']) ? textOf(error['error'], 'message') : undefined;
  const own = withoutCredentials(said ?? textOf(error, 'message') ?? '');
  const text = own.startsWith(`${status} `) ? own.slice(`${status} `.length) : own;
  const advice = adviceFor(status, error, call);
  return new ModelRequestError(
    `${originOf(call.baseURL)} answered ${status}: ${text}${advice === '' ? '' : ` - ${advice}`}`,
    {
      statusCode: status,
      errorCode: textOf(error, 'code') ?? textOf(error, 'type'),
      requestId: textOf(error, 'requestID') ?? headers?.get('x-request-id') ?? call.requestId,
      retryAfterMs: headers && retryAfterMs(headers),
      responseStarted: call.responseStarted,
      cause: error,
    },
  );
}

function adviceFor(status: number, error: JsonRecord, call: FailedCall): string {
  if (status === 401)
    return 'check the API key (`apiKey`, or OPENAI_API_KEY) and that it is for this server.';
  if (status !== 404) return '';
  if (error['code'] === 'model_not_found') return "check the model's name.";
  // Whoever knows the path says in JSON what it did not find.
  if (!isRecord(error['error'])) {
    return `check that this server offers POST ${call.path} under its base URL.`;
  }
  return '';
}

function unreachable(error: unknown, call: FailedCall): ModelRequestError {
  const origin = originOf(call.baseURL);
  const why = withoutCredentials(deepestMessage(error));
  const message =
    call.requestId === undefined && call.responseStarted === undefined
      ? isTimeout(error)
        ? `${origin} did not answer in time: ${why}`
        : `Could not reach ${origin}: ${why} - check the base URL (\`baseURL\`, or OPENAI_BASE_URL) and that the server runs.`
      : `The answer of ${origin} broke off: ${why}`;
  return new ModelRequestError(message, {
    isNetworkError: true,
    requestId: call.requestId,
    responseStarted: call.responseStarted,
    cause: error,
  });
}

/** Whether the client gave up waiting, as far as an error tells. */
export function isTimeout(error: unknown): boolean {
  return /tim(e|ed) ?out/i.test(`${messageOf(error)} ${deepestMessage(error)}`);
}

/** The client's `Headers` on an error it raised. */
export function headersOf(error: unknown): { get(name: string): string | null } | undefined {
  const headers = isRecord(error) ? error['headers'] : undefined;
  if (!isRecord(headers) || typeof headers['get'] !== 'function') return undefined;
  // Checked just before: it has the one method that is used.
  return headers as unknown as { get(name: string): string | null };
}

/** Fetch wraps the socket's error, the client wraps fetch's: the innermost says what happened. */
function deepestMessage(error: unknown): string {
  let inner = error;
  for (let depth = 0; depth < 5 && isError(inner) && inner['cause'] !== undefined; depth++) {
    inner = inner['cause'];
  }
  const errors = isRecord(inner) ? inner['errors'] : undefined; // both addresses of a host were tried
  if (Array.isArray(errors) && errors.length > 0) inner = errors[0];
  const text = messageOf(inner);
  return text === '' && isRecord(inner) ? (textOf(inner, 'code') ?? 'no reason given') : text;
}

function withoutCredentials(text: string): string {
  return text.replaceAll(/\/\/[^\s/@]+@/g, '//').trim();
}

function isError(value: unknown): value is JsonRecord {
  return isRecord(value);
}
