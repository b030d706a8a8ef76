import type { AnyAgent, RunHookEvents, RunStreamEvent } from '../agent/index.js';
import { RunContext } from '../context/index.js';
import { RunCancelledError, UserError } from '../error/index.js';
import { orAbort } from '../internal/abort-scope.js';
import { EventStream } from '../internal/event-stream.js';
import type { HookEmitter } from '../internal/hook-emitter.js';
import { consoleLogger } from '../internal/logger.js';
import { systemRuntime } from '../internal/runtime.js';
import { toInputItems } from '../item/index.js';
import type { AgentInputItem } from '../item/index.js';
import { Usage } from '../model/index.js';
import { noopTracer } from '../trace/index.js';
import { createAgentGraph } from './agent-graph.js';
import { callModel } from './call-model.js';
import { checkInputItems, checkRunOptions } from './check-run-options.js';
import { chooseConversation } from './conversation.js';
import { executeRun } from './execute-run.js';
import { executeTool } from './execute-tool.js';
import { notifyHooks } from './notify-hooks.js';
import { DEFAULT_MAX_TURNS } from './run-config.js';
import type { RunOptions } from './run-config.js';
import { isStreamEvent } from './run-events.js';
import { wrap } from './run-ports.js';
import { openRunScope, openRunScopeIfLimited } from './open-run-scope.js';
import { runNested } from './run-nested.js';
import { LazyRunMemory } from './run-memory.js';
import { RunResources } from './run-resources.js';
import { RunResult } from './run-result.js';
import { withRetries } from './retry-model-call.js';
import type { AnyRunState, RunScope } from './run-scope.js';
import { RunState } from './run-state.js';
import { StreamedRunResult } from './streamed-run-result.js';
import type { CancelOptions } from './streamed-run-result.js';

/** What can be run: a question, a conversation, or a stored run. */
export type RunInput = string | readonly AgentInputItem[] | RunState;

/** A run to start. */
export interface RunStart {
  readonly agent: AnyAgent;
  readonly input: RunInput;
  readonly options: RunOptions<never>;
  readonly hooks: HookEmitter<RunHookEvents>;
}

/** Runs to the end and returns the result. */
export function startRun(start: RunStart): Promise<RunResult<never>> {
  const state = toState(start);
  const abort = openRunScopeIfLimited(start.options);
  const result = executeRun(toScope(start, state, { signal: abort?.signal })).then(() => new RunResult(state));
  return abort === undefined ? result : result.finally(() => abort.close());
}

/** Starts and returns at once; the run goes on behind its result. */
export function startStreamedRun(start: RunStart): StreamedRunResult<never> {
  const state = toState(start);
  const abort = openRunScope(start.options);
  const outcome: { cancelled: boolean; error: unknown } = { cancelled: false, error: undefined };
  let stopping = false;
  const cancel = ({ mode = 'immediate' }: CancelOptions = {}): void => {
    stopping = true;
    if (mode === 'immediate') abort.abort(new RunCancelledError());
  };
  const events = new EventStream<RunStreamEvent>({ onAbandoned: cancel });
  // A reader that has stopped reading must not hold up the end of a run that is cancelled.
  const onAbort = (): void => events.waitForNobody();
  if (abort.signal.aborted) onAbort();
  else abort.signal.addEventListener('abort', onAbort, { once: true });
  const stopAfterTurn = (): boolean | Promise<boolean> => {
    // A reader that stops the run after this turn has to be asked before the next one starts [STR-09].
    const read = stopping ? undefined : events.caughtUp();
    if (read === undefined) return stopping;
    return orAbort(read.then(() => stopping), abort.signal);
  };
  const scope = toScope(start, state, { signal: abort.signal, events, stopAfterTurn });
  const completed = executeRun(scope).then(
    (end) => {
      outcome.cancelled = end.type === 'stopped';
      events.end();
    },
    (error: unknown) => {
      outcome.cancelled = error instanceof RunCancelledError;
      if (outcome.cancelled) {
        events.end();
        return;
      }
      outcome.error = error;
      events.end({ error });
      throw error;
    },
  ).finally(() => abort.close());
  // Who only iterates learns of the error there.
  completed.catch(() => undefined);
  return new StreamedRunResult(state, { events, completed, cancel, outcome });
}

function toState({ agent, input, options }: RunStart): AnyRunState {
  const { context } = options;
  checkRunOptions(options);
  if (input instanceof RunState) {
    const usage = new Usage(input.context.usage);
    return RunState.copyOf(input, {
      context:
        context === undefined || context instanceof RunContext
          ? context
          : new RunContext(context, usage),
      maxTurns: options.maxTurns,
    });
  }
  if (typeof input !== 'string' && !Array.isArray(input)) {
    throw new UserError(
      `The input of a run is ${input === null ? 'null' : typeof input}. Pass a string, a list of items, or a RunState.`,
    );
  }
  if (typeof input !== 'string') checkInputItems(input);
  const maxTurns = options.maxTurns === undefined ? DEFAULT_MAX_TURNS : options.maxTurns;
  return new RunState<never>({
    runId: (options.runtime ?? systemRuntime).newId('run'),
    graph: createAgentGraph(agent),
    // Without a context the agents need none: run() asks for one where they do.
    context: context instanceof RunContext ? context : new RunContext(context as never),
    maxTurns,
    server: chooseConversation(options),
    input: toInputItems(input),
  });
}

interface Surroundings {
  readonly signal: AbortSignal | undefined;
  readonly events?: EventStream<RunStreamEvent>;
  readonly stopAfterTurn?: RunScope['stopAfterTurn'];
}

function toScope(
  { options, hooks }: RunStart,
  state: AnyRunState,
  { signal, events, stopAfterTurn = neverStops }: Surroundings,
): RunScope {
  const runtime = options.runtime ?? systemRuntime;
  const listeners = { hooks, runContext: state.context, signal };
  const logger = options.logger ?? consoleLogger;
  const tracer = options.tracingDisabled === true ? noopTracer : (options.tracer ?? noopTracer);
  return {
    state,
    config: options,
    ports: {
      callModel: wrap(withRetries(callModel, runtime), options.modelMiddleware),
      executeTool: wrap(executeTool, options.toolMiddleware),
      emit: (event) =>
        isStreamEvent(event) ? events?.write(event) : notifyHooks(listeners, event),
    },
    session: options.session,
    signal,
    tracer,
    span: NO_SPAN,
    runtime,
    logger,
    runNested,
    errorHandlers: options.errorHandlers,
    resources: new RunResources(logger),
    runMemory: new LazyRunMemory(),
    streamed: events !== undefined,
    stopAfterTurn,
  };
}

const neverStops = (): boolean => false;

/** Stands until the run's own trace is started. */
const NO_SPAN = noopTracer.startTrace({ workflowName: '', includeSensitiveData: false });
