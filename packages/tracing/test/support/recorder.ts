import type { Logger } from '@baton/core';
import type { SpanRecord, TraceRecord, TracingExporter, TracingItem, TracingProcessor } from '../../src/index.js';

/** Remembers what it was told, in order, as short texts, and the spans. */
export class Recorder implements TracingProcessor {
  readonly told: string[] = [];
  readonly traces: TraceRecord[] = [];
  readonly spans: SpanRecord[] = [];

  start(): void {
    this.told.push('start');
  }

  onTraceStart(trace: TraceRecord): void {
    this.told.push(`+trace ${trace.name}`);
    this.traces.push(trace);
  }

  onTraceEnd(trace: TraceRecord): void {
    this.told.push(`-trace ${trace.name}`);
  }

  onSpanStart(span: SpanRecord): void {
    this.told.push(`+${nameOf(span)}`);
  }

  onSpanEnd(span: SpanRecord): void {
    this.told.push(`-${nameOf(span)}`);
    this.spans.push(span);
  }

  shutdown(): Promise<void> {
    this.told.push('shutdown');
    return Promise.resolve();
  }

  forceFlush(): Promise<void> {
    this.told.push('flush');
    return Promise.resolve();
  }

  /** The ended spans of one kind. */
  of<TType extends SpanRecord['spanData']['type']>(
    type: TType,
  ): SpanRecord<Extract<SpanRecord['spanData'], { type: TType }>>[] {
    // Filtered by the very type.
    return this.spans.filter((span) => span.spanData.type === type) as never;
  }

  span(name: string): SpanRecord {
    const found = this.spans.find((span) => nameOf(span) === name);
    if (found === undefined) throw new Error(`no span "${name}" in ${this.spans.map(nameOf).join(', ')}`);
    return found;
  }
}

export function nameOf({ spanData: data }: SpanRecord): string {
  return 'name' in data ? `${data.type} ${data.name}` : data.type;
}

/** An exporter that keeps its batches. */
export class KeepingExporter implements TracingExporter {
  readonly batches: (readonly TracingItem[])[] = [];
  closed = 0;

  export(items: readonly TracingItem[]): Promise<void> {
    this.batches.push(items);
    return Promise.resolve();
  }

  close(): void {
    this.closed++;
  }

  get items(): TracingItem[] {
    return this.batches.flat();
  }
}

/** A logger that keeps its lines. */
export class KeepingLogger implements Logger {
  readonly lines: string[] = [];

  debug(message: string): void {
    this.lines.push(`debug: ${message}`);
  }

  warn(message: string): void {
    this.lines.push(`warn: ${message}`);
  }

  error(message: string): void {
    this.lines.push(`error: ${message}`);
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
