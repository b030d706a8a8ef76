import { ModelRequestError } from '@baton/core/model';
import { linkSignal } from './abort-link.js';
import type { HttpResponseLike, OpenAIClientLike } from './client-like.js';
import type { ClientSource } from './client.js';
import { openEventStream } from './event-stream.js';
import type { JsonRecord } from './json.js';
import { parseObject, type TextSource } from './parse-json.js';
import { originOf, toRequestError } from './request-error.js';
import { sendAgain } from './send-again.js';
import { userAgent } from './user-agent.js';

/** How one request is to be sent. */
export interface HttpCall {
  readonly signal?: AbortSignal | undefined;
  /** Somebody else decides about trying again. */
  readonly clientRetriesOff?: boolean;
  /** The server adds what it gets to what it has: nothing may be sent again that it may have got. */
  readonly mayArriveOnce?: boolean;
  /** Besides the client's own; they win over all of Baton's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Besides the client's own. */
  readonly query?: Readonly<Record<string, string>> | undefined;
}

/** An API as far as a transport has to know it. */
export interface HttpApi {
  /** What is posted to, e.g. `/responses`. */
  readonly path: string;
  /** As a person would call it, e.g. `the Responses API`. */
  readonly name: string;
  /** The list that every whole answer has. */
  readonly list: string;
  /** Whether a whole answer without the list still is one: it says what went wrong. Default: none is. */
  readonly isFailure?: (whole: JsonRecord) => boolean;
  /** A whole answer as the one event of a stream, for servers that do not stream. */
  readonly asEvent: (whole: JsonRecord) => JsonRecord;
}

/** An answer that came in one piece. */
export interface WholeAnswer {
  readonly whole: JsonRecord;
  readonly requestId: string | undefined;
}

/** The events of one streamed answer as they come in. */
export interface IncomingEvents {
  readonly source: TextSource;
  /** The next events, maybe none, as JSON text or already parsed; `undefined` at the end. */
  read(): Promise<readonly (string | JsonRecord)[] | undefined>;
  /** What to throw for an error that happened while reading. */
  readonly toError: (error: unknown, outputStarted: boolean) => unknown;
  /** Lets go of the connection, which can be used again where the answer was complete. */
  close(complete: boolean): void;
}

/** Carries requests of one API over HTTP. */
export interface HttpTransport {
  fetchWhole(body: string, call: HttpCall): Promise<WholeAnswer>;
  openStream(body: string, call: HttpCall): Promise<IncomingEvents>;
}

/** Sends requests through the official client; reads the answers itself. */
export function httpTransport(client: ClientSource, api: HttpApi): HttpTransport {
  return {
    async fetchWhole(body, call) {
      const answer = await connect(client, api, { ...call, body });
      try {
        return await readWhole(answer, api);
      } catch (error) {
        throw answer.toError(error, false);
      } finally {
        answer.release?.();
      }
    },
    async openStream(body, call) {
      const answer = await connect(client, api, { ...call, body });
      return isEventStream(answer) ? streamOf(answer, api) : wholeAsStream(answer, api);
    },
  };
}

/** What to throw where a stream ended before its answer was complete. */
export function endedEarly(
  { origin, requestId }: TextSource,
  missing: string,
  responseStarted: boolean,
): ModelRequestError {
  return new ModelRequestError(
    `The stream of ${origin} ended before the response was complete: it has no ${missing}. ` +
      'The server or something between closed it.',
    { isNetworkError: true, requestId, responseStarted },
  );
}

/** An answer whose head has come. */
interface Answer {
  readonly response: HttpResponseLike;
  readonly source: TextSource;
  readonly signal: AbortSignal | undefined;
  readonly toError: (error: unknown, outputStarted: boolean) => unknown;
  readonly release: (() => void) | undefined;
}

