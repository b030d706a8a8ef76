import type { InputGuardrail } from '../agent/index.js';
import { withSpan } from '../trace/index.js';
import { checkCapabilities } from './check-capabilities.js';
import { checkInput, inputGuardrails } from './check-input.js';
import { handleError } from './error-handlers.js';
import type { HandledFailure } from './error-handlers.js';
import { failRun, finishRun } from './finish-run.js';
import { loadInput } from './load-input.js';
import { runAgent } from './run-agent.js';
import type { AgentEnd } from './run-agent.js';
import { within } from './run-scope.js';
import type { RunScope } from './run-scope.js';
import { saveSession } from './save-session.js';

/** How a run ends: with an answer, with a question to a human, or where it was asked to stop. */
export type RunEnd = Exclude<AgentEnd, { type: 'handoff' }>;

/** A run from its input to its end, the same for every way of running. Throws what ended it. */
export function executeRun(scope: RunScope): Promise<RunEnd> {
  const { config, state, tracer } = scope;
  const trace = tracer.startTrace({
    workflowName: config.workflowName ?? state.trace?.workflowName ?? 'Agent workflow',
    traceId: config.traceId,
    groupId: config.groupId,
    metadata: config.traceMetadata,
    includeSensitiveData: config.traceIncludeSensitiveData ?? true,
    ...(config.tracing !== undefined && { tracing: config.tracing }),
    ...(state.trace !== undefined && { resumes: state.trace }),
    model: config.model ?? state.currentAgent.model,
    modelProvider: config.modelProvider,
    ...(scope.parentSpan !== undefined && { parent: scope.parentSpan }),
  });
  // A nested run is in the trace of the run around it, whatever becomes of that.
  if (scope.parentSpan === undefined && trace.traceReference !== undefined) state.recordTrace(trace.traceReference);
  return withSpan(trace, () => runToEnd(within(scope, trace)));
}

/** All in one frame: a server holds thousands of runs that wait, and pays for each frame of each. */
async function runToEnd(scope: RunScope): Promise<RunEnd> {
  const { state } = scope;
  try {
    if (state.phase.type === 'final_output') {
      // The answer may have been there before the session had it.
      await saveSession(scope);
      return state.phase;
    }
    // First of all, so that a run that is cancelled right away can go on from its state.
    const loaded = loadInput(scope);
    if (loaded !== undefined) await loaded;
    scope.signal?.throwIfAborted();
    const capable = checkCapabilities(scope);
    if (capable !== undefined) await capable;
    const checked = checkBlocking(scope);
    if (checked !== undefined) await checked;
    let end: AgentEnd;
    let handled: HandledFailure | undefined;
    try {
      end = await runAgent(scope);
      while (end.type === 'handoff') end = (await scope.stopAfterTurn()) ? { type: 'stopped' } : await runAgent(scope);
    } catch (error) {
      // A failure that a handler answers ends the run with its answer.
      handled = await handleError(scope, error);
      if (handled === undefined) throw error;
      end = { type: 'final_output', output: handled.output };
    }
    if (end.type === 'final_output') await finishRun(scope, { output: end.output, handled });
    return end;
  } catch (error) {
    throw await failRun(scope, error);
  } finally {
    const disposed = scope.resources.dispose();
    if (disposed !== undefined) await disposed;
  }
}

/** Input guardrails that have to pass before the first model call. */
function checkBlocking(scope: RunScope): void | Promise<void> {
  scope.state.startInputCheck();
  const guardrails = inputGuardrails(scope, 'blocking');
  return guardrails.length === 0 ? undefined : passBlocking(scope, guardrails);
}

async function passBlocking(scope: RunScope, guardrails: readonly InputGuardrail<never>[]): Promise<void> {
  const results = await checkInput(scope, guardrails);
  scope.state.recordInputGuardrails(results, inputGuardrails(scope, 'parallel').length === 0);
}
