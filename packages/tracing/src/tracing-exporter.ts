import type { TracingItem } from './trace-record.js';

/**
 * Sends finished traces and spans somewhere. A processor calls it, one batch after the other; what it throws is
 * logged and the batch is lost.
 */
export interface TracingExporter {
  /** When a trace is queued for this exporter: as it starts (default), or as it ends, when its length is known. */
  readonly tracesAt?: 'start' | 'end';
  /**
   * Sends the items.
   *
   * @param items Redacted and of limited size already, unless the processor was told otherwise. In the order they
   *   ended: a span comes before its parent, a trace before its spans.
   * @param signal Aborts when nobody waits any more, e.g. at the deadline of a shutdown: stop, also between attempts.
   */
  export(items: readonly TracingItem[], signal?: AbortSignal): Promise<void>;
  /** Gives back what the exporter holds, after its last batch: files, sockets. */
  close?(): void | Promise<void>;
}
