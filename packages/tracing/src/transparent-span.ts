import type { Span as CoreSpan, SpanData, SpanError } from '@baton/core';
import type { SpanPlace } from './span.js';

/** Stands where a run or a turn has no span of its own: what is inside it belongs to what is around it. */
export class TransparentSpan implements CoreSpan {
  readonly data: SpanData;
  /** Where spans below this one belong. */
  readonly place: SpanPlace;
  readonly #runInside: CoreSpan['run'];

  constructor(data: SpanData, place: SpanPlace, runInside: CoreSpan['run']) {
    this.data = data;
    this.place = place;
    this.#runInside = runInside;
  }

  setError(error: SpanError): void {
    if (this.place.endsTrace === true) this.place.trace.setError(error);
  }

  end(): void {
    if (this.place.endsTrace === true) this.place.trace.end();
  }

  run<T>(fn: () => T): T {
    return this.#runInside(fn);
  }
}
