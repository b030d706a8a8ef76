/** One thing a provider says, in words that are nobody's wire: write it in your provider's. */
export type ProviderReplyItem =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'refusal'; readonly text: string }
  | {
      readonly type: 'reasoning';
      readonly text: string;
      /** What the provider wants back with this reasoning: a signature, an encrypted form, an id. */
      readonly opaque: string;
    }
  | {
      readonly type: 'function_call';
      readonly callId: string;
      readonly name: string;
      /** JSON text. */
      readonly arguments: string;
    }
  /** Any item that Baton has no word for; it has to hold the marker. */
  | { readonly type: 'unknown'; readonly marker: string };

/** Tokens a provider reports. */
export interface ProviderReplyUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Part of the input tokens. */
  readonly cachedInputTokens: number;
  /** Part of the output tokens. */
  readonly reasoningTokens: number;
}

/**
 * What goes wrong in an answer.
 * - `http_error`: this status, with a `retry-after` header where seconds are given.
 * - `unreachable`: nobody listens where the model sends its request.
 * - `silent`: the request is taken and nothing is said for as long as the model waits.
 * - `stalls`: a stream sends its first deltas and then nothing, while the connection stays.
 * - `drops`: the connection is cut after the first deltas; without a stream, in the middle of the body.
 * - `ends`: a stream ends in good order after its first deltas, without the end the protocol wants.
 * - `garbles`: after the first deltas comes what is not in the provider's format; without a stream, at once.
 */
export type ProviderFault =
  | {
      readonly type: 'http_error';
      readonly status: number;
      readonly retryAfterSeconds?: number;
    }
  | { readonly type: 'unreachable' }
  | { readonly type: 'silent' }
  | { readonly type: 'stalls' }
  | { readonly type: 'drops' }
  | { readonly type: 'ends' }
  | { readonly type: 'garbles' };

/** One answer of the provider, streamed or whole as the request asks for. */
export interface ProviderReply {
  readonly output: readonly ProviderReplyItem[];
  readonly usage: ProviderReplyUsage;
  /** Cuts a text or arguments into the deltas of a stream; default: as the provider likes. */
  readonly split?: (text: string) => readonly string[];
  /** How many bytes of the body are written at a time; default: as the provider likes. */
  readonly bytesPerChunk?: number;
  readonly fault?: ProviderFault;
}
