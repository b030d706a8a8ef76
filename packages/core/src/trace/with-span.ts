import { messageOf } from '../error/index.js';
import { noopSpan } from './noop-tracer.js';
import type { Span, SpanError } from './tracer.js';

/** Calls the function inside the span: its failure is noted on the span, which ends in every case. */
export function withSpan<T>(span: Span, fn: () => Promise<T>): Promise<T> {
  // Nothing to note: the frame would cost more than all that is done in it.
  return span === noopSpan ? fn() : record(span, fn);
}

function record<T>(span: Span, fn: () => Promise<T>): Promise<T> {
  let running: Promise<T>;
  try {
    running = span.run(fn);
  } catch (error) {
    fail(span, error);
    throw error;
  }
  // First in its line, so that the span has ended when whoever waits for the same promise goes on.
  running.then(
    () => span.end(),
    (error: unknown) => fail(span, error),
  );
  return running;
}

function fail(span: Span, error: unknown): void {
  span.setError(toSpanError(error));
  span.end();
}

/** What a span says of a failure. Never throws: an error that cannot be read must not take the place of itself [TRC-08]. */
export function toSpanError(error: unknown): SpanError {
  try {
    return { message: messageOf(error), ...(error instanceof Error && { name: error.name }) };
  } catch {
    return { message: '(an error without a text)' };
  }
}
