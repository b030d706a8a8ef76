import { consoleLogger } from '@baton/core';
import type { Logger } from '@baton/core';
import { ATTRIBUTE } from '../semantic-conventions.js';
import { readEnv, textOf } from '../platform.js';
import { postWithRetries } from '../post-with-retries.js';
import type { RetryRules } from '../post-with-retries.js';
import { quietFetch } from '../quiet-fetch.js';
import type { TracingItem } from '../trace-record.js';
import type { TracingExporter } from '../tracing-exporter.js';
import { VERSION } from '../version.js';
import { jsonEncoding } from './json-encoding.js';
import { checkedHeaders, lowerCased, resolveTarget } from './otlp-exporter-options.js';
import type { OTLPTraceExporterOptions, OtlpTarget } from './otlp-exporter-options.js';
import { toRequests } from './otlp-request.js';
import type { OtlpEncoding, OtlpOrigin } from './otlp-request.js';
import { isBelowRoot, toOtlpSpan } from './otlp-span.js';
import type { OtlpSpan } from './otlp-span.js';
import { protobufEncoding } from './protobuf-encoding.js';

/**
 * Sends traces to whatever speaks OTLP over HTTP: an OpenTelemetry collector, Jaeger, Tempo, Langfuse and most vendors.
 * Spans follow OpenTelemetry's GenAI conventions. For an app that has OpenTelemetry set up already, take
 * `@baton/tracing/opentelemetry` instead, whose spans belong to the app's own.
 *
 * What cannot be sent is logged and dropped: exporting neither throws nor holds up a run.
 *
 * @example
 * ```ts
 * import { Runner } from '@baton/core';
 * import { BatchTraceProcessor, createTracing } from '@baton/tracing';
 * import { OTLPTraceExporter } from '@baton/tracing/otlp';
 *
 * const exporter = new OTLPTraceExporter({ url: 'http://localhost:4318/v1/traces', serviceName: 'support' });
 * const tracing = createTracing({ processors: [new BatchTraceProcessor(exporter)] });
 * export const runner = new Runner({ tracer: tracing });
 * ```
 */
export class OTLPTraceExporter implements TracingExporter {
  readonly tracesAt = 'end';
  readonly #options: OTLPTraceExporterOptions;
  readonly #logger: Logger;
  readonly #target: OtlpTarget;
  readonly #encoding: OtlpEncoding<Uint8Array>;
  readonly #origin: OtlpOrigin;
  /** Traces of runs with spans below a root that is still to come. */
  readonly #rooted = new Set<string>();

  /** @throws UserError when the URL is none, or a header cannot be one. */
  constructor(options: OTLPTraceExporterOptions = {}) {
    this.#options = options;
    this.#logger = options.logger ?? consoleLogger;
    this.#target = resolveTarget(options, readEnv, this.#logger);
    this.#encoding = this.#target.protocol === 'http/json' ? jsonEncoding : protobufEncoding;
    this.#origin = {
      resource: {
        [ATTRIBUTE.telemetrySdkName]: 'baton',
        [ATTRIBUTE.telemetrySdkLanguage]: 'nodejs',
        [ATTRIBUTE.telemetrySdkVersion]: VERSION,
        ...this.#target.resource,
      },
      scope: { name: '@baton/tracing', version: VERSION },
    };
  }

  /** Sends the items in requests of limited size, one after the other. Never rejects. */
  async export(items: readonly TracingItem[], signal?: AbortSignal): Promise<void> {
    try {
      const spans = this.#toSpans(items);
      if (spans.length === 0) return;
      const headers = await this.#headers();
      const { maxRequestBytes: maxBytes = DEFAULT_MAX_REQUEST_BYTES } = this.#options;
      const requests = toRequests(spans, this.#encoding, { origin: this.#origin, maxBytes });
      for (const { body, spanCount } of requests)
        await this.#send({ body, spanCount, headers }, signal);
    } catch (error) {
      this.#logger.error(`Tracing: spans could not be exported over OTLP: ${textOf(error)}`);
    }
  }

  /** A span that cannot be told costs itself alone. */
  #toSpans(items: readonly TracingItem[]): readonly OtlpSpan[] {
    const spans: OtlpSpan[] = [];
    for (const item of items) {
      try {
        if (this.#isTold(item)) spans.push(toOtlpSpan(item, this.#options));
      } catch (error) {
        this.#logger.error(`Tracing: a span could not be written as OTLP: ${textOf(error)}`);
      }
    }
    return spans;
  }

  /** A trace that a run opened for itself has a span where the run has none. */
  #isTold(item: TracingItem): boolean {
    if (item.type === 'trace') {
      const isRooted = this.#rooted.delete(item.traceId);
      // Where a trace goes on, its first part has sent the span that stands for it.
      return item.resumed !== true && (isRooted || item.origin === 'app');
    }
    if (item.traceOrigin === 'run' && isBelowRoot(item)) this.#rooted.add(item.traceId);
    // The end of a trace may have been dropped.
    if (this.#rooted.size > MAX_ROOTED) this.#rooted.clear();
    return true;
  }

  async #headers(): Promise<Readonly<Record<string, string>>> {
    const { headers } = this.#options;
    const fresh = typeof headers === 'function' ? checkedHeaders(lowerCased(await headers())) : {};
    return {
      'user-agent': `Baton-OTLP-Exporter-JavaScript/${VERSION}`,
      ...this.#target.headers,
      ...fresh,
      'content-type': this.#encoding.contentType,
      ...(this.#target.gzip && { 'content-encoding': 'gzip' }),
    };
  }

  async #send(
    request: {
      readonly body: Uint8Array<ArrayBuffer>;
      readonly spanCount: number;
      readonly headers: Readonly<Record<string, string>>;
    },
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { url, shownUrl, gzip, timeoutMs } = this.#target;
    const { maxAttempts = 3, baseDelayMs = 1000, maxDelayMs = 30_000 } = this.#options;
    const { fetch = quietFetch } = this.#options;
    const result = await postWithRetries(
      {
        url,
        headers: request.headers,
        body: gzip ? await compressed(request.body) : request.body,
        timeoutMs,
        maxAttempts,
        baseDelayMs,
        maxDelayMs,
        fetch,
        rules: RULES,
      },
      signal,
    );
    if (result.type !== 'sent') {
      const reason = result.type === 'given_up' ? result.reason : `the server answered with status ${result.status}`;
      this.#logger.error(
        `[non-fatal] Tracing: ${request.spanCount} spans for ${shownUrl} are lost: ${reason}.`,
      );
      return;
    }
    const partial = this.#encoding.decodeResponse(result.body);
    if (partial === undefined || (partial.rejectedSpans === 0 && partial.errorMessage === ''))
      return;
    this.#logger.warn(
      `Tracing: ${shownUrl} rejected ${partial.rejectedSpans} of ${request.spanCount} spans: ${partial.errorMessage}`,
    );
  }
}

/** The OTLP specification, "Failures". */
const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const RULES: RetryRules = { isPassing: (status) => PASSING.has(status), tooLongAWait: 'give up', readsAnswer: true };

const MAX_ROOTED = 10_000;
const DEFAULT_MAX_REQUEST_BYTES = 4 * 1024 * 1024;

async function compressed(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([body]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
