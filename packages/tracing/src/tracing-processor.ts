import type { SpanRecord, TraceRecord } from './trace-record.js';

/**
 * Is told of every trace and span as it starts and as it ends, at once and in the same call: be quick, and leave slow
 * work for later. What a processor throws is logged; neither the run nor another processor sees it.
 */
export interface TracingProcessor {
  /** Before the first trace. */
  start?(): void | Promise<void>;
  onTraceStart(trace: TraceRecord): void | Promise<void>;
  /**
   * In place of a start: a run goes on in a trace that has been started, and perhaps ended, before, in this process or another.
   * More spans come, and then an end, as for every part.
   */
  onTraceResume?(trace: TraceRecord): void | Promise<void>;
  onTraceEnd(trace: TraceRecord): void | Promise<void>;
  /** The span has no end and not all of its data yet. */
  onSpanStart(span: SpanRecord): void | Promise<void>;
  /** The span as it was recorded. `span.finished()` has it redacted and of limited size, as exporters get it. */
  onSpanEnd(span: SpanRecord): void | Promise<void>;
  /**
   * Calls the function, which is what happens inside the span, exactly once and returns what it returns: for a bridge
   * that has a context of its own to carry along, such as OpenTelemetry's.
   */
  runInside?<T>(item: TraceRecord | SpanRecord, fn: () => T): T;
  /**
   * Sends what is left and takes no more. Never rejects.
   *
   * @param timeoutMs After this time what is left is dropped.
   */
  shutdown(timeoutMs?: number): Promise<void>;
  /**
   * Sends what is there so far. Never rejects.
   *
   * @param timeoutMs After this time nobody waits any longer; what is left is sent later.
   */
  forceFlush(timeoutMs?: number): Promise<void>;
}
