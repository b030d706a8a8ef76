/** The part of a fetch answer that Baton reads. */
export interface HttpResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: ByteStreamLike | null;
  text(): Promise<string>;
}

/** The part of a web stream of bytes that Baton reads. */
export interface ByteStreamLike {
  getReader(): ByteReaderLike;
}

/** The part of a web stream's reader that Baton uses. */
export interface ByteReaderLike {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/** What Baton asks a client to send. */
export interface ClientRequestOptions {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly maxRetries?: number;
}

/**
 * The part of the official `openai` client (6 or 7) that Baton uses, so that no version's types are tied
 * to Baton's. Pass `new OpenAI(…)`, an `AzureOpenAI`, or anything else that posts.
 */
export interface OpenAIClientLike {
  readonly baseURL: string;
  /** What a client for Azure is known by. */
  readonly apiVersion?: string;
  /** How often it sends again by itself what failed. */
  readonly maxRetries?: number;
  post(path: string, options: ClientRequestOptions): { asResponse(): Promise<HttpResponseLike> };
}
