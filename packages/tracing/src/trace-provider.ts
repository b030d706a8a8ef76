import type { Span as CoreSpan, SpanData, Tracer, TraceOptions } from '@baton/core';
import { consoleLogger, noopTracer } from '@baton/core';
import { platformContextStorage } from './context-storage.js';
import type { TracingContextStorage } from './context-storage.js';
import { endTraceAfter } from './end-trace-after.js';
import { flushBeforeExit } from './flush-before-exit.js';
import { defaultTracingIdGenerator, generateGroupId } from './ids.js';
import type { TracingIdGenerator } from './ids.js';
import { MultiTracingProcessor } from './multi-tracing-processor.js';
import { startClock, toSpanError } from './platform.js';
import { createRedactor } from './redaction.js';
import { NoopSpan, Span } from './span.js';
import type { SpanPlace } from './span.js';
import { resumedTrace } from './trace-reference.js';
import { Surroundings } from './surroundings.js';
import { NoopTrace, Trace } from './trace.js';
import type { TraceConfig } from './trace.js';
import type { CreateSpanOptions, TraceProviderOptions, WithTraceOptions } from './trace-provider-options.js';
import type { TracingProcessor } from './tracing-processor.js';
import type { Current, TracingRuntime } from './tracing-runtime.js';
import { TransparentSpan } from './transparent-span.js';

/**
 * Records traces: a value that you attach to a `Runner` as its `tracer`. All it knows is in here, so that two in one
 * process trace to two places.
 */
export class TraceProvider implements Tracer {
  readonly #runtime: TracingRuntime;
  readonly #ids: { generator: TracingIdGenerator };
  readonly #includeSensitiveData: boolean;
  readonly #includeTaskAndTurnSpans: boolean;
  readonly #noopTrace: NoopTrace;
  readonly #noopSurroundings: Surroundings;
  #disabled: boolean;
  #begun = false;
  /** Whether a trace began since the process was last about to end. */
  #hasNews = false;
  readonly #flushBeforeExit: boolean;
  #stopListening: (() => void) | undefined;

