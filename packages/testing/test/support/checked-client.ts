import OpenAI from 'openai';
import { expect } from 'vitest';
import { loadOpenAISchema, type OpenAISchema } from './openai-schema.js';

const schema = loadOpenAISchema();

/** An event as it came over the wire. */
export interface WireEvent {
  readonly type: string;
  readonly sequence_number: number;
  readonly [field: string]: unknown;
}

/** The official client against a local server; everything it sends and receives is held against OpenAI's schema. */
export function checkedClient(url: string, options: { readonly maxRetries?: number } = {}): OpenAI {
  return new OpenAI({ apiKey: 'test-key', baseURL: url, maxRetries: options.maxRetries ?? 0, fetch: checkedFetch });
}

/** `fetch` that fails a test when a body does not fit OpenAI's schema. */
export const checkedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (schema === undefined) return response;
  if (typeof init?.body === 'string' && response.ok) {
    expect(schema.requestProblems('CreateResponse', JSON.parse(init.body)), 'request body').toEqual([]);
  }
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const copy = response.clone();
  if (isStream) {
    // A stream that is broken on purpose has no full text to check.
    void copy.text().then((text) => checkEvents(schema, parseEvents(text)), () => {});
    return response;
  }
  const url = input instanceof Request ? input.url : String(input);
  const text = await copy.text().catch(() => '');
  const name = schemaFor(init?.method ?? 'GET', new URL(url).pathname, response.ok);
  if (name !== undefined && isJson(text)) expect(schema.answerProblems(name, JSON.parse(text)), name).toEqual([]);
  return response;
};

/** Reads `event:`/`data:` blocks; the name of an event must be its type. */
export function parseEvents(text: string): WireEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const [name, data] = block.split('\n');
      const event = JSON.parse(data?.replace(/^data: /, '') ?? '') as WireEvent;
      expect(name).toBe(`event: ${event.type}`);
      return event;
    });
}

/** Fails on the first event that does not fit its schema. */
export function checkEvents(openai: OpenAISchema | undefined, events: readonly WireEvent[]): void {
  for (const event of events) expect(openai?.answerProblems('ResponseStreamEvent', event) ?? [], event.type).toEqual([]);
}

function schemaFor(method: string, path: string, ok: boolean): string | undefined {
  if (!ok) return 'ErrorResponse';
  if (path.endsWith('/input_items')) return 'ResponseItemList';
  if (path === '/v1/models') return 'ListModelsResponse';
  if (path.startsWith('/v1/models/')) return 'Model';
  return method === 'DELETE' ? undefined : 'Response';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
