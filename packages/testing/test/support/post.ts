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
  /** The chunks of Chat Completions, without `[DONE]`. */
  readonly chunks: () => readonly WireChunk[];
}

/** A chunk as it came over the wire. */
export interface WireChunk {
  readonly choices: readonly WireChoice[];
  readonly [field: string]: unknown;
}

/** What a chunk says of one choice. */
export interface WireChoice {
  readonly index: number;
  readonly delta: Readonly<Record<string, unknown>>;
  readonly finish_reason: string | null;
  readonly [field: string]: unknown;
}

interface PostOptions {
  /** Default: `/responses`. */
  readonly path?: string;
  /** Default: `fetch` itself. */
  readonly fetch?: typeof fetch;
  /** Default: a key. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts a body as it is and reads the whole answer. */
export async function post(url: string, body: unknown, options: PostOptions = {}): Promise<Answer> {
  const response = await (options.fetch ?? fetch)(`${url}${options.path ?? '/responses'}`, {
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
    events: () => blocksOf(text).map(parseEvent),
    chunks: () => blocksOf(text).flatMap((block) => parseChunk(block) ?? []),
  };
}

/** The name of an event must be its type. */
export function parseEvent(block: string): WireEvent {
  const [name, data] = block.split('\n');
  const event = JSON.parse(data?.replace(/^data: /, '') ?? '') as WireEvent;
  expect(name).toBe(`event: ${event.type}`);
  return event;
}

/** A chunk has no name; the last one is no JSON. */
export function parseChunk(block: string): WireChunk | undefined {
  // A text may hold U+2028, which ends a line for a pattern but not for an event.
  expect(block).toMatch(/^data: [^\n]+$/);
  const data = block.slice('data: '.length);
  return data === '[DONE]' ? undefined : (JSON.parse(data) as WireChunk);
}

function blocksOf(text: string): readonly string[] {
  return text.split('\n\n').filter((block) => block !== '');
}
