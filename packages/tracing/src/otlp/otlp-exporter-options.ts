import { UserError } from '@baton/core';
import type { Logger } from '@baton/core';
import type { Attributes, AttributeValue } from '../genai/attributes.js';
import type { QuietFetch } from '../quiet-fetch.js';

/** How an exporter talks to its collector. */
export type OTLPProtocol = 'http/protobuf' | 'http/json';

/** Headers of a request, or a function that gives them for each one, e.g. with a fresh token. */
export type OTLPHeaders =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/** Options of an OTLP exporter; what is left out comes from the environment, as for every OpenTelemetry exporter. */
export interface OTLPTraceExporterOptions {
  /**
   * The whole URL that traces go to. Default: `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` as it is, else
   * `OTEL_EXPORTER_OTLP_ENDPOINT` with `/v1/traces` behind, else `http://localhost:4318/v1/traces`.
   */
  readonly url?: string | undefined;
  /** Default: `OTEL_EXPORTER_OTLP_TRACES_PROTOCOL`, `OTEL_EXPORTER_OTLP_PROTOCOL`, else `http/protobuf`. */
  readonly protocol?: OTLPProtocol | undefined;
  /** Added to, and winning over, those of `OTEL_EXPORTER_OTLP_HEADERS` and `OTEL_EXPORTER_OTLP_TRACES_HEADERS`. */
  readonly headers?: OTLPHeaders | undefined;
  /** The name of the app. Default: `OTEL_SERVICE_NAME`, else `service.name` of the resource, else `unknown_service`. */
  readonly serviceName?: string | undefined;
  /** More about the app, e.g. `deployment.environment.name`; wins over `OTEL_RESOURCE_ATTRIBUTES`. */
  readonly resourceAttributes?: Readonly<Record<string, AttributeValue>> | undefined;
  /** Default: `OTEL_EXPORTER_OTLP_TRACES_COMPRESSION`, `OTEL_EXPORTER_OTLP_COMPRESSION`, else `none`. */
  readonly compression?: 'gzip' | 'none' | undefined;
  /**
   * Longest time of one request in milliseconds. Default: `OTEL_EXPORTER_OTLP_TRACES_TIMEOUT`,
   * `OTEL_EXPORTER_OTLP_TIMEOUT`, else 10,000.
   */
  readonly timeoutMs?: number | undefined;
  /** How often a request is sent at most, the first time included; default 3. */
  readonly maxAttempts?: number | undefined;
  /** Milliseconds before the second attempt, doubling with each; default 1,000. */
  readonly baseDelayMs?: number | undefined;
  /** Longest wait between attempts; a collector that asks for more loses the batch. Default 30,000. */
  readonly maxDelayMs?: number | undefined;
  /** Largest body of a request in bytes, before compression; default 4 MiB. */
  readonly maxRequestBytes?: number | undefined;
  /** `gen_ai.provider.name` of model calls whose span does not tell; default `openai`. */
  readonly providerName?: string | undefined;
  /** Told of what could not be sent. Default: warnings and errors to the console. */
  readonly logger?: Logger | undefined;
  /** Sends the requests. Default: the platform's way that does not keep the process alive, else its `fetch`. */
  readonly fetch?: QuietFetch | undefined;
}

/** Where requests go and what is in them, from the options and the environment. */
export interface OtlpTarget {
  /** Without credentials; those are in the headers. */
  readonly url: string;
  /** The URL as logs may show it: without its query, which may be a key. */
  readonly shownUrl: string;
  readonly protocol: OTLPProtocol;
  readonly headers: Readonly<Record<string, string>>;
  readonly resource: Attributes;
  readonly gzip: boolean;
  readonly timeoutMs: number;
}

/** Reads one environment variable. */
export type ReadEnv = (name: string) => string | undefined;

/**
 * The target that options and environment name.
 *
 * @throws UserError when an option is no URL or no header; a mistake in the environment is logged and the default taken.
 */
