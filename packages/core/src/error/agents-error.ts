/** The stable code of each error class; use it where `instanceof` cannot reach (logs, other realms). */
export type AgentsErrorCode =
  | 'BATON_USER'
  | 'BATON_SYSTEM'
  | 'BATON_MAX_TURNS_EXCEEDED'
  | 'BATON_RUN_CANCELLED'
  | 'BATON_RUN_TIMEOUT'
  | 'BATON_MODEL_BEHAVIOR'
  | 'BATON_MODEL_REFUSAL'
  | 'BATON_MODEL_REQUEST'
  | 'BATON_MODEL_TIMEOUT'
  | 'BATON_INVALID_TOOL_INPUT'
  | 'BATON_INVALID_TOOL_OUTPUT'
  | 'BATON_INVALID_FINAL_OUTPUT'
  | 'BATON_TOOL_CALL'
  | 'BATON_TOOL_TIMEOUT'
  | 'BATON_MCP_SERVER'
  | 'BATON_GUARDRAIL_EXECUTION'
  | 'BATON_INPUT_GUARDRAIL_TRIPWIRE'
  | 'BATON_OUTPUT_GUARDRAIL_TRIPWIRE'
  | 'BATON_TOOL_INPUT_GUARDRAIL_TRIPWIRE'
  | 'BATON_TOOL_OUTPUT_GUARDRAIL_TRIPWIRE';

/**
 * What an error shows of the run it ended, without this room knowing the run: enough to store it.
 * `RunState.of(error)` gives the typed state.
 */
export interface FailedRunState {
  toString(): string;
  toJSON(): object;
}

/**
 * The base of every error that Baton itself raises; catch it to tell Baton's errors from your own.
 * Errors thrown by your code (hooks, filters, an engine's control flow) pass through a run unwrapped.
 *
 * @example
 * ```ts
 * import { AgentsError } from '@baton/core';
 *
 * export function isOurs(error: unknown): boolean {
 *   return error instanceof AgentsError && error.code !== 'BATON_USER';
 * }
 * ```
 */
export abstract class AgentsError extends Error {
  /** Stable across versions and bundles. */
  abstract readonly code: AgentsErrorCode;

  /** The run as it was when it failed; never enumerable, so that no dump prints a conversation. */
  declare readonly state: FailedRunState | undefined;
}

/**
 * Puts the run's state on an error; foreign errors are left as they are. An error that ended a run inside this
 * one as well shows this one from now on: it is what the caller asked for.
 */
export function attachRunState(error: unknown, state: FailedRunState): void {
  if (!(error instanceof AgentsError)) return;
  Object.defineProperty(error, 'state', {
    value: state,
    enumerable: false,
    writable: true,
    configurable: true,
  });
}
