import { consoleLogger } from '@baton/core';
import type { Logger } from '@baton/core';
import { readEnv, textOf } from '../platform.js';
import { postWithRetries } from '../post-with-retries.js';
import type { RetryRules } from '../post-with-retries.js';
import { quietFetch } from '../quiet-fetch.js';
import type { TracingItem } from '../trace-record.js';
import type { TracingExporter } from '../tracing-exporter.js';
import { VERSION } from '../version.js';
import type { OpenAITracingExporterOptions } from './openai-exporter-options.js';
import { toIngestItem } from './to-ingest-item.js';

/** Where OpenAI takes traces. */
export const OPENAI_TRACES_ENDPOINT = 'https://api.openai.com/v1/traces/ingest';

/**
 * Sends traces to OpenAI, whose dashboard shows them under "Traces". Needs an API key; what cannot be sent is logged and
 * lost, and the run does not notice.
 *
 * @example
 * ```ts
 * import { Runner } from '@baton/core';
 * import { BatchTraceProcessor, createTracing } from '@baton/tracing';
 * import { OpenAITracingExporter } from '@baton/tracing/openai';
 *
 * export function runnerFor(tenantKey: string): Runner {
 *   const exporter = new OpenAITracingExporter({ apiKey: tenantKey });
 *   return new Runner({ tracer: createTracing({ processors: [new BatchTraceProcessor(exporter)] }) });
 * }
 * ```
 */
export class OpenAITracingExporter implements TracingExporter {
  readonly #options: OpenAITracingExporterOptions;
  readonly #logger: Logger;
  #saidNoKey = false;

  constructor(options: OpenAITracingExporterOptions = {}) {
    this.#options = options;
    this.#logger = options.logger ?? consoleLogger;
  }

  /** Never rejects. */
  async export(items: readonly TracingItem[], signal?: AbortSignal): Promise<void> {
    // An empty key says: not to OpenAI.
    const wanted = items.filter((item) => item.tracingApiKey !== '');
    for (const [ownKey, group] of byKey(wanted)) await this.#send(group, ownKey, signal);
  }

  async #send(items: readonly TracingItem[], ownKey: string | undefined, signal: AbortSignal | undefined): Promise<void> {
    try {
      const key = ownKey ?? (await this.#key());
      if (key === undefined || key === '') {
        this.#noteNoKey();
        return;
      }
      const data = items.map(toIngestItem).filter((item) => item !== null);
      if (data.length === 0) return;
      await this.#post(JSON.stringify({ data }), { key, count: data.length, signal });
    } catch (error) {
      this.#logger.error(`Traces could not be sent to OpenAI; the run is not affected: ${textOf(error)}`);
    }
  }

  async #post(body: string, { key, count, signal }: Sending): Promise<void> {
    const { endpoint = OPENAI_TRACES_ENDPOINT, maxRetries = 3, baseDelay = 1_000, maxDelay = 30_000 } = this.#options;
    const outcome = await postWithRetries(
      {
        url: endpoint,
        headers: this.#headers(key),
        body,
        maxAttempts: maxRetries,
        baseDelayMs: baseDelay,
        maxDelayMs: maxDelay,
        timeoutMs: this.#options.timeout ?? 60_000,
        fetch: this.#options.fetch ?? quietFetch,
        rules: RULES,
      },
      signal,
    );
    switch (outcome.type) {
      case 'sent':
        this.#logger.debug(`${count} traces and spans were sent to OpenAI.`);
        break;
      case 'refused': {
        const request = outcome.requestId === undefined ? '' : `, request ${outcome.requestId}`;
        this.#logger.error(
          `OpenAI refused ${count} traces and spans (status ${outcome.status}${request}); the run is not affected. ` +
            'With 401 or 403, check the key that traces are sent with.',
        );
        break;
      }
      case 'given_up':
        this.#logger.error(
          `${count} traces and spans could not be sent to OpenAI and are lost; the run is not affected: ${outcome.reason}.`,
        );
        break;
      default:
        outcome satisfies never;
    }
  }

  async #key(): Promise<string | undefined> {
    const { apiKey } = this.#options;
    return typeof apiKey === 'function' ? apiKey() : (apiKey ?? readEnv('OPENAI_API_KEY'));
  }

  #headers(key: string): Readonly<Record<string, string>> {
    const organization = this.#options.organization ?? readEnv('OPENAI_ORG_ID');
    const project = this.#options.project ?? readEnv('OPENAI_PROJECT_ID');
    return {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'openai-beta': 'traces=v1',
      ...(isSet(organization) && { 'openai-organization': organization }),
      ...(isSet(project) && { 'openai-project': project }),
      'user-agent': `baton-tracing/${VERSION}`,
    };
  }

  #noteNoKey(): void {
    if (this.#saidNoKey) return;
    this.#saidNoKey = true;
    this.#logger.warn(
      'Traces are not sent to OpenAI, as there is no key: set OPENAI_API_KEY, or pass `apiKey` to the OpenAITracingExporter.',
    );
  }
}

/** As OpenAI's SDK for Python does [TR-31]: errors of the server pass, refusals do not. */
const RULES: RetryRules = { isPassing: (status) => status >= 500, tooLongAWait: 'cut', readsAnswer: false };

interface Sending {
  readonly key: string;
  readonly count: number;
  readonly signal: AbortSignal | undefined;
}

function byKey(items: readonly TracingItem[]): Map<string | undefined, TracingItem[]> {
  const groups = new Map<string | undefined, TracingItem[]>();
  for (const item of items) {
    const group = groups.get(item.tracingApiKey);
    if (group === undefined) groups.set(item.tracingApiKey, [item]);
    else group.push(item);
  }
  return groups;
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}
