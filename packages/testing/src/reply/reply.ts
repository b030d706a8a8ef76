import { setupError } from '../http/api-error.js';
import { isObject } from '../json.js';
import type { OutputItem } from './outputs.js';
import type { ReplyRequest } from './reply-request.js';

/** What the model produces in one response: a text, an item, or several of them in order. */
export type ReplyOutput = string | OutputItem | readonly (string | OutputItem)[];

/**
 * What the server answers to one request: the output alone, or a {@link DetailedReply} that also says how.
 *
 * @example
 * ```ts
 * import { functionCall, message, type Reply } from '@baton/testing';
 *
 * const replies: Reply[] = [
 *   'Hello.',
 *   [message('One moment.'), functionCall('get_weather', { city: 'Rome' })],
 *   { output: 'Cut sho', incomplete: 'max_output_tokens' },
 * ];
 * ```
 */
export type Reply = ReplyOutput | DetailedReply;

/** Makes the reply from the request; may be async. An error it throws is answered as a 500 that quotes it. */
export type ReplyFunction = (request: ReplyRequest) => Reply | Promise<Reply>;

/** A reply with its circumstances: tokens, an early end, an error, the pace, a fault. */
export interface DetailedReply {
  /** Default: no items at all. */
  readonly output?: ReplyOutput;
  /**
   * What the choices after the first say, in Chat Completions with `n`; more than were asked for are sent, too.
   * Default: what the first one says.
   */
  readonly choices?: readonly ReplyOutput[];
  /**
   * Token counts to report; `null` reports none, as some endpoints do. Default: derived from the length of what was
   * sent and said.
   */
  readonly usage?: ReplyUsage | null;
  /** Ends the response with status `incomplete` for this reason. */
  readonly incomplete?: 'max_output_tokens' | 'content_filter';
  /**
   * Ends the response with status `failed` and this error. `code` defaults to `server_error`. Chat Completions have no
   * such status: there it is an HTTP error, or one in the stream in place of its end.
   */
  readonly failed?: { readonly message: string; readonly code?: string };
  /** Answers with an HTTP error and no response at all; {@link httpError} writes it. */
  readonly httpError?: HttpErrorReply;
  /** Milliseconds to wait before anything is sent. Default: 0. */
  readonly delayMs?: number;
  /** Milliseconds to wait before each event of a stream. Default: 0. */
  readonly eventDelayMs?: number;
  /** Splits what is streamed into deltas; the pieces joined must be the text. Default: the server's `chunk`. */
  readonly chunk?: Chunk;
  /** Breaks the answer on its way. Default: none. */
  readonly fault?: Fault;
}

/** Splits a text into the deltas of a stream. */
export type Chunk = (text: string) => readonly string[];

/** Token counts in place of the derived ones; what is left out stays derived, the total is always their sum. */
export interface ReplyUsage {
  readonly inputTokens?: number;
  readonly cachedTokens?: number;
  readonly outputTokens?: number;
  readonly reasoningTokens?: number;
}

