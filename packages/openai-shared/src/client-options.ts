/** How the client of an OpenAI model is made; what is left out comes from the environment. */
export interface OpenAIClientOptions {
  /**
   * The API key, or a function that returns one for each request. Default: `OPENAI_API_KEY`. Servers
   * other than OpenAI's may go without.
   */
  readonly apiKey?: string | (() => Promise<string>) | undefined;
  /** Where the API is, with its version. Default: `OPENAI_BASE_URL`, else `https://api.openai.com/v1`. */
  readonly baseURL?: string | undefined;
  /** The organization that pays. Default: `OPENAI_ORG_ID`. */
  readonly organization?: string | undefined;
  /** The project that pays. Default: `OPENAI_PROJECT_ID`. */
  readonly project?: string | undefined;
  /** Headers of every request. */
  readonly defaultHeaders?: Readonly<Record<string, string>> | undefined;
  /** Sends the requests in place of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** What may come beside a client by mistake. */
export interface OptionsBesideClient extends OpenAIClientOptions {
  readonly websocketBaseURL?: string | undefined;
  /** A second client. */
  readonly client?: unknown;
}

/** The names of the options that are set; `''` and `false` count as set. */
export function setOptions(options: OptionsBesideClient): readonly string[] {
  return CLIENT_OPTIONS.filter((name) => options[name] !== undefined);
}

const CLIENT_OPTIONS = [
  'apiKey',
  'baseURL',
  'organization',
  'project',
  'defaultHeaders',
  'fetch',
  'websocketBaseURL',
  'client',
] as const satisfies readonly (keyof OptionsBesideClient)[];
