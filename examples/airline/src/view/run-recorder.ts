import { AsyncLocalStorage } from 'node:async_hooks';
import type { SpanData, SpanError, TraceOptions, Tracer, TracerSpan } from '@baton/agents';

/** A span with its times, in milliseconds of `performance.now()`. */
export interface RecordedSpan {
  readonly data: SpanData;
  readonly parent: RecordedSpan | undefined;
  readonly start: number;
  readonly endedAt: number | undefined;
  readonly error: SpanError | undefined;
}

/**
 * The tracer of the demo: keeps the spans of the latest run, and tells when one ends. `@baton/tracing` is the real
 * one; this shows how little the port asks for.
 */
export class RunRecorder implements Tracer {
  readonly #current = new AsyncLocalStorage<RecorderSpan>();
  readonly #onEnd: (span: RecordedSpan) => void;
  #spans: RecorderSpan[] = [];

  constructor(onEnd: (span: RecordedSpan) => void) {
    this.#onEnd = onEnd;
  }

  /** The spans of the latest run, in the order they began; those of nested runs stand among them. */
  get spans(): readonly RecordedSpan[] {
    return this.#spans;
  }

  startTrace({ workflowName }: TraceOptions): TracerSpan {
    const outer = this.#current.getStore();
    if (outer === undefined) this.#spans = [];
    return this.#open({ type: 'custom', name: workflowName }, outer);
  }

  startSpan(data: SpanData, parent: TracerSpan): TracerSpan {
    return this.#open(data, parent instanceof RecorderSpan ? parent : undefined);
  }

  #open(data: SpanData, parent: RecorderSpan | undefined): RecorderSpan {
    const span = new RecorderSpan(data, parent, { current: this.#current, onEnd: this.#onEnd });
    this.#spans.push(span);
    return span;
  }
}

interface Surroundings {
  readonly current: AsyncLocalStorage<RecorderSpan>;
  readonly onEnd: (span: RecordedSpan) => void;
}

class RecorderSpan implements TracerSpan, RecordedSpan {
  readonly data: SpanData;
  readonly parent: RecorderSpan | undefined;
  readonly start: number = performance.now();
  readonly #surroundings: Surroundings;
  #end: number | undefined;
  #error: SpanError | undefined;

  constructor(data: SpanData, parent: RecorderSpan | undefined, surroundings: Surroundings) {
    this.data = data;
    this.parent = parent;
    this.#surroundings = surroundings;
  }

  get endedAt(): number | undefined {
    return this.#end;
  }

  get error(): SpanError | undefined {
    return this.#error;
  }

  setError(error: SpanError): void {
    this.#error = error;
  }

  end(): void {
    this.#end = performance.now();
    this.#surroundings.onEnd(this);
  }

  /** A run that is started inside finds this span as its surroundings. */
  run<T>(fn: () => T): T {
    return this.#surroundings.current.run(this, fn);
  }
}
