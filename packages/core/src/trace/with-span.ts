import { messageOf } from '../error/index.js';
import { noopSpan } from './noop-tracer.js';
import type { Span, SpanError } from './tracer.js';

/** Calls the function inside the span: its failure is noted on the span, which ends in every case. */
export function withSpan<T>(span: Span, fn: () => Promise<T>): Promise<T> {
  // Nothing to note: the frame would cost more than all that is done in it.
  return span === noopSpan ? fn() : record(span, fn);
}

async function record<T>(span: Span, fn: () => Promise<T>): Promise<T> {
  try {
    return await span.run(fn);
  } catch (error) {
    span.setError(toSpanError(error));
    throw error;
  } finally {
    span.end();
  }
}

/** What a span says of a failure. Never throws: an error that cannot be read must not take the place of itself [TRC-08]. */
export function toSpanError(error: unknown): SpanError {
  try {
    return { message: messageOf(error), ...(error instanceof Error && { name: error.name }) };
  } catch {
    return { message: '(an error without a text)' };
  }
}
