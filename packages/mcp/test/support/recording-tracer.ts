import type { Span, SpanData, SpanError, TraceOptions, Tracer } from '@baton/core';

/** A span that was recorded, with those below it. */
export interface RecordedSpan {
  readonly data: SpanData;
  readonly children: RecordedSpan[];
  readonly errors: SpanError[];
}

/** Keeps every span under its parent. */
export class RecordingTracer implements Tracer {
  readonly traces: RecordedSpan[] = [];
  readonly #spans = new Map<Span, RecordedSpan>();

  startTrace(_options: TraceOptions): Span {
    return this.#open({ type: 'custom', name: 'trace' }, this.traces);
  }

  startSpan(data: SpanData, parent: Span): Span {
    return this.#open(data, this.#spans.get(parent)?.children ?? this.traces);
  }

  /** All spans of a kind, wherever they are. */
  all<T extends SpanData['type']>(type: T): (RecordedSpan & { readonly data: Extract<SpanData, { type: T }> })[] {
    const flat = (spans: readonly RecordedSpan[]): RecordedSpan[] => spans.flatMap((each) => [each, ...flat(each.children)]);
    return flat(this.traces).filter(
      (each): each is RecordedSpan & { readonly data: Extract<SpanData, { type: T }> } => each.data.type === type,
    );
  }

  #open(data: SpanData, siblings: RecordedSpan[]): Span {
    const recorded: RecordedSpan = { data, children: [], errors: [] };
    siblings.push(recorded);
    const span: Span = {
      data,
      setError: (error) => recorded.errors.push(error),
      end: () => undefined,
      run: (fn) => fn(),
    };
    this.#spans.set(span, recorded);
    return span;
  }
}
