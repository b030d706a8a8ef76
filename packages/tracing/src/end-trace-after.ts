import { toSpanError } from './platform.js';
import type { Trace } from './trace.js';

/** Ends the trace when the work is over; work that gives a streamed run is over when the run is. */
export async function endTraceAfter<T>(trace: Trace, work: () => Promise<T> | T): Promise<T> {
  let given: T;
  try {
    given = await work();
  } catch (error) {
    trace.setError(toSpanError(error));
    trace.end();
    throw error;
  }
  const completed = completionOf(given);
  if (completed === undefined) trace.end();
  else {
    completed.then(
      () => trace.end(),
      (error: unknown) => {
        trace.setError(toSpanError(error));
        trace.end();
      },
    );
  }
  return given;
}

/** The end of a streamed run: known by its shape, as it may come from another copy of core. */
function completionOf(given: unknown): PromiseLike<unknown> | undefined {
  if (typeof given !== 'object' || given === null || !('toTextStream' in given) || !('completed' in given)) return undefined;
  const { completed } = given;
  return completed instanceof Promise ? completed : undefined;
}
