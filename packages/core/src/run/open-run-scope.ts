import { RunTimeoutError } from '../error/index.js';
import { openAbortScope } from '../internal/abort-scope.js';
import type { AbortScope } from '../internal/abort-scope.js';
import { systemRuntime } from '../internal/runtime.js';
import type { Runtime } from '../internal/runtime.js';

/** What ends a run from outside. */
export interface RunLimits {
  readonly signal?: AbortSignal | undefined;
  /** In milliseconds. */
  readonly timeoutMs?: number | undefined;
  readonly runtime?: Runtime | undefined;
}

/** `openRunScope`, where anything can end the run: most runs nobody can cancel, and a server holds many. */
export function openRunScopeIfLimited(limits: RunLimits): AbortScope | undefined {
  return limits.signal === undefined && limits.timeoutMs === undefined ? undefined : openRunScope(limits);
}

/** Aborts with the signal, and with a `RunTimeoutError` when the run's time is up. */
export function openRunScope({ signal, timeoutMs, runtime = systemRuntime }: RunLimits): AbortScope {
  const scope = openAbortScope(signal);
  if (timeoutMs === undefined) return scope;
  scope.onClose(runtime.startTimer(timeoutMs, () => scope.abort(new RunTimeoutError(timeoutMs))));
  return scope;
}
