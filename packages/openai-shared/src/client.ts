import { UserError } from '@baton/core/model';
import type { OpenAIClientLike } from './client-like.js';
import { type OpenAIClientOptions, type OptionsBesideClient, setOptions } from './client-options.js';
import { readEnv } from './env.js';

/** Gives the client, made on the first call. */
export interface ClientSource {
  (): Promise<OpenAIClientLike>;
  /** Where the client sends its requests, as far as that is known before it is made. */
  readonly baseURL?: () => string | undefined;
}

/** What a model or provider is given to talk with: a finished client, or what one is made of. */
export type ClientInput = OpenAIClientLike | OpenAIClientOptions | ClientSource;

/**
 * The client, whichever way it was given. Nothing is loaded, and no key is asked for, before the first
 * call; a failed attempt is not remembered, so a key may be set later.
 */
export function clientSource(input: ClientInput): ClientSource {
  if (typeof input === 'function') return input;
  if (isClient(input)) return Object.assign(() => Promise.resolve(input), { baseURL: () => input.baseURL });
  let client: Promise<OpenAIClientLike> | undefined;
  // Until there is a client, the environment may still change.
  let made: string | undefined;
  const source = (): Promise<OpenAIClientLike> => {
    client ??= createClient(input).then(
      (created) => {
        made = created.baseURL;
        return created;
      },
      (error: unknown) => {
        client = undefined;
        throw error;
      },
    );
    return client;
  };
  return Object.assign(source, { baseURL: () => made ?? baseURLOf(input) });
}

/**
 * Refuses a client together with options that only a new client could follow.
 *
 * @throws UserError which names the options.
 */
export function requireClientAlone(
  owner: string,
  clientOption: string,
  options: OptionsBesideClient,
): void {
  const conflicts = setOptions(options);
  if (conflicts.length === 0) return;
  throw new UserError(
    `${owner} got \`${clientOption}\` together with ${conflicts.map((name) => `\`${name}\``).join(', ')}. ` +
      `A client has its own settings: pass either the client or the options.`,
  );
}

async function createClient(options: OpenAIClientOptions): Promise<OpenAIClientLike> {
  const baseURL = baseURLOf(options);
  const server = parseBaseURL(baseURL);
  const apiKey = options.apiKey ?? readEnv('OPENAI_API_KEY');
  const authHeader = Object.keys(options.defaultHeaders ?? {}).some((name) =>
    AUTH_HEADER.test(name),
  );
  if ((apiKey === undefined || apiKey === '') && isOpenAI(server) && !authHeader) {
    throw new UserError(
      'No API key for OpenAI: set the environment variable OPENAI_API_KEY, or pass `apiKey`. ' +
        'For another server with the same API set OPENAI_BASE_URL or `baseURL`.',
    );
  }
  // Who pays at OpenAI, which the client reads from the environment, is nobody else's business.
  const payer = isOpenAI(server) ? undefined : null;
  const { OpenAI } = await import('openai');
  return new OpenAI({
    baseURL,
    apiKey: apiKey === undefined || apiKey === '' ? PLACEHOLDER_KEY : apiKey,
    organization: options.organization ?? payer,
    project: options.project ?? payer,
    ...(options.fetch !== undefined && { fetch: options.fetch }),
    // A key that travels in `api-key` (Azure) must not be joined by a bearer token.
    defaultHeaders: { ...(authHeader && { Authorization: null }), ...options.defaultHeaders },
  });
}

function baseURLOf(options: OpenAIClientOptions): string {
  return options.baseURL ?? readEnv('OPENAI_BASE_URL') ?? OPENAI_BASE_URL;
}

const OPENAI_BASE_URL = 'https://api.openai.com/v1';

/** The client insists on a key; servers that need none ignore it. */
const PLACEHOLDER_KEY = 'no-key';

const AUTH_HEADER = /^(authorization|api-key)$/i;

function parseBaseURL(baseURL: string): URL {
  let url: URL;
  try {
    url = new URL(baseURL);
  } catch {
    throw new UserError(
      `The base URL ${JSON.stringify(baseURL)} is not a URL; expected e.g. ${OPENAI_BASE_URL}.`,
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UserError(
      `The base URL begins with ${url.protocol}; expected http: or https:, e.g. ${OPENAI_BASE_URL}.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new UserError(
      `The base URL of ${url.host} contains credentials, which fetch does not send. ` +
        'Take them out and pass `apiKey`, or an Authorization header in `defaultHeaders`.',
    );
  }
  return url;
}

function isOpenAI(url: URL): boolean {
  return url.hostname === 'openai.com' || url.hostname.endsWith('.openai.com');
}

function isClient(input: OpenAIClientLike | OpenAIClientOptions): input is OpenAIClientLike {
  return 'post' in input && typeof input.post === 'function';
}
