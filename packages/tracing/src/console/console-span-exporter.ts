import type { SpanRecord, TraceRecord, TracingItem } from '../trace-record.js';
import type { TracingExporter } from '../tracing-exporter.js';
import { platformTerminal } from './terminal.js';
import { waterfall } from './waterfall.js';

/** Options of a {@link ConsoleSpanExporter}. */
export interface ConsoleSpanExporterOptions {
  /** Whether inputs and outputs are shown, on one line each. Default `false`. */
  readonly showData?: boolean | undefined;
  /** Columns to draw in. Default: the terminal's, else 100. */
  readonly columns?: number | undefined;
  /** Default: whether standard output is a terminal; `NO_COLOR` and `FORCE_COLOR` win over that. */
  readonly color?: boolean | undefined;
  /** Whether lines are drawn with more than ASCII. Default `true`. */
  readonly unicode?: boolean | undefined;
  /** Takes each trace as one text of several lines. Default: `console.log`. */
  readonly write?: ((text: string) => void) | undefined;
}

/**
 * Draws each trace when it is over: what happened inside what, when, for how long, and what it cost.
 *
 * @example
 * ```ts
 * import { Runner } from '@baton/core';
 * import { createTracing, SimpleTraceProcessor } from '@baton/tracing';
 * import { ConsoleSpanExporter } from '@baton/tracing/console';
 *
 * const processor = new SimpleTraceProcessor(new ConsoleSpanExporter());
 * export const runner = new Runner({ tracer: createTracing({ processors: [processor] }) });
 * ```
 */
export class ConsoleSpanExporter implements TracingExporter {
  readonly tracesAt = 'end';
  readonly #options: ConsoleSpanExporterOptions;
  readonly #open = new Map<string, SpanRecord[]>();

  constructor(options: ConsoleSpanExporterOptions = {}) {
    this.#options = options;
  }

  export(items: readonly TracingItem[]): Promise<void> {
    for (const item of items) {
      if (item.type === 'trace') this.#draw(item.traceId, item);
      else this.#keep(item);
    }
    return Promise.resolve();
  }

  /** Draws what has not ended. */
  close(): void {
    for (const traceId of this.#open.keys()) this.#draw(traceId, undefined);
  }

  #keep(span: SpanRecord): void {
    const spans = this.#open.get(span.traceId);
    if (spans === undefined) this.#open.set(span.traceId, [span]);
    else if (spans.length < MAX_SPANS) spans.push(span);
    // Traces that never end must not fill the memory.
    const [oldest] = this.#open.keys();
    if (this.#open.size > MAX_TRACES && oldest !== undefined) this.#draw(oldest, undefined);
  }

  #draw(traceId: string, trace: TraceRecord | undefined): void {
    const spans = this.#open.get(traceId) ?? [];
    this.#open.delete(traceId);
    const { showData = false, columns, color, unicode, write = (text) => globalThis.console.log(text) } = this.#options;
    const terminal = platformTerminal({
      ...(columns !== undefined && { columns }),
      ...(color !== undefined && { color }),
      ...(unicode !== undefined && { unicode }),
    });
    write(`${waterfall({ traceId, trace, spans, showData }, terminal).join('\n')}\n`);
  }
}

const MAX_SPANS = 2_000;
const MAX_TRACES = 200;