  constructor(options: TraceProviderOptions = {}) {
    const { logger = consoleLogger, now } = options;
    const ids = { generator: { ...defaultTracingIdGenerator, ...options.idGenerator } };
    this.#ids = ids;
    this.#runtime = {
      processor: new MultiTracingProcessor(logger),
      storage: options.contextStorage ?? platformContextStorage<Current>(),
      ids: {
        generateTraceId: () => ids.generator.generateTraceId(),
        generateSpanId: () => ids.generator.generateSpanId(),
      },
      startClock: now === undefined ? startClock : () => now,
      finish: { redactor: createRedactor(options.redaction), limits: options.limits },
      logger,
    };
    this.#includeSensitiveData = options.includeSensitiveData ?? true;
    this.#includeTaskAndTurnSpans = options.includeTaskAndTurnSpans ?? true;
    this.#disabled = options.disabled ?? false;
    this.#flushBeforeExit = options.flushBeforeExit ?? true;
    this.#noopTrace = new NoopTrace(this.#runtime);
    this.#noopSurroundings = new Surroundings(this.#noopTrace);
    for (const processor of options.processors ?? []) this.#runtime.processor.addTraceProcessor(processor);
  }

  /** Adds a processor: it is told beside the others. */
  registerProcessor(processor: TracingProcessor): void {
    this.#runtime.processor.addTraceProcessor(processor);
  }

  /** Puts these in the place of all processors; those before are shut down, and send what they have. */
  setProcessors(processors: readonly TracingProcessor[]): void {
    this.#runtime.processor.setProcessors(processors);
  }

  /** Who is told, in order. */
  get processors(): readonly TracingProcessor[] {
    return this.#runtime.processor.processors;
  }

  /** While disabled, traces and spans are made that nobody is told of. */
  setDisabled(disabled: boolean): void {
    this.#disabled = disabled;
  }

  /** From now on ids are made by this; what it leaves out is made as before. */
  setIdGenerator(generator: Partial<TracingIdGenerator> = defaultTracingIdGenerator): void {
    this.#ids.generator = { ...this.#ids.generator, ...generator };
  }

  /** Carries the current span along with something else from now on; without an argument, with the platform's own. */
  setContextStorage(storage: TracingContextStorage<Current> = platformContextStorage<Current>()): void {
    this.#runtime.storage = storage;
  }

  generateTraceId(): string {
    return this.#runtime.ids.generateTraceId();
  }

  generateSpanId(): string {
    return this.#runtime.ids.generateSpanId();
  }

  generateGroupId(): string {
    return generateGroupId();
  }

  /** The trace that the code which runs now is in. */
  getCurrentTrace(): Trace | null {
    const current = this.#runtime.storage.getStore();
    if (current === undefined) return null;
    return current instanceof Trace ? current : current.trace;
  }

  /** The innermost span that the code which runs now is in. */
  getCurrentSpan(): Span | null {
    const current = this.#current();
    return current instanceof Span ? current : null;
  }

  /** Makes a span the current one for the rest of the code that runs now; for code that cannot be wrapped in `run`. */
  setCurrentSpan(span: Span): void {
    this.#runtime.storage.enterWith(span);
  }

  /** Makes the span around the current one current again, or the trace where there is none. */
  resetCurrentSpan(): void {
    const span = this.getCurrentSpan();
    if (span !== null) this.#runtime.storage.enterWith(span.parent ?? span.trace);
  }

  /** Calls the function with the trace or span as the current one. */
  runWith<T>(current: Trace | Span, fn: () => T): T {
    const { storage, processor } = this.#runtime;
    return storage.run(current, processor.hasInside ? () => processor.runInside(current, fn) : fn);
  }

  /** Makes a trace, not started yet. */
  createTrace(config: TraceConfig & { readonly disabled?: boolean | undefined } = {}): Trace {
    if (this.#disabled || config.disabled === true) return this.#noopTrace;
    this.#begin();
    return new Trace(
      {
        traceId: config.traceId,
        name: config.name,
        groupId: config.groupId,
        metadata: config.metadata,
        tracingApiKey: config.tracingApiKey,
        origin: config.origin,
        resumed: config.resumed,
        includeSensitiveData: this.#includeSensitiveData && (config.includeSensitiveData ?? true),
        includeTaskAndTurnSpans: config.includeTaskAndTurnSpans ?? this.#includeTaskAndTurnSpans,
      },
      this.#runtime,
    );
  }

  /**
   * Makes a span, not started yet.
   *
   * @param parent Default: what is current. Outside of any trace the span is not recorded, and an error is logged.
   */
  createSpan<TData extends SpanData>(options: CreateSpanOptions<TData>, parent?: Trace | Span): Span<TData> {
    const { data, spanId } = options;
    const around = parent ?? this.#current();
    if (around === undefined && !this.#disabled && options.disabled !== true) {
      this.#runtime.logger.error(
        `There is no trace for the span "${data.type}", so it is not recorded. Start one with withTrace() around it, or pass its parent.`,
      );
    }
    if (this.#disabled || options.disabled === true || around === undefined || isNoop(around)) {
      return new NoopSpan(data, this.#noopSurroundings);
    }
    const { surroundings, parent: outer } = placeIn(around);
    return new Span(data, { surroundings, parent: outer, spanId });
  }

  /** Calls the function inside a new span, which notes its failure and ends in every case. */
  async withSpan<TData extends SpanData, T>(
    fn: (span: Span<TData>) => Promise<T> | T,
    options: CreateSpanOptions<TData>,
    parent?: Trace | Span,
  ): Promise<T> {
    const span = this.createSpan(options, parent);
    span.start();
    try {
      return await span.run(() => fn(span));
    } catch (error) {
      span.setError(toSpanError(error));
      throw error;
    } finally {
      span.end();
    }
  }

  /**
   * Calls the function inside a new trace: all runs and spans in it belong to it. Where the function gives a streamed run,
   * the trace ends when that is over.
   *
   * @param trace Its name, or a trace that was made before.
   */
  async withTrace<T>(
    trace: string | Trace,
    fn: (trace: Trace) => Promise<T> | T,
    options: WithTraceOptions = {},
  ): Promise<T> {
    const around = this.getCurrentTrace();
    if (around !== null && !isNoop(around)) {
      this.#runtime.logger.warn(
        `withTrace() was called inside the trace "${around.name}", and starts another one beside it. ` +
          'Use getOrCreateTrace() or withCustomSpan() to stay in the trace.',
      );
    }
    const opened = typeof trace === 'string' ? this.createTrace({ ...options, name: trace }) : trace;
    opened.start();
    return endTraceAfter(opened, () => this.runWith(opened, () => fn(opened)));
  }

  /** Calls the function inside the current trace, or inside a new one where there is none. */
  async getOrCreateTrace<T>(fn: () => Promise<T> | T, options: WithTraceOptions = {}): Promise<T> {
    if (this.getCurrentTrace() !== null) return fn();
    return this.withTrace(this.createTrace(options), fn);
  }

  /** A run's way in; see core's `Tracer`. */
  startTrace(options: TraceOptions): CoreSpan {
    const { parent, tracing, workflowName } = options;
    const around = (parent && placeOf(parent)) ?? this.#currentPlace();
    // Without a processor nobody would be told of it.
    if (this.#disabled || this.processors.length === 0 || around?.surroundings.trace === this.#noopTrace) {
      return noopTracer.startTrace(options);
    }
    const outer = around?.surroundings ?? new Surroundings(this.#startRunTrace(options));
    const tracingApiKey = tracing?.apiKey ?? outer.tracingApiKey;
    // Spans are nothing without their trace.
    if (tracingApiKey !== undefined) outer.trace.sendWith(tracingApiKey);
    const surroundings = new Surroundings(outer.trace, {
      includeSensitiveData: outer.includeSensitiveData && options.includeSensitiveData,
      includeTaskAndTurnSpans: tracing?.includeTaskAndTurnSpans ?? outer.includeTaskAndTurnSpans,
      tracingApiKey,
    });
    const place = { surroundings, parent: around?.parent };
    const data: SpanData = { type: 'task', name: workflowName };
    if (!surroundings.includeTaskAndTurnSpans) {
      const current = place.parent ?? outer.trace;
      const trace = around === undefined ? outer.trace : undefined;
      return new TransparentSpan(data, place, { trace, run: (fn) => this.runWith(current, fn) });
    }
    const span = startedSpan(data, place);
    if (around === undefined) surroundings.root = span;
    return span;
  }

  /** A run's spans; see core's `Tracer`. */
  startSpan(data: SpanData, parent: CoreSpan): CoreSpan {
    if (parent instanceof Span) {
      const { surroundings } = parent;
      if (data.type !== 'turn' || surroundings.includeTaskAndTurnSpans) return startedSpan(data, { surroundings, parent });
      return new TransparentSpan(data, { surroundings, parent }, { run: (fn) => fn() });
    }
    if (!(parent instanceof TransparentSpan)) return noopTracer.startSpan(data, parent);
    const { place } = parent;
    return data.type === 'turn' ? new TransparentSpan(data, place, { run: (fn) => fn() }) : startedSpan(data, place);
  }

  /**
   * Sends what is there so far. Never rejects.
   *
   * @param timeoutMs After this time it is no longer waited for. Default: the processors'.
   */
  forceFlush(timeoutMs?: number): Promise<void> {
    return this.#runtime.processor.forceFlush(timeoutMs);
  }

  /**
   * Sends what is left. Never rejects.
   *
   * @param timeoutMs After this time what is left is dropped. Default: the processors'.
   */
  shutdown(timeoutMs?: number): Promise<void> {
    this.#stopListening?.();
    this.#stopListening = undefined;
    return this.#runtime.processor.shutdown(timeoutMs);
  }

  /** Nothing is started or listened to before the first trace. */
  #begin(): void {
    this.#hasNews = true;
    if (this.#begun) return;
    this.#begun = true;
    this.#runtime.processor.start();
    if (this.#flushBeforeExit) this.#stopListening = flushBeforeExit(this, () => this.#takeNews());
  }

  #takeNews(): boolean {
    const hadNews = this.#hasNews;
    this.#hasNews = false;
    return hadNews;
  }

  #startRunTrace(options: TraceOptions): Trace {
    const { workflowName, metadata, tracing, includeSensitiveData } = options;
    const resumes = resumedTrace(options);
    const { traceId, groupId, origin = 'run' } = resumes ?? { traceId: options.traceId, groupId: options.groupId };
    const trace = this.createTrace({
      name: workflowName,
      origin,
      resumed: resumes !== undefined,
      traceId,
      groupId,
      metadata,
      tracingApiKey: tracing?.apiKey,
      includeSensitiveData,
      includeTaskAndTurnSpans: tracing?.includeTaskAndTurnSpans,
    });
    trace.start();
    return trace;
  }

  #current(): Trace | Span | undefined {
    const current = this.#runtime.storage.getStore();
    return current instanceof Surroundings ? (current.step ?? current.trace) : current;
  }

  #currentPlace(): SpanPlace | undefined {
    const current = this.#current();
    return current && placeIn(current);
  }
}

function startedSpan(data: SpanData, { surroundings, parent }: SpanPlace): Span {
  const span = new Span(data, { surroundings, parent, spanId: undefined, maker: isStep(data) ? 'step' : 'run' });
  span.start();
  return span;
}

/** Whether a run has only one of the kind at a time, and no code of the app beside it that is not inside another span. */
function isStep({ type }: SpanData): boolean {
  return type === 'generation' || type === 'turn' || type === 'agent' || type === 'task';
}

/** Where spans below a run's span belong; none where it is not recorded. */
function placeOf(span: CoreSpan): SpanPlace | undefined {
  if (span instanceof Span) return placeIn(span);
  return span instanceof TransparentSpan ? span.place : undefined;
}

function placeIn(around: Trace | Span): SpanPlace {
  return around instanceof Span
    ? { surroundings: around.surroundings, parent: around }
    : { surroundings: new Surroundings(around), parent: undefined };
}

function isNoop(current: Trace | Span): boolean {
  return current instanceof NoopTrace || current instanceof NoopSpan;
}
