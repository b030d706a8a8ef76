import { RunTimeoutError } from '../error/index.js';
import { openAbortScope } from '../internal/abort-scope.js';
import type { AbortScope } from '../internal/abort-scope.js';
import { systemRuntime } from '../internal/runtime.js';
import type { Runtime } from '../internal/runtime.js';

/** What ends a run from outside. */
export interface RunLimits {
  readonly signal?: AbortSignal | undefined;
  /** That of the tool call which a nested run is in. */
  readonly outer?: AbortSignal | undefined;
  /** In milliseconds. */
  readonly timeoutMs?: number | undefined;
  readonly runtime?: Runtime | undefined;
}

/** `openRunScope`, where anything can end the run: most runs nobody can cancel, and a server holds many. */
export function openRunScopeIfLimited(limits: RunLimits): AbortScope | undefined {
  const { signal, outer, timeoutMs } = limits;
  return signal === undefined && outer === undefined && timeoutMs === undefined ? undefined : openRunScope(limits);
}

/** Aborts with the signals, and with a `RunTimeoutError` when the run's time is up. */
export function openRunScope({ signal, outer, timeoutMs, runtime = systemRuntime }: RunLimits): AbortScope {
  const scope = openAbortScope(outer, signal);
  if (timeoutMs === undefined) return scope;
  scope.onClose(runtime.startTimer(timeoutMs, () => scope.abort(new RunTimeoutError(timeoutMs))));
  return scope;
}
