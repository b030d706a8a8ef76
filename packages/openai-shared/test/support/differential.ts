import { type OpenAIServerOptions, startOpenAIServer } from '@baton/testing';
import OpenAI from 'openai';

/** Options of anything in either SDK; what they are called is what the tests show. */
export interface Options {
  readonly [option: string]: unknown;
}

/** What both SDKs have under the same names, as far as programs for both APIs use it. */
export interface CommonSdk {
  readonly Agent: new (options: Options) => { asTool(options: Options): object };
  readonly tool: (options: Options) => object;
  /** Runs to the end; streamed, it reads everything. */
  readonly run: (agent: object, input: unknown, options?: Options) => Promise<Result>;
  /** Streams; the events are for the caller. */
  readonly stream: (agent: object, input: unknown) => Promise<AsyncIterable<StreamEvent>>;
  readonly model: (name?: string) => object;
  /** Runs an agent that has no model of its own. */
  readonly runByName: (agent: object, input: unknown, model?: string) => Promise<unknown>;
}

/** An event of a streamed run; those of the model say in `data` what they are. */
export type StreamEvent =
  | { readonly type: 'raw_model_stream_event'; readonly data: { readonly type: string } }
  | { readonly type: 'run_item_stream_event' | 'agent_updated_stream_event' };

/** What a run gave. */
export interface Result {
  readonly finalOutput?: unknown;
  readonly history: readonly unknown[];
  readonly interruptions: readonly object[];
  readonly state: { approve(item: object): void; reject(item: object): void };
  readonly completed?: Promise<unknown>;
  readonly lastResponseId?: string | undefined;
  readonly rawResponses: readonly { readonly output: readonly { readonly type?: string }[] }[];
}

/** Makes both SDKs talk through a client. */
export interface Sides<TSdk> {
  readonly baton: (client: OpenAI) => TSdk;
  readonly rival: (client: OpenAI) => TSdk;
  /** Fails where OpenAI's schema would not take a body of Baton's. */
  readonly expectValidBody: (body: unknown) => void;
}

/** The bodies that a program sends with each of the two. */
export interface BothRequests {
  readonly baton: readonly unknown[];
  readonly rival: readonly unknown[];
}

/** Runs a program with each SDK, against a server of its own with the same script. */
export async function runBoth<TSdk>(
  program: (sdk: TSdk) => Promise<unknown>,
  server: OpenAIServerOptions,
  { baton, rival, expectValidBody }: Sides<TSdk>,
): Promise<BothRequests> {
  const own = await requestsOf(program, baton, server);
  for (const { body } of own) expectValidBody(body);
  return { baton: own, rival: await requestsOf(program, rival, server) };
}

async function requestsOf<TSdk>(
  program: (sdk: TSdk) => Promise<unknown>,
  sdkOf: (client: OpenAI) => TSdk,
  options: OpenAIServerOptions,
): Promise<readonly { readonly body: unknown }[]> {
  await using server = await startOpenAIServer(options);
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: server.url, maxRetries: 0 });
  await program(sdkOf(client));
  return server.requests.map(({ method, path, body }) => ({ method, path, body }));
}

/** The result of a run that is over, streamed or not. */
export async function settled(result: unknown): Promise<Result> {
  const ran = result as Result; // either SDK's
  if (ran.completed !== undefined) await ran.completed;
  return ran;
}

/** A way in which the requests of `@openai/agents` 0.20 differ from Baton's, and why Baton's stay as they are. */
export interface KnownDifference {
  readonly what: string;
  readonly why: string;
  /** Makes of a value of the other's body what Baton sends there. */
  readonly unify?: (value: unknown, key: string) => unknown;
  /** Makes of a value of Baton's body what the other sends there, where that says less. */
  readonly reduce?: (value: unknown, key: string) => unknown;
}

/** Marks a field that Baton does not send. */
export const ABSENT: unique symbol = Symbol('absent');

/** What differs in the same way in both APIs. */
export const COMMON_DIFFERENCES: readonly KnownDifference[] = [
  {
    what: 'sends `$schema` with schemas made by zod',
    why: 'strict schemas have no such keyword, it costs tokens in every request, and it names another draft',
    unify: (value, key) => (key === '$schema' ? ABSENT : value),
  },
  {
    what: 'says "or null" of a plain type by `anyOf`',
    why: "`type: [T, 'null']` is how OpenAI's guide to structured outputs says it, with half the tokens",
    unify: (value) => {
      if (!isRecord(value) || !Array.isArray(value['anyOf'])) return value;
      const { anyOf, ...rest } = value;
      const [first, second] = anyOf as unknown[];
      if (!isRecord(first) || !isRecord(second) || second['type'] !== 'null') return value;
      const { type, ...more } = first;
      if ('enum' in more) return value;
      return typeof type === 'string' ? { type: [type, 'null'], ...more, ...rest } : value;
    },
  },
  {
    what: 'keeps capitals in the names of handoffs',
    why: 'HO-2 says lower case',
    unify: (value) =>
      typeof value === 'string' && value.startsWith('transfer_to_') ? value.toLowerCase() : value,
  },
  {
    what: 'ends the description of a handoff with a space where the agent has none',
    why: 'nobody meant it',
    unify: (value, key) =>
      key === 'description' && typeof value === 'string' ? value.trimEnd() : value,
  },
  {
    what: "tells the model that a tool failed, but not the error's message",
    why: 'TL-6: the message is what lets a model try again better; it stays away with sensitive data',
    unify: (value) =>
      value === 'An error occurred while running the tool. Please try again.'
        ? `${value} Error: No luck`
        : value,
  },
];

/**
 * The bodies of the two without the differences that are known.
 *
 * @param seen Gets the differences that were there.
 */
export function withoutKnown(
  { baton, rival }: BothRequests,
  known: readonly KnownDifference[],
  seen: Set<KnownDifference>,
): { readonly baton: unknown; readonly rival: unknown } {
  return {
    baton: walk(baton, '', { side: 'reduce', known, seen }),
    rival: walk(rival, '', { side: 'unify', known, seen }),
  };
}

interface Walk {
  readonly side: 'unify' | 'reduce';
  readonly known: readonly KnownDifference[];
  readonly seen: Set<KnownDifference>;
}

function walk(value: unknown, key: string, how: Walk): unknown {
  let current = value;
  for (const difference of how.known) {
    const change = difference[how.side];
    const next = change === undefined ? current : change(current, key);
    if (next === current) continue;
    how.seen.add(difference);
    if (next === ABSENT) return ABSENT;
    current = next;
  }
  if (Array.isArray(current)) return current.map((each) => walk(each, '', how));
  if (!isRecord(current)) return current;
  return Object.fromEntries(
    Object.entries(current)
      .map(([name, each]) => [name, walk(each, name, how)] as const)
      .filter(([, each]) => each !== ABSENT),
  );
}

/** Whether a value is an object with fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
