import type { AnyAgent, RunItem } from '../agent/index.js';
import type { RunContext } from '../context/index.js';
import {
  InvalidFinalOutputError,
  MaxTurnsExceededError,
  ModelRefusalError,
} from '../error/index.js';
import { orAbort } from '../internal/abort-scope.js';
import { toJsonText } from '../internal/json.js';
import { assistant } from '../item/index.js';
import type { AgentInputItem } from '../item/index.js';
import type { ModelResponse } from '../model/index.js';
import type { AnyRunState, RunScope } from './run-scope.js';

/** The failures a run can answer itself. */
export type RunErrorKind = 'maxTurns' | 'modelRefusal' | 'invalidFinalOutput';

/** What a handler is told. */
export interface RunErrorHandlerInput<TContext = unknown> {
  readonly error: MaxTurnsExceededError | ModelRefusalError | InvalidFinalOutputError;
  readonly context: RunContext<TContext>;
  readonly runData: {
    readonly input: readonly AgentInputItem[];
    readonly newItems: readonly RunItem[];
    readonly history: readonly AgentInputItem[];
    readonly rawResponses: readonly ModelResponse[];
    readonly lastAgent: AnyAgent;
    readonly state: AnyRunState;
  };
}

/** The final output in place of the failure. */
export interface RunErrorHandlerResult {
  readonly finalOutput: unknown;
  /** Put the output into the conversation as an assistant message; default `true`. */
  readonly includeInHistory?: boolean;
}

/** Answers a failure, or leaves it be by returning nothing. */
export type RunErrorHandler<TContext = unknown> = (
  input: RunErrorHandlerInput<TContext>,
) => RunErrorHandlerResult | undefined | void | Promise<RunErrorHandlerResult | undefined | void>;

/** Handlers by kind; `default` takes the kinds that have none. */
export interface RunErrorHandlers<TContext = unknown> {
  readonly maxTurns?: RunErrorHandler<TContext>;
  readonly modelRefusal?: RunErrorHandler<TContext>;
  readonly invalidFinalOutput?: RunErrorHandler<TContext>;
  readonly default?: RunErrorHandler<TContext>;
}

/** What a handler gives in place of a failure; `item` where it belongs into the conversation. */
export interface HandledFailure {
  readonly output: unknown;
  readonly item?: AgentInputItem;
}

/** The final output that a handler gives in place of the error; `undefined` where none does. */
export async function handleError(
  scope: RunScope,
  error: unknown,
): Promise<HandledFailure | undefined> {
  const kind = kindOf(error);
  const handlers = scope.errorHandlers;
  if (kind === undefined || handlers === undefined || scope.signal?.aborted === true) return undefined;
  const handler = handlers[kind.name] ?? handlers.default;
  const { state } = scope;
  const answering = handler?.({
    error: kind.error,
    context: state.context,
    runData: {
      input: state.transcript.filter((entry) => entry.origin === 'input').map((entry) => entry.item),
      newItems: state.newItems,
      history: state.history,
      rawResponses: state.rawResponses,
      lastAgent: state.currentAgent,
      state,
    },
  });
  const result = await orAbort(answering, scope.signal);
  if (result === undefined) return undefined;
  const { finalOutput, includeInHistory = true } = result;
  return {
    output: finalOutput,
    ...(includeInHistory && { item: assistant(toJsonText(finalOutput)) }),
  };
}

function kindOf(
  error: unknown,
): { readonly name: RunErrorKind; readonly error: RunErrorHandlerInput['error'] } | undefined {
  if (error instanceof MaxTurnsExceededError) return { name: 'maxTurns', error };
  if (error instanceof ModelRefusalError) return { name: 'modelRefusal', error };
  if (error instanceof InvalidFinalOutputError) return { name: 'invalidFinalOutput', error };
  return undefined;
}
