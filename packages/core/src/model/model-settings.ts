/** Which tool the model may or must call: a rule, or a tool's name. */
export type ModelSettingsToolChoice = 'auto' | 'required' | 'none' | (string & {});

/** How hard a reasoning model thinks. */
export type ModelSettingsReasoningEffort =
  | 'none'
  | 'minimal'
  | 'low'
  | 'medium'
  | 'high'
  | 'xhigh'
  | 'max'
  | (string & {})
  | null;

/** Settings for reasoning models. */
export interface ModelSettingsReasoning {
  readonly effort?: ModelSettingsReasoningEffort;
  readonly summary?: 'auto' | 'concise' | 'detailed' | null;
  readonly context?: 'auto' | 'current_turn' | 'all_turns' | null;
  readonly mode?: 'standard' | 'pro' | (string & {});
}

/** Settings for the text a model writes. */
export interface ModelSettingsText {
  readonly verbosity?: 'low' | 'medium' | 'high' | null;
}

/** How the provider keeps a long conversation short; passed through. */
export type ModelSettingsContextManagement = readonly {
  readonly type: 'compaction' | (string & {});
  readonly compactThreshold?: number;
  readonly [key: string]: unknown;
}[];

/**
 * Settings of a model call. What is left out is left to the provider. An agent sets its own; the run's
 * `modelSettings` win over them field by field, and `0`, `false` and `''` are values [RC-3, MS-10].
 */
export interface ModelSettings {
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly frequencyPenalty?: number | undefined;
  readonly presencePenalty?: number | undefined;
  readonly toolChoice?: ModelSettingsToolChoice | undefined;
  /** Whether the model may ask for several tools in one turn; sent only where there are tools. */
  readonly parallelToolCalls?: boolean | undefined;
  readonly truncation?: 'auto' | 'disabled' | undefined;
  readonly maxTokens?: number | undefined;
  readonly store?: boolean | undefined;
  readonly promptCacheRetention?: 'in-memory' | '24h' | null | undefined;
  readonly promptCacheOptions?: {
    readonly mode?: 'implicit' | 'explicit';
    readonly ttl?: '30m';
  };
  readonly contextManagement?: ModelSettingsContextManagement | undefined;
  readonly reasoning?: ModelSettingsReasoning | undefined;
  readonly text?: ModelSettingsText | undefined;
  /** Merged into the request's body as it is; wins over what Baton would send. */
  readonly providerData?: Readonly<Record<string, unknown>> | undefined;
  /** Headers of the HTTP request, besides the client's own; they win. Models that speak HTTP have them. */
  readonly extraHeaders?: Readonly<Record<string, string>> | undefined;
  /** Parameters in the query of the HTTP request, likewise. */
  readonly extraQuery?: Readonly<Record<string, string>> | undefined;
  /** Longest time one model call may take, in milliseconds; none by default. */
  readonly timeoutMs?: number | undefined;
  /** Longest wait for the first event of a streamed model call, in milliseconds; none by default. */
  readonly firstTokenTimeoutMs?: number | undefined;
  /** Whether and how failed calls are tried again; not at all by default. */
  readonly retry?: ModelRetrySettings | undefined;
  /** Keep the provider's own usage object on the response as `rawUsage`. */
  readonly preserveRawUsage?: boolean | undefined;
}

/** What a retry policy says: no, yes, or yes with details. */
export type RetryDecision =
  | boolean
  | {
      readonly retry: boolean;
      readonly delayMs?: number;
      readonly reason?: string;
      readonly approveUnsafeReplay?: boolean;
    };

/** A failed model call in terms that hold for every provider. */
export interface ModelRetryNormalizedError {
  readonly statusCode?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly errorCode?: string | undefined;
  readonly isNetworkError: boolean;
  readonly isTimeout: boolean;
  readonly isAbort: boolean;
}

/** What a provider knows of whether a failed call should be sent again. */
export interface ModelRetryAdvice {
  readonly suggested?: boolean;
  readonly retryAfterMs?: number;
  readonly reason?: string;
  /** Whether sending again can do harm, e.g. store an answer twice. */
  readonly replaySafety?: 'safe' | 'unsafe';
  readonly normalized?: Partial<ModelRetryNormalizedError>;
}

/** What a retry policy is told. */
export interface RetryPolicyContext {
  readonly error: unknown;
  /** How many attempts have failed, this one included. */
  readonly attempt: number;
  readonly maxRetries: number;
  readonly stream: boolean;
  readonly providerAdvice?: ModelRetryAdvice | undefined;
  readonly normalized: ModelRetryNormalizedError;
  readonly replaySafety: 'safe' | 'unsafe' | 'unknown';
  readonly statefulRequest: boolean;
}

/** Decides whether a failed call is tried again. */
export type RetryPolicy = (
  context: RetryPolicyContext,
) => RetryDecision | Promise<RetryDecision>;

/** Waiting times between attempts. */
export interface ModelRetryBackoffSettings {
  /** Milliseconds before the second attempt; default 250. */
  readonly initialDelayMs?: number;
  /** Longest wait in milliseconds, jitter included; default 2000. */
  readonly maxDelayMs?: number;
  /** Growth per attempt; default 2. */
  readonly multiplier?: number;
  /** Spread waits by ±12.5 %; default true. */
  readonly jitter?: boolean;
}

/** Whether and how failed model calls are tried again. */
export interface ModelRetrySettings {
  /** Attempts after the first; default 0. */
  readonly maxRetries?: number;
  readonly backoff?: ModelRetryBackoffSettings;
  /** Without a policy nothing is tried again. */
  readonly policy?: RetryPolicy;
}

/** The settings of `base` with every field that `override` sets; `undefined` is the only non-value. */
export function mergeModelSettings(
  base: ModelSettings,
  override: ModelSettings | undefined,
): ModelSettings {
  if (override === undefined) return base;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(override)) {
    if (value === undefined) continue;
    const own = merged[key];
    merged[key] = NESTED.has(key) && isRecord(own) && isRecord(value) ? { ...own, ...value } : value;
  }
  return merged;
}

const NESTED: ReadonlySet<string> = new Set([
  'reasoning',
  'text',
  'providerData',
  'extraHeaders',
  'extraQuery',
  'retry',
]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
