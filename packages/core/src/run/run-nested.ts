import { Agent } from '../agent/index.js';
import type { AnyAgent, RunHookEvents, RunStreamEvent } from '../agent/index.js';
import { SystemError, UserError } from '../error/index.js';
import { HookEmitter } from '../internal/hook-emitter.js';
import { toInputItems } from '../item/index.js';
import { NestedInterruption } from '../tool/index.js';
import type { NestedRunOutcome, NestedRunRequest } from '../tool/index.js';
import { createAgentGraph } from './agent-graph.js';
import { checkMaxTurns, checkTimeLimit } from './check-run-options.js';
import { executeRun } from './execute-run.js';
import { toNestedKey } from './nested-position.js';
import { notifyHooks } from './notify-hooks.js';
import { openRunScopeIfLimited } from './open-run-scope.js';
import { DEFAULT_MAX_TURNS } from './run-config.js';
import { isStreamEvent } from './run-events.js';
import type { RunEvent } from './run-events.js';
import { LazyRunMemory } from './run-memory.js';
import { RunResources } from './run-resources.js';
import { RunResult } from './run-result.js';
import type { AnyRunState, NestedPlace, RunScope } from './run-scope.js';
import { RunState } from './run-state.js';

/**
 * Runs another agent inside a tool call: with the outer run's context, usage, configuration and
 * cancellation, and a state of its own that is stored with the outer one. A call that was interrupted
 * inside goes on from that state.
 */
export async function runNested(
  outer: RunScope,
  place: NestedPlace,
  request: NestedRunRequest,
): Promise<NestedRunOutcome> {
  const { agent, options = {} } = request;
  if (!(agent instanceof Agent)) throw new SystemError('A nested run needs an agent');
  checkMaxTurns(options.maxTurns);
  checkTimeLimit(options.timeoutMs);
  const resumed = outer.state.nestedRun(place);
  if (resumed !== undefined && resumed.startingAgent.name !== agent.name) {
    throw new UserError(
      `The tool of call ${toNestedKey(place)} ran agent "${resumed.startingAgent.name}" before it waited, and now runs "${agent.name}" in its place. ` +
        'Let the tool run the same agents in the same order when it goes on.',
    );
  }
  const state = resumed ?? newState(outer, place, { agent, request });
  outer.state.recordNestedRun(place, state);
  const { model, modelSettings, timeoutMs } = options;
  const abort = openRunScopeIfLimited({ signal: request.signal, outer: place.signal, timeoutMs, runtime: outer.runtime });
  const scope: RunScope = {
    ...outer,
    state,
    config: {
      ...outer.config,
      ...(model !== undefined && { model }),
      ...(modelSettings !== undefined && { modelSettings }),
    },
    ports: { ...outer.ports, emit: nestedEmit(outer, place, { state, request, signal: abort?.signal }) },
    session: options.session,
    signal: abort?.signal,
    span: place.span,
    parentSpan: place.span,
    streamed: outer.streamed || request.onEvent !== undefined,
    errorHandlers: undefined,
    resources: new RunResources(outer.logger),
    runMemory: new LazyRunMemory(),
    stopAfterTurn: () => false,
  };
  try {
    const end = await executeRun(scope);
    return end.type === 'interruption'
      ? { type: 'interrupted', interruption: new NestedInterruption() }
      : { type: 'done', result: new RunResult(state) };
  } finally {
    abort?.close();
  }
}

function newState(
  outer: RunScope,
  place: NestedPlace,
  { agent, request }: { readonly agent: AnyAgent; readonly request: NestedRunRequest },
): AnyRunState {
  const maxTurns = request.options?.maxTurns;
  return new RunState<never>({
    runId: `${outer.state.runId}/${toNestedKey(place)}`,
    graph: createAgentGraph(agent),
    context: outer.state.context,
    maxTurns: maxTurns === undefined ? DEFAULT_MAX_TURNS : maxTurns,
    outerApprovals: outer.state.approvals,
    input: toInputItems(request.input),
  });
}

interface Nested {
  readonly state: AnyRunState;
  readonly request: NestedRunRequest;
  readonly signal: AbortSignal | undefined;
}

/** Events of the nested run go to the tool's own listener and, with their path, to the outer run's. */
function nestedEmit(
  outer: RunScope,
  place: NestedPlace,
  { state, request, signal }: Nested,
): (event: RunEvent) => void | Promise<void> {
  const hooks = new HookEmitter<RunHookEvents>(); // run hooks are the outer run's; the agents have their own
  const listeners = { hooks, runContext: state.context, signal };
  const step = { agent: request.agent.name, callId: place.toolCall.callId };
  // The request's type does not know the events of this room.
  const onEvent = request.onEvent as ((event: RunStreamEvent) => void | Promise<void>) | undefined;
  return async (event) => {
    if (!isStreamEvent(event)) return notifyHooks(listeners, event);
    await onEvent?.(event);
    return outer.ports.emit(
      event.type === 'nested_stream_event'
        ? { ...event, path: [step, ...event.path] }
        : { type: 'nested_stream_event', path: [step], event },
    );
  };
}