/** An HTTP error in OpenAI's shape. */
export interface HttpErrorReply {
  readonly status: number;
  readonly message: string;
  readonly type: string;
  readonly code: string | null;
  readonly param: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What goes wrong while answering.
 * - `drop`: the connection is cut after that many events (without a stream: in the middle of the body).
 * - `malformed`: after that many events comes one that is not JSON, and the stream ends (without: the body is not JSON).
 * - `error`: after that many events comes an `error` event, and the stream ends (without: a 500 says the same).
 * - `empty`: 200 with nothing in it.
 *
 * On a WebSocket nothing ends with a broken answer but the connection of `drop`; `empty` never answers.
 */
export type Fault =
  | { readonly kind: 'drop'; readonly afterEvents: number }
  | { readonly kind: 'malformed'; readonly afterEvents: number }
  | {
      readonly kind: 'error';
      readonly afterEvents: number;
      readonly message?: string;
      readonly code?: string;
    }
  | { readonly kind: 'empty' };

/** Options of {@link httpError}. */
export interface HttpErrorOptions {
  /** Default: a sentence naming the status. */
  readonly message?: string;
  /** Default: `rate_limit_exceeded` for 429, else none. */
  readonly code?: string;
  /** Default: `server_error` from 500 on, else `invalid_request_error`. */
  readonly type?: string;
  /** The parameter at fault. Default: none. */
  readonly param?: string;
  /** Extra headers, such as `retry-after`. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A reply that is an HTTP error. Use it to test retries, rate limits and outages; OpenAI's clients retry 408, 409, 429
 * and 5xx by themselves unless told not to.
 *
 * @param status - The HTTP status, 400 or more.
 * @param options - See {@link HttpErrorOptions}.
 * @example
 * ```ts
 * import { httpError, startOpenAIServer } from '@baton/testing';
 *
 * const server = await startOpenAIServer({ script: [httpError(429, { headers: { 'retry-after': '0' } }), 'Hello.'] });
 * await server.close();
 * ```
 */
export function httpError(status: number, options: HttpErrorOptions = {}): DetailedReply {
  return {
    httpError: {
      status,
      message: options.message ?? `The server was told to answer with status ${status}.`,
      type: options.type ?? (status >= 500 ? 'server_error' : 'invalid_request_error'),
      code: options.code ?? (status === 429 ? 'rate_limit_exceeded' : null),
      param: options.param ?? null,
      headers: options.headers ?? {},
    },
  };
}

/** Writes every form of {@link Reply} as the detailed one; throws for what is none, as types alone cannot stop it. */
export function toDetailedReply(reply: Reply): DetailedReply {
  if (isOutput(reply)) return toDetailedReply({ output: reply });
  const unknown = isObject(reply) ? Object.keys(reply).find((field) => !(field in FIELDS)) : '';
  if (unknown === undefined) {
    for (const output of [reply.output, ...(reply.choices ?? [])])
      toOutputList(output).forEach(requireWireForm);
    return reply;
  }
  throw setupError(
    `A reply must be a text, an output item, a list of them, or an object with ${Object.keys(FIELDS).join(', ')}; ` +
      `got ${JSON.stringify(reply)}.`,
  );
}

const FIELDS: Readonly<Record<keyof DetailedReply, true>> = {
  output: true,
  choices: true,
  usage: true,
  incomplete: true,
  failed: true,
  httpError: true,
  delayMs: true,
  eventDelayMs: true,
  chunk: true,
  fault: true,
};

/** Writes every form of {@link ReplyOutput} as a list. */
export function toOutputList(output: ReplyOutput | undefined): readonly (string | OutputItem)[] {
  if (output === undefined) return [];
  return isList(output) ? output : [output];
}

/** Items of an agents SDK look alike and are not: their names are in camel case, and the server would add its own. */
function requireWireForm(output: string | OutputItem): void {
  if (typeof output === 'string') return;
  const foreign =
    ['callId', 'providerData', 'rawContent'].find((field) => field in output) ??
    (output.type === 'reasoning' && JSON.stringify(output).includes('"input_text"')
      ? 'content'
      : undefined);
  if (foreign === undefined) return;
  throw setupError(
    `A reply is in the wire form of the Responses API (such as \`call_id\`), but this '${output.type}' has ` +
      `\`${foreign}\`, as the items of @baton/core have: import functionCall, message, reasoning from '@baton/testing', ` +
      "not from '@baton/core/testing'.",
  );
}

function isOutput(reply: Reply): reply is ReplyOutput {
  return typeof reply === 'string' || Array.isArray(reply) || (isObject(reply) && 'type' in reply);
}

// `Array.isArray` alone does not narrow a readonly array.
function isList(output: ReplyOutput): output is readonly (string | OutputItem)[] {
  return Array.isArray(output);
}
