import type { Span as CoreSpan, SpanData, SpanError, TraceReference } from '@baton/core';
import type { SpanPlace } from './span.js';
import type { Trace } from './trace.js';
import { referenceTo } from './trace-reference.js';

/** Stands where a run or a turn has no span of its own: what is inside it belongs to what is around it. */
export class TransparentSpan implements CoreSpan {
  readonly data: SpanData;
  /** Where spans below this one belong. */
  readonly place: SpanPlace;
  /** What ends with it, where it stands for a whole run. */
  readonly #trace: Trace | undefined;
  readonly #runInside: CoreSpan['run'];

  constructor(data: SpanData, place: SpanPlace, { trace, run }: { readonly trace?: Trace | undefined; readonly run: CoreSpan['run'] }) {
    this.data = data;
    this.place = place;
    this.#trace = trace;
    this.#runInside = run;
  }

  get traceReference(): TraceReference {
    const { trace, tracingApiKey } = this.place.surroundings;
    return referenceTo(trace, tracingApiKey ?? trace.tracingApiKey);
  }

  setError(error: SpanError): void {
    this.#trace?.setError(error);
  }

  end(): void {
    this.#trace?.end();
  }

  run<T>(fn: () => T): T {
    return this.#runInside(fn);
  }
}
