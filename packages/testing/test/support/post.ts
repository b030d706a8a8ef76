import { expect } from 'vitest';

/** An event as it came over the wire. */
export interface WireEvent {
  readonly type: string;
  readonly sequence_number: number;
  readonly [field: string]: unknown;
}

/** The whole answer to a {@link post}. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: () => Record<string, unknown>;
  readonly events: () => readonly WireEvent[];
}

interface PostOptions {
  /** Default: `fetch` itself. */
  readonly fetch?: typeof fetch;
  /** Default: a key. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts a body as it is to `/responses` and reads the whole answer. */
export async function post(url: string, body: unknown, options: PostOptions = {}): Promise<Answer> {
  const response = await (options.fetch ?? fetch)(`${url}/responses`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(options.headers ?? { authorization: 'Bearer key' }),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    json: () => JSON.parse(text) as Record<string, unknown>,
    events: () =>
      text
        .split('\n\n')
        .filter((block) => block !== '')
        .map(parseEvent),
  };
}

/** The name of an event must be its type. */
export function parseEvent(block: string): WireEvent {
  const [name, data] = block.split('\n');
  const event = JSON.parse(data?.replace(/^data: /, '') ?? '') as WireEvent;
  expect(name).toBe(`event: ${event.type}`);
  return event;
}
