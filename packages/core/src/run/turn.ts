import type { AnyAgent, InputGuardrail } from '../agent/index.js';
import { openAbortScope, orAbort } from '../internal/abort-scope.js';
import { isPromise } from '../internal/is-promise.js';
import type { ModelRequest, ModelResponse } from '../model/index.js';
import { withSpan } from '../trace/index.js';
import type { Span } from '../trace/index.js';
import type { Activation } from './activate-agent.js';
import { checkInput, inputGuardrails } from './check-input.js';
import { decideNextStep } from './decide-next-step.js';
import type { NextStep } from './decide-next-step.js';
import { executeActions } from './execute-actions.js';
import { prepareRequest } from './prepare-request.js';
import { readResponse } from './read-response.js';
import { recordResponse, ResponseTeller } from './record-response.js';
import { stepKey } from './run-scope.js';
import type { RunScope } from './run-scope.js';
import { describeResponse, startGeneration } from './trace-turn.js';

/** One model call and the actions it asks for; a turn whose response is already there goes on with its actions. */
export async function runTurn(scope: RunScope, activation: Activation): Promise<NextStep> {
  const { state } = scope;
  if (state.phase.type === 'model') {
    state.admitInput();
    // Run items are made only for those who iterate.
    const teller = scope.streamed ? new ResponseTeller(scope, activation) : undefined;
    const response = await askModel(scope, activation, teller);
    const told = recordResponse(scope, activation, { response, teller });
    if (told !== undefined) await told;
  }
  state.resumeActions();
  const outcome = await executeActions(scope, activation);
  const next = await decideNextStep(scope, activation, outcome);
  switch (next.type) {
    case 'run_again':
    case 'handoff':
      state.endTurn({ type: 'model' });
      break;
    case 'interruption':
      state.endTurn({ type: 'interruption', ...(outcome.held.length > 0 && { held: outcome.held }) });
      break;
    case 'final_output':
      break; // final only once the output guardrails have passed
    default:
      next satisfies never;
  }
  return next;
}

/** Steps 1 and 2. */
function askModel(scope: RunScope, activation: Activation, teller: ResponseTeller | undefined): PromiseLike<ModelResponse> {
  // Instructions and filters are functions of the app, which may hang.
  const preparing = orAbort(prepareRequest(scope, activation), scope.signal);
  const call = (request: ModelRequest): Promise<ModelResponse> =>
    callBeside(scope, activation, { request, teller });
  return isPromise(preparing) ? preparing.then(call) : call(preparing);
}

/** In the first turn the parallel input guardrails run beside the call, and no action before them. */
function callBeside(scope: RunScope, activation: Activation, prepared: PreparedCall): Promise<ModelResponse> {
  const guardrails = inputGuardrails(scope, 'parallel');
  return guardrails.length === 0
    ? callWithin(scope, activation, prepared)
    : callBehindBarrier(scope, activation, { ...prepared, guardrails });
}

/** The first failure of guardrails or call cancels the other, which is awaited: nothing is left running behind. */
async function callBehindBarrier(
  scope: RunScope,
  activation: Activation,
  prepared: PreparedCall & { readonly guardrails: readonly InputGuardrail<never>[] },
): Promise<ModelResponse> {
  const barrier = openAbortScope(scope.signal);
  const guarded = { ...scope, signal: barrier.signal };
  const failures: unknown[] = [];
  const orCancelOther = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      failures.push(error);
      barrier.abort(error);
      return undefined;
    }
  };
  const [results, response] = await Promise.all([
    orCancelOther(() => checkInput(guarded, prepared.guardrails)),
    orCancelOther(() => callWithin(guarded, activation, prepared)),
  ]);
  barrier.close();
  if (results !== undefined) scope.state.recordInputGuardrails(results, response !== undefined);
  if (results !== undefined && response !== undefined) return response;
  throw failures[0];
}

interface PreparedCall {
  readonly request: ModelRequest;
  /** Absent where nobody listens. */
  readonly teller: ResponseTeller | undefined;
}

function callWithin(
  scope: RunScope,
  activation: Activation,
  prepared: PreparedCall,
): Promise<ModelResponse> {
  const { agent, model } = activation;
  const { ports, signal } = scope;
  const { teller } = prepared;
  // Beside guardrails the call has a signal of its own.
  const request = prepared.request.signal === signal ? prepared.request : { ...prepared.request, signal };
  const span = startGeneration(scope, model, request);
  const call = (): Promise<ModelResponse> => {
    signal?.throwIfAborted();
    // What fails before this is no turn [JS-2].
    scope.state.startTurn();
    const given = ports.callModel({
      step: stepKey(scope, 'model/0'),
      model,
      request,
      onEvent: teller && ((event) => teller.onEvent(event)),
    });
    return given.then((response) => noteResponse(scope, { agent, span, given: response }));
  };
  return withSpan(span, () => {
    const told = ports.emit({ type: 'llm_start', agent, request });
    return told === undefined ? call() : told.then(call);
  });
}

interface GivenResponse {
  readonly agent: AnyAgent;
  readonly span: Span;
  readonly given: unknown;
}

function noteResponse(scope: RunScope, { agent, span, given }: GivenResponse): ModelResponse | Promise<ModelResponse> {
  const response = readResponse(given);
  // Counted as soon as it is there: the call is paid for, whatever becomes of its answer.
  scope.state.context.usage.add(response.usage);
  describeResponse(scope, span, response);
  const told = scope.ports.emit({ type: 'llm_end', agent, response });
  return told === undefined ? response : told.then(() => response);
}
