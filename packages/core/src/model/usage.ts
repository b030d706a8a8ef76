/** Numbers of one model request. */
export interface RequestUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly inputTokensDetails: Readonly<Record<string, number>>;
  readonly outputTokensDetails: Readonly<Record<string, number>>;
  /** Which API was called, e.g. `responses.create`. */
  readonly endpoint?: string;
}

/** What `new Usage()` takes; everything that is left out counts as zero. */
export interface UsageInput {
  requests?: number | undefined;
  inputTokens?: number | undefined;
  outputTokens?: number | undefined;
  totalTokens?: number | undefined;
  inputTokensDetails?: TokenDetailsInput | undefined;
  outputTokensDetails?: TokenDetailsInput | undefined;
  requestUsageEntries?: readonly RequestUsage[] | undefined;
  endpoint?: string | undefined;
}

type TokenDetails = Readonly<Record<string, number | null | undefined>>;
type TokenDetailsInput = TokenDetails | readonly TokenDetails[];

/** Usage as plain data. */
export interface UsageData {
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly inputTokensDetails: readonly Readonly<Record<string, number>>[];
  readonly outputTokensDetails: readonly Readonly<Record<string, number>>[];
  readonly requestUsageEntries: readonly RequestUsage[];
}

/**
 * Tokens and requests, of one model response or added up over a run.
 *
 * @example
 * ```ts
 * import { Usage } from '@baton/core';
 *
 * const total = new Usage();
 * total.add(new Usage({ requests: 1, inputTokens: 12, outputTokens: 3, totalTokens: 15 }));
 * ```
 */
export class Usage implements UsageData {
  requests: number;
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  /** One entry per request that reported details, in order; e.g. `{ cached_tokens: 1024 }`. */
  readonly inputTokensDetails: Readonly<Record<string, number>>[];
  /** One entry per request that reported details, in order; e.g. `{ reasoning_tokens: 64 }`. */
  readonly outputTokensDetails: Readonly<Record<string, number>>[];
  /** The numbers of each request, in order. */
  readonly requestUsageEntries: RequestUsage[];

  constructor(input: UsageInput = {}) {
    this.requests = toCount(input.requests);
    this.inputTokens = toCount(input.inputTokens);
    this.outputTokens = toCount(input.outputTokens);
    this.totalTokens = toCount(input.totalTokens ?? this.inputTokens + this.outputTokens);
    this.inputTokensDetails = toDetailsList(input.inputTokensDetails);
    this.outputTokensDetails = toDetailsList(input.outputTokensDetails);
    this.requestUsageEntries = input.requestUsageEntries?.map(toRequestUsage) ?? this.#ownEntries(input.endpoint);
  }

  /** Adds another usage to this one; the other is not changed. */
  add(other: UsageData): void {
    this.requests += toCount(other.requests);
    this.inputTokens += toCount(other.inputTokens);
    this.outputTokens += toCount(other.outputTokens);
    this.totalTokens += toCount(other.totalTokens);
    for (const details of other.inputTokensDetails) this.inputTokensDetails.push(details);
    for (const details of other.outputTokensDetails) this.outputTokensDetails.push(details);
    for (const entry of other.requestUsageEntries) this.requestUsageEntries.push(entry);
  }

  /** Input tokens the provider had cached, over all requests. */
  get cachedInputTokens(): number {
    return sumDetail(this.inputTokensDetails, 'cached_tokens');
  }

  /** Output tokens spent on reasoning, over all requests. */
  get reasoningTokens(): number {
    return sumDetail(this.outputTokensDetails, 'reasoning_tokens');
  }

  /** A usage of one request is that request's. */
  #ownEntries(endpoint: string | undefined): RequestUsage[] {
    if (this.requests !== 1) return [];
    const entry = {
      inputTokens: this.inputTokens,
      outputTokens: this.outputTokens,
      totalTokens: this.totalTokens,
      inputTokensDetails: this.inputTokensDetails[0] ?? NO_DETAILS,
      outputTokensDetails: this.outputTokensDetails[0] ?? NO_DETAILS,
    };
    return [endpoint === undefined ? entry : { ...entry, endpoint }];
  }

  /** Plain data that `new Usage()` takes back. */
  toJSON(): UsageData {
    return {
      requests: this.requests,
      inputTokens: this.inputTokens,
      outputTokens: this.outputTokens,
      totalTokens: this.totalTokens,
      inputTokensDetails: [...this.inputTokensDetails],
      outputTokensDetails: [...this.outputTokensDetails],
      requestUsageEntries: [...this.requestUsageEntries],
    };
  }
}

const NO_DETAILS: Readonly<Record<string, number>> = Object.freeze({});

/** A number of tokens or requests; what a provider miscounts - below zero, in parts, as text - must not spoil a sum. */
function toCount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.round(value) : 0;
}

function toRequestUsage(entry: RequestUsage): RequestUsage {
  return {
    ...entry,
    inputTokens: toCount(entry.inputTokens),
    outputTokens: toCount(entry.outputTokens),
    totalTokens: toCount(entry.totalTokens),
    inputTokensDetails: toDetails(entry.inputTokensDetails),
    outputTokensDetails: toDetails(entry.outputTokensDetails),
  };
}

function toDetailsList(input: TokenDetailsInput | null | undefined): Record<string, number>[] {
  if (input === undefined || input === null) return [];
  const list: readonly TokenDetails[] = isList(input) ? input : [input];
  return list.map(toDetails);
}

function toDetails(details: TokenDetails | null | undefined): Record<string, number> {
  // Providers send null for what they did not count [RUN-37].
  return Object.fromEntries(Object.entries(details ?? {}).map(([key, value]) => [key, toCount(value)]));
}

function isList(input: TokenDetailsInput): input is readonly TokenDetails[] {
  return Array.isArray(input);
}

function sumDetail(list: readonly Readonly<Record<string, number>>[], key: string): number {
  let sum = 0;
  for (const details of list) sum += details[key] ?? 0;
  return sum;
}
