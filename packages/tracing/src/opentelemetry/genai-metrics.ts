import type { Context, Histogram, MeterProvider } from '@opentelemetry/api';
import type { Attributes, AttributeValue } from '../genai/attributes.js';
import {
  ATTRIBUTE,
  METRIC,
  OPERATION,
  SEMANTIC_CONVENTIONS_SCHEMA_URL,
} from '../semantic-conventions.js';
import type { MetricConvention } from '../semantic-conventions.js';
import { VERSION } from '../version.js';

/** The two histograms of a GenAI client, fed with what spans tell. */
export class GenAIMetrics {
  readonly #tokenUsage: Histogram;
  readonly #operationDuration: Histogram;

  constructor(provider: MeterProvider) {
    const meter = provider.getMeter('@baton/tracing', VERSION, {
      schemaUrl: SEMANTIC_CONVENTIONS_SCHEMA_URL,
    });
    const histogram = ({ name, unit, description, boundaries }: MetricConvention): Histogram =>
      meter.createHistogram(name, {
        unit,
        description,
        advice: { explicitBucketBoundaries: [...boundaries] },
      });
    this.#tokenUsage = histogram(METRIC.tokenUsage);
    this.#operationDuration = histogram(METRIC.operationDuration);
  }

  /**
   * Counts an operation: how long it took, and a model call's tokens.
   *
   * @param attributes Those of its span; the metric takes what one groups by.
   */
  record(attributes: Attributes, seconds: number, context: Context): void {
    const operation = attributes[ATTRIBUTE.operationName];
    if (typeof operation !== 'string' || !MEASURED.has(operation)) return;
    const grouped = pick(attributes, GROUPED_BY);
    this.#operationDuration.record(seconds, grouped, context);
    const usage = pick(grouped, TOKENS_GROUPED_BY);
    this.#tokens(
      { ...usage, [ATTRIBUTE.tokenType]: 'input' },
      attributes[ATTRIBUTE.usageInputTokens],
      context,
    );
    this.#tokens(
      { ...usage, [ATTRIBUTE.tokenType]: 'output' },
      attributes[ATTRIBUTE.usageOutputTokens],
      context,
    );
  }

  #tokens(
    attributes: Record<string, string | number>,
    count: AttributeValue | undefined,
    context: Context,
  ): void {
    if (typeof count === 'number') this.#tokenUsage.record(count, attributes, context);
  }
}

const MEASURED: ReadonlySet<string> = new Set([
  OPERATION.chat,
  OPERATION.executeTool,
  OPERATION.invokeAgent,
  OPERATION.speech,
  OPERATION.transcription,
]);

const TOKENS_GROUPED_BY = [
  ATTRIBUTE.operationName,
  ATTRIBUTE.providerName,
  ATTRIBUTE.requestModel,
  ATTRIBUTE.responseModel,
  ATTRIBUTE.serverAddress,
  ATTRIBUTE.serverPort,
] as const;

const GROUPED_BY = [
  ...TOKENS_GROUPED_BY,
  ATTRIBUTE.agentName,
  ATTRIBUTE.toolName,
  ATTRIBUTE.errorType,
] as const;

function pick(attributes: Attributes, names: readonly string[]): Record<string, string | number> {
  const picked: Record<string, string | number> = {};
  for (const name of names) {
    const value = attributes[name];
    if (typeof value === 'string' || typeof value === 'number') picked[name] = value;
  }
  return picked;
}
