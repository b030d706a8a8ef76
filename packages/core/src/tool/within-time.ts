import { ToolTimeoutError, UserError } from '../error/index.js';
import { openAbortScope, orAbort } from '../internal/abort-scope.js';
import { systemRuntime } from '../internal/runtime.js';
import type { ToolCallDetails } from './tool-context.js';

/** How long a tool may take. */
export interface ToolTimeLimit {
  readonly name: string;
  /** In milliseconds; without it as long as it likes. */
  readonly timeoutMs?: number | undefined;
}

/**
 * The work of a tool within its time; then its signal aborts, and nobody waits for it any more. In a run that
 * is cancelled, a tool is awaited for as long as its time lasts.
 *
 * @throws ToolTimeoutError where the time is up.
 */
export async function withinTime<T>(
  { name, timeoutMs }: ToolTimeLimit,
  details: ToolCallDetails,
  work: (details: ToolCallDetails) => Promise<T>,
): Promise<T> {
  if (timeoutMs === undefined) return work(details);
  const timeUp = openAbortScope();
  const scope = openAbortScope(details.signal, timeUp.signal);
  // Inside the side effect that an engine records, so the platform's own time is right.
  const stopTimer = systemRuntime.startTimer(timeoutMs, () =>
    timeUp.abort(new ToolTimeoutError(name, timeoutMs)),
  );
  try {
    return await orAbort(work(under(scope.signal, details)), timeUp.signal);
  } finally {
    stopTimer();
    scope.close();
  }
}

/** The call under a signal of its own, which what is started from inside it follows, too. */
function under(signal: AbortSignal, details: ToolCallDetails): ToolCallDetails {
  const runAgent: ToolCallDetails['runAgent'] = (request) => {
    if (request.signal === undefined) return details.runAgent({ ...request, signal });
    const scope = openAbortScope(signal, request.signal);
    return details.runAgent({ ...request, signal: scope.signal }).finally(() => scope.close());
  };
  return { ...details, signal, runAgent };
}

/** Refuses a time that is none. */
export function checkTimeLimit({ name, timeoutMs }: ToolTimeLimit): void {
  if (timeoutMs === undefined || timeoutMs > 0) return;
  throw new UserError(`Tool "${name}" has timeoutMs ${timeoutMs}. Pass milliseconds above 0.`);
}