async function connect(
  source: ClientSource,
  { path }: HttpApi,
  call: HttpCall & { readonly body: string },
): Promise<Answer> {
  call.signal?.throwIfAborted();
  const client = await source();
  const link = call.signal && linkSignal(call.signal);
  const failed = { baseURL: client.baseURL, path, signal: call.signal };
  try {
    const linked = { ...call, signal: link?.signal };
    const response = await (call.mayArriveOnce ? sendOnce : send)(client, path, linked);
    const requestId = response.headers.get('x-request-id') ?? undefined;
    return {
      response,
      source: {
        origin: originOf(client.baseURL),
        contentType: response.headers.get('content-type'),
        requestId,
      },
      signal: link?.signal,
      toError: (error, responseStarted) =>
        toRequestError(error, { ...failed, requestId, responseStarted }),
      release: link?.release,
    };
  } catch (error) {
    link?.release();
    throw toRequestError(error, failed);
  }
}

/** In the place of the client's own retries, which do not mind what the server may have got. */
function sendOnce(
  client: OpenAIClientLike,
  path: string,
  call: HttpCall & { readonly body: string },
): Promise<HttpResponseLike> {
  const retries = call.clientRetriesOff ? 0 : (client.maxRetries ?? 0);
  const attempt = { ...call, clientRetriesOff: true };
  return sendAgain(() => send(client, path, attempt), { retries, signal: call.signal });
}

function send(
  client: OpenAIClientLike,
  path: string,
  { body, headers, query, signal, clientRetriesOff }: HttpCall & { readonly body: string },
): Promise<HttpResponseLike> {
  const request = client.post(path, {
    // A string with a content type is sent as it is, by every version of the client.
    body: client.apiVersion === undefined ? body : bodyForAzure(body),
    headers: { 'content-type': 'application/json', 'User-Agent': userAgent(), ...headers },
    ...(query !== undefined && { query }),
    ...(signal !== undefined && { signal }),
    ...(clientRetriesOff && { maxRetries: 0 }),
  });
  return request.asResponse();
}

/** The client for Azure looks for the deployment in the body, and takes no text for it. */
function bodyForAzure(body: string): string {
  return JSON.parse(body) as string; // such a client takes objects, whatever the common type says
}

async function readWhole({ response, source }: Answer, api: HttpApi): Promise<WholeAnswer> {
  return toWhole(await response.text(), source, api);
}

function toWhole(text: string, source: TextSource, api: HttpApi): WholeAnswer {
  const whole = parseObject(text, source);
  if (Array.isArray(whole[api.list]) || api.isFailure?.(whole) === true) {
    return { whole, requestId: source.requestId };
  }
  throw new ModelRequestError(
    `${source.origin} answered with JSON that has no \`${api.list}\` list, so it is not a response of ` +
      `${api.name}. Check that this server speaks that API under POST ${api.path}.`,
    { errorCode: 'not_a_response', requestId: source.requestId },
  );
}

function streamOf(
  { response, source, signal, toError, release }: Answer,
  api: HttpApi,
): IncomingEvents {
  const stream = response.body === null ? undefined : openEventStream(response.body);
  const cancel = (): void => stream?.cancel();
  // A fetch of the app's own may not follow the signal.
  signal?.addEventListener('abort', cancel, { once: true });
  return {
    source,
    toError,
    async read() {
      const events = await stream?.read();
      signal?.throwIfAborted();
      const json = stream?.json;
      // A server that does not stream need not say what it sends.
      if (events === undefined || json === undefined) return events;
      return [api.asEvent(toWhole(json, source, api).whole)];
    },
    close(complete) {
      signal?.removeEventListener('abort', cancel);
      release?.();
      if (complete) stream?.finish();
      else cancel();
    },
  };
}

/** The answer of a server that does not stream, as a stream of one event. */
async function wholeAsStream(answer: Answer, api: HttpApi): Promise<IncomingEvents> {
  try {
    const { whole } = await readWhole(answer, api);
    const batches = [[api.asEvent(whole)]];
    return {
      source: answer.source,
      toError: answer.toError,
      read: () => Promise.resolve(batches.shift()),
      close: () => undefined,
    };
  } catch (error) {
    throw answer.toError(error, false);
  } finally {
    answer.release?.();
  }
}

function isEventStream({ source }: Answer): boolean {
  return !/^\s*(application\/json|text\/html)\b/i.test(source.contentType ?? '');
}
