import { openAbortScope } from './abort-scope.js';

/** How a group of tasks runs. */
export interface ConcurrencyOptions {
  /** Absent where nothing cancels them. */
  readonly signal: AbortSignal | undefined;
  /** Most tasks at a time; all at once by default. */
  readonly limit?: number | undefined;
}

/**
 * Runs a task per input, started in order. The first failure aborts the signal of the others, which are
 * awaited before it is thrown: nothing is left running behind.
 */
export function runConcurrently<TInput>(
  inputs: readonly TInput[],
  task: (input: TInput, signal: AbortSignal | undefined) => Promise<void>,
  options: ConcurrencyOptions,
): Promise<void> {
  const [only] = inputs;
  // One alone has nobody to be aborted for; a signal of its own would cost more than all the rest.
  return inputs.length === 1 && only !== undefined ? task(only, options.signal) : runAll(inputs, task, options);
}

async function runAll<TInput>(
  inputs: readonly TInput[],
  task: (input: TInput, signal: AbortSignal | undefined) => Promise<void>,
  options: ConcurrencyOptions,
): Promise<void> {
  const scope = openAbortScope(options.signal);
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < inputs.length && failures.length === 0) {
      const index = next++;
      const input = inputs[index] as TInput; // in bounds by the loop's condition
      try {
        await task(input, scope.signal);
      } catch (error) {
        failures.push(error);
        scope.abort(error);
      }
    }
  };
  const workers: Promise<void>[] = [];
  const count = Math.min(options.limit ?? inputs.length, inputs.length);
  for (let i = 0; i < count; i++) workers.push(worker());
  await Promise.all(workers);
  scope.close();
  if (failures.length > 0) throw failures[0];
}
