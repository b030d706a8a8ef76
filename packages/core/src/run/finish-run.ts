import {
  attachRunState,
  GuardrailExecutionError,
  InputGuardrailTripwireTriggered,
  messageOf,
  OutputGuardrailTripwireTriggered,
  RunCancelledError,
  RunTimeoutError,
} from '../error/index.js';
import { toJsonText } from '../internal/json.js';
import type { AgentInputItem, ToolCallItem } from '../item/index.js';
import { checkOutput } from './check-output.js';
import type { HandledFailure } from './error-handlers.js';
import { itemEvent } from './run-events.js';
import type { RunScope } from './run-scope.js';
import { saveSession } from './save-session.js';
import { toolResultItem } from './tool-result-item.js';
import { toRunItem } from './transcript.js';
import { withholdOutput } from './withhold-output.js';

/** The final output, and the error handler's part in it. */
export interface FinalAnswer {
  readonly output: unknown;
  readonly handled: HandledFailure | undefined;
}

/** The run has an answer: its guardrails, then the session, then the hooks. */
export async function finishRun(scope: RunScope, { output, handled }: FinalAnswer): Promise<void> {
  const { state, ports, signal } = scope;
  try {
    const checked = checkOutput(scope, output);
    if (checked !== undefined) await checked;
  } catch (error) {
    const refused = error instanceof OutputGuardrailTripwireTriggered && signal?.aborted !== true;
    // What an error handler says has no place in the record before it has passed.
    if (refused && handled === undefined) await withholdOutput(scope, error);
    throw error;
  }
  signal?.throwIfAborted();
  const entry = handled?.item && state.recordAnswer(handled.item);
  state.endTurn({ type: 'final_output', output });
  const item = entry && toRunItem(entry, state.graph);
  if (item !== undefined) await ports.emit(itemEvent(item));
  if (scope.session !== undefined) await saveSession(scope);
  const told = ports.emit({ type: 'agent_end', agent: state.currentAgent, output: toJsonText(output) });
  if (told !== undefined) await told;
}

/**
 * The run cannot go on: its conversation is made whole, stored as far as it counts, and put on the error.
 * Returns the error to throw.
 */
export async function failRun(scope: RunScope, thrown: unknown): Promise<unknown> {
  const { state, signal } = scope;
  const cancelled = signal?.aborted === true;
  const error = cancelled ? cancellation(signal.reason) : thrown;
  if (state.phase.type === 'actions' && cancelled && state.openCalls().length === 0) {
    // Nobody has checked the answer to its end: it is stored once the run has gone on from here [SES-03].
    attachRunState(error, state);
    return error;
  }
  if (state.phase.type === 'actions') {
    state.closeTurn((call) => unfinishedAnswer(call, cancelled ? 'the run was cancelled' : 'the run failed'));
  }
  // Without any answer the input goes unstored, so that trying again does not store it twice.
  const counts = state.responses.length > 0 || error instanceof InputGuardrailTripwireTriggered;
  attachRunState(error, state);
  return counts ? saveAfter(scope, error) : error;
}

/**
 * Stores what there is after a failure. A store that fails, too, does not hide why the run ended, but for a
 * guardrail: that its verdict could not be stored is worse than the verdict [SES-03]. The other is logged.
 */
async function saveAfter(scope: RunScope, error: unknown): Promise<unknown> {
  try {
    await saveSession(scope);
    return error;
  } catch (failure) {
    const outranks =
      error instanceof InputGuardrailTripwireTriggered ||
      error instanceof OutputGuardrailTripwireTriggered ||
      error instanceof GuardrailExecutionError;
    const other = outranks ? error : failure;
    scope.logger.error(`A run failed and its session could not be stored; not thrown: ${messageOf(other)}`);
    return outranks ? failure : error;
  }
}

function cancellation(reason: unknown): unknown {
  return reason instanceof RunTimeoutError ? reason : new RunCancelledError({ cause: reason });
}

/** The output of a call whose tool did not get to give one: a model takes no call without an output. */
function unfinishedAnswer(call: ToolCallItem, why: string): AgentInputItem {
  const text = `The tool call was not completed: ${why}.`;
  const item = toolResultItem(call, text);
  return item.type === 'function_call_result' ? { ...item, status: 'incomplete' } : item;
}
