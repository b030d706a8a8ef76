import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { context, metrics, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import type { DataPoint, Histogram } from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan, Sampler } from '@opentelemetry/sdk-trace-base';

/** OpenTelemetry as an app sets it up, with what it records at hand. */
export interface OpenTelemetry {
  readonly tracerProvider: BasicTracerProvider;
  /** Spans that have ended, in that order. */
  spans(): ReadableSpan[];
  span(name: string): ReadableSpan;
  /** The names of the spans around a span, from the outermost to itself. */
  path(name: string): string[];
  /** The data points of a metric so far. */
  histogram(name: string): Promise<DataPoint<Histogram>[]>;
  stop(): Promise<void>;
}

export interface OpenTelemetryOptions {
  readonly sampler?: Sampler;
  /** Whether contexts survive an `await`; an app may have forgotten to register a context manager. */
  readonly carriesContext?: boolean;
}

export function startOpenTelemetry({
  sampler,
  carriesContext = true,
}: OpenTelemetryOptions = {}): OpenTelemetry {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(exporter)],
    ...(sampler !== undefined && { sampler }),
  });
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({
    exporter: metricExporter,
    exportIntervalMillis: 3_600_000,
  });
  const meterProvider = new MeterProvider({ readers: [reader] });
  if (carriesContext)
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(tracerProvider);
  metrics.setGlobalMeterProvider(meterProvider);

  const spans = (): ReadableSpan[] => exporter.getFinishedSpans();
  const span = (name: string): ReadableSpan => {
    const found = spans().find((each) => each.name === name);
    if (found === undefined)
      throw new Error(
        `No span "${name}" among: ${spans()
          .map((each) => each.name)
          .join(', ')}`,
      );
    return found;
  };
  return {
    tracerProvider,
    spans,
    span,
    path: (name) => {
      const path: string[] = [];
      let at: ReadableSpan | undefined = span(name);
      while (at !== undefined) {
        path.unshift(at.name);
        const parentId: string | undefined = at.parentSpanContext?.spanId;
        at = spans().find((each) => each.spanContext().spanId === parentId);
      }
      return path;
    },
    histogram: async (name) => {
      await meterProvider.forceFlush();
      const all =
        metricExporter
          .getMetrics()
          .at(-1)
          ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
      const found = all.find((metric) => metric.descriptor.name === name);
      // Histograms have such data points.
      return (found?.dataPoints ?? []) as DataPoint<Histogram>[];
    },
    stop: async () => {
      trace.disable();
      metrics.disable();
      context.disable();
      await tracerProvider.shutdown();
      await meterProvider.shutdown();
    },
  };
}
