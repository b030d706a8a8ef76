import { ModelRequestError } from '@baton/core/model';
import {
  type ClientSource,
  type HttpResponseLike,
  linkSignal,
  type OpenAIClientLike,
  openEventStream,
  originOf,
  toRequestError,
  userAgent,
} from '@baton/openai-shared';
import { parseObject, type TextSource } from './parse-json.js';
import type {
  IncomingEvents,
  ResponsesTransport,
  TransportCall,
  WholeResponse,
} from './transport.js';

/** Sends requests over HTTP, through the official client; reads the answers itself. */
export function httpTransport(client: ClientSource): ResponsesTransport {
  return {
    async fetchResponse(body, call) {
      const answer = await connect(client, body, call);
      try {
        return await readWhole(answer);
      } catch (error) {
        throw answer.toError(error, false);
      } finally {
        answer.release?.();
      }
    },
    async openStream(body, call) {
      const answer = await connect(client, body, call);
      return isEventStream(answer) ? streamOf(answer) : wholeAsStream(answer);
    },
  };
}

/** An answer whose head has come. */
interface Answer {
  readonly response: HttpResponseLike;
  readonly source: TextSource;
  readonly signal: AbortSignal | undefined;
  readonly toError: (error: unknown, outputStarted: boolean) => unknown;
  readonly release: (() => void) | undefined;
}

async function connect(source: ClientSource, body: string, call: TransportCall): Promise<Answer> {
  call.signal?.throwIfAborted();
  const client = await source();
  const link = call.signal && linkSignal(call.signal);
  const failed = { baseURL: client.baseURL, path: PATH, signal: call.signal };
  try {
    const response = await send(client, body, { ...call, signal: link?.signal });
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

function send(
  client: OpenAIClientLike,
  body: string,
  call: TransportCall,
): Promise<HttpResponseLike> {
  const request = client.post(PATH, {
    // A string with a content type is sent as it is, by every version of the client.
    body,
    headers: { 'content-type': 'application/json', 'User-Agent': userAgent() },
    ...(call.signal !== undefined && { signal: call.signal }),
    ...(call.clientRetriesOff && { maxRetries: 0 }),
  });
  return request.asResponse();
}

async function readWhole({ response, source }: Answer): Promise<WholeResponse> {
  const parsed = parseObject(await response.text(), source);
  if (Array.isArray(parsed['output'])) return { response: parsed, requestId: source.requestId };
  throw new ModelRequestError(
    `${source.origin} answered with JSON that has no \`output\` list, so it is not a response of the ` +
      `Responses API. Check that this server speaks that API under POST ${PATH}.`,
    { errorCode: 'not_a_response', requestId: source.requestId },
  );
}

function streamOf({ response, source, signal, toError, release }: Answer): IncomingEvents {
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
      return events;
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
async function wholeAsStream(answer: Answer): Promise<IncomingEvents> {
  try {
    const { response } = await readWhole(answer);
    const batches = [[{ type: 'response.completed', response }]];
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

const PATH = '/responses';
