import {
  AgentsError,
  type Model,
  type ModelCapabilities,
  ModelRequestError,
  type ModelRequest,
  type ModelResponse,
  type ModelStreamEvent,
} from '@baton/core/model';
import { toBody } from './acme-request.js';
import { AcmeStream, toItem, toResponse } from './acme-response.js';
import type { AcmeAnswer, AcmeLine } from './acme-wire.js';

/** A model of Acme, over its made-up API. */
export class AcmeModel implements Model {
  readonly name = 'acme-1';
  readonly capabilities: ModelCapabilities = {
    serverManagedConversation: false,
    prompt: false,
    hostedTools: false,
  };
  readonly #url: string;
  readonly #fetch: typeof fetch;

  constructor(options: { readonly url: string; readonly fetch?: typeof fetch }) {
    this.#url = options.url;
    this.#fetch = options.fetch ?? fetch;
  }

  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    try {
      const response = await this.#send(request, false);
      const answer = (await response.json()) as AcmeAnswer; // as Acme documents it
      return toResponse(answer.parts.map(toItem), answer);
    } catch (error) {
      throw toError(error, { signal: request.signal, responseStarted: false });
    }
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<ModelStreamEvent> {
    const stream = new AcmeStream();
    try {
      const { body } = await this.#send(request, true);
      for await (const line of linesOf(body)) {
        yield* stream.read(JSON.parse(line) as AcmeLine); // as Acme documents it
        if (stream.done) return;
      }
      throw new TypeError('it ended without its `done` line');
    } catch (error) {
      throw toError(error, { signal: request.signal, responseStarted: stream.started });
    }
  }

  async #send(request: ModelRequest, stream: boolean): Promise<Response> {
    const response = await this.#fetch(`${this.#url}/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: toBody(request, this.name, stream),
      signal: request.signal ?? null,
    });
    if (response.ok) return response;
    const seconds = response.headers.get('retry-after');
    throw new ModelRequestError(`Acme answered ${response.status}: ${await response.text()}`, {
      statusCode: response.status,
      requestId: response.headers.get('x-request-id') ?? undefined,
      retryAfterMs: seconds === null ? undefined : Number(seconds) * 1000,
    });
  }
}

/** Cancelled: the signal's own reason. Otherwise an error that says how far the call had come. */
function toError(
  error: unknown,
  call: { readonly signal: AbortSignal | undefined; readonly responseStarted: boolean },
): unknown {
  if (call.signal?.aborted) return call.signal.reason;
  if (error instanceof AgentsError) return error;
  const { responseStarted } = call;
  if (error instanceof SyntaxError) {
    const message = `Acme did not answer in JSON: ${error.message}`;
    return new ModelRequestError(message, {
      errorCode: 'malformed_json',
      responseStarted,
      cause: error,
    });
  }
  const message = `The call of Acme failed on its way: ${String(error)}`;
  return new ModelRequestError(message, { isNetworkError: true, responseStarted, cause: error });
}

/** Leaving the loop early cancels the body, and so closes the connection. */
async function* linesOf(body: Response['body']): AsyncGenerator<string> {
  if (body === null) return;
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
