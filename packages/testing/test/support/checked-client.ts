import OpenAI from 'openai';
import { expect } from 'vitest';
import { loadOpenAISchema } from './openai-schema.js';

const schema = loadOpenAISchema();

/** An event as it came over the wire. */
export interface WireEvent {
  readonly type: string;
  readonly sequence_number: number;
  readonly [field: string]: unknown;
}

/** The official client against a local server; everything it sends and receives is held against OpenAI's schema. */
export function checkedClient(url: string): OpenAI {
  return new OpenAI({ apiKey: 'test-key', baseURL: url, maxRetries: 0, fetch: checkedFetch });
}

/** `fetch` that fails a test when an accepted request, its answer or an event of it does not fit OpenAI's schema. */
export const checkedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (schema === undefined || response.body === null) return response;
  if (typeof init?.body === 'string' && response.ok) {
    expect(schema.requestProblems('CreateResponse', JSON.parse(init.body)), 'request').toEqual([]);
  }
  if (response.headers.get('content-type')?.startsWith('text/event-stream') ?? false) {
    return new Response(response.body.pipeThrough(eventCheck()), response);
  }
  const text = await response.text();
  const url = input instanceof Request ? input.url : String(input);
  const name = schemaFor(init?.method ?? 'GET', new URL(url).pathname, response.ok);
  if (name !== undefined) expect(schema.answerProblems(name, JSON.parse(text)), name).toEqual([]);
  return new Response(text, response);
};

/** Posts a body as it is and reads the whole answer. */
export async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = { authorization: 'Bearer test-key' },
): Promise<{ status: number; text: string; json: () => Record<string, unknown>; events: () => readonly WireEvent[] }> {
  const response = await checkedFetch(`${url}/responses`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    json: () => JSON.parse(text) as Record<string, unknown>,
    events: () => text.split('\n\n').filter((block) => block !== '').map(parseEvent),
  };
}

function eventCheck(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let rest = '';
  return new TransformStream({
    transform(chunk, controller) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const event of blocks.map(parseEvent)) {
        expect(schema?.answerProblems('ResponseStreamEvent', event), event.type).toEqual([]);
      }
      controller.enqueue(chunk);
    },
  });
}

/** The name of an event must be its type. */
function parseEvent(block: string): WireEvent {
  const [name, data] = block.split('\n');
  const event = JSON.parse(data?.replace(/^data: /, '') ?? '') as WireEvent;
  expect(name).toBe(`event: ${event.type}`);
  return event;
}

function schemaFor(method: string, path: string, ok: boolean): string | undefined {
  if (!ok) return 'ErrorResponse';
  if (path.endsWith('/input_items')) return 'ResponseItemList';
  if (path === '/v1/models') return 'ListModelsResponse';
  if (path.startsWith('/v1/models/')) return 'Model';
  return method === 'DELETE' ? undefined : 'Response';
}
