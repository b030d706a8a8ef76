import type { Logger } from '@baton/core';
import type { QuietFetch } from '../quiet-fetch.js';

/** A key, or a function that is asked for it before each request. */
export type OpenAITracingKey = string | (() => string | undefined | Promise<string | undefined>);

/** Options of an {@link OpenAITracingExporter}; the numbers are those of OpenAI's SDK for Python [TR-30]. */
export interface OpenAITracingExporterOptions {
  /** Default: the environment variable `OPENAI_API_KEY`. A trace with a key of its own is sent with that. */
  readonly apiKey?: OpenAITracingKey | undefined;
  /** Default: the environment variable `OPENAI_ORG_ID`. */
  readonly organization?: string | undefined;
  /** Default: the environment variable `OPENAI_PROJECT_ID`. */
  readonly project?: string | undefined;
  /** Default: `https://api.openai.com/v1/traces/ingest`. */
  readonly endpoint?: string | undefined;
  /** How often a batch is sent at most, the first time included. Default 3. */
  readonly maxRetries?: number | undefined;
  /** Milliseconds before the second attempt, doubling with each, and up to a tenth more. Default 1000. */
  readonly baseDelay?: number | undefined;
  /** Longest wait between attempts, in milliseconds. Default 30,000. */
  readonly maxDelay?: number | undefined;
  /** Longest time of one request, in milliseconds. Default 60,000. */
  readonly timeout?: number | undefined;
  /** Told of what could not be sent. Default: warnings and errors to the console. */
  readonly logger?: Logger | undefined;
  /** Sends the requests. Default: the platform's, without keeping the process alive. */
  readonly fetch?: QuietFetch | undefined;
}