export function resolveTarget(
  options: OTLPTraceExporterOptions,
  env: ReadEnv,
  logger: Logger,
): OtlpTarget {
  const read = (name: string): string | undefined => {
    const value = env(name)?.trim();
    return value === '' ? undefined : value;
  };
  const signal = (name: string): string | undefined =>
    read(`OTEL_EXPORTER_OTLP_TRACES_${name}`) ?? read(`OTEL_EXPORTER_OTLP_${name}`);
  const url = options.url === undefined ? envUrl(read, logger) : parseUrl(options.url);
  if (url === undefined) throw noUrl();
  const credentials = takeCredentials(url);
  const timeoutMs = options.timeoutMs ?? Number(signal('TIMEOUT') ?? DEFAULT_TIMEOUT_MS);
  return {
    url: url.href,
    shownUrl: `${url.origin}${url.pathname}`,
    protocol: options.protocol ?? envProtocol(signal('PROTOCOL'), logger),
    headers: checkedHeaders({
      ...credentials,
      ...lowerCased(parsePairs(read('OTEL_EXPORTER_OTLP_HEADERS'))),
      ...lowerCased(parsePairs(read('OTEL_EXPORTER_OTLP_TRACES_HEADERS'))),
      ...(typeof options.headers === 'object' && lowerCased(options.headers)),
    }),
    resource: resourceOf(options, read),
    gzip: (options.compression ?? signal('COMPRESSION')) === 'gzip',
    timeoutMs: timeoutMs > 0 ? timeoutMs : DEFAULT_TIMEOUT_MS,
  };
}

/** Header names in lower case, so that the same header given twice is one. */
export function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/**
 * The headers, where they are such.
 *
 * @throws UserError naming the header, and never its value.
 */
export function checkedHeaders(
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(headers)) {
    try {
      new Headers().append(name, value);
    } catch {
      throw new UserError(
        `"${name}" cannot be a header of an OTLP request: its name or its value has characters that HTTP does not allow.`,
      );
    }
  }
  return headers;
}

/** `key=value,key=value` with percent encoding, as the environment has headers and resources; mistakes are left out. */
export function parsePairs(text: string | undefined): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const pair of text?.split(',') ?? []) {
    const at = pair.indexOf('=');
    if (at < 1) continue;
    pairs[decoded(pair.slice(0, at).trim())] = decoded(pair.slice(at + 1).trim());
  }
  return pairs;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_URL = 'http://localhost:4318/v1/traces';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function envUrl(read: ReadEnv, logger: Logger): URL | undefined {
  const traces = read('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  const base = read('OTEL_EXPORTER_OTLP_ENDPOINT');
  const named =
    traces ?? (base === undefined ? DEFAULT_URL : `${base.replace(/\/+$/, '')}/v1/traces`);
  const url = parseUrl(named);
  if (url === undefined) {
    const variable = traces === undefined ? 'ENDPOINT' : 'TRACES_ENDPOINT';
    logger.error(
      `OTEL_EXPORTER_OTLP_${variable} is no http or https URL; traces go to ${DEFAULT_URL} instead.`,
    );
  }
  return url ?? parseUrl(DEFAULT_URL);
}

function parseUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}

function noUrl(): UserError {
  return new UserError(
    'The `url` of the OTLP exporter is no http or https URL. Give the whole one, e.g. "http://localhost:4318/v1/traces".',
  );
}

/** `fetch` refuses a URL with a password in it, and prints it; as a header it does what was meant. */
function takeCredentials(url: URL): Record<string, string> {
  const { username, password } = url;
  url.username = '';
  url.password = '';
  if (username === '' && password === '') return {};
  return { authorization: `Basic ${btoa(`${decoded(username)}:${decoded(password)}`)}` };
}

function envProtocol(name: string | undefined, logger: Logger): OTLPProtocol {
  if (name === 'http/json' || name === 'http/protobuf') return name;
  if (name !== undefined) {
    logger.error(
      `OTEL_EXPORTER_OTLP_PROTOCOL is "${name}", which Baton does not speak; http/protobuf is used instead.`,
    );
  }
  return 'http/protobuf';
}

function resourceOf(options: OTLPTraceExporterOptions, read: ReadEnv): Attributes {
  const attributes: Record<string, AttributeValue> = {
    'service.name': 'unknown_service',
    ...parsePairs(read('OTEL_RESOURCE_ATTRIBUTES')),
  };
  const named = read('OTEL_SERVICE_NAME');
  if (named !== undefined) attributes['service.name'] = named;
  Object.assign(attributes, options.resourceAttributes);
  if (options.serviceName !== undefined) attributes['service.name'] = options.serviceName;
  return attributes;
}
