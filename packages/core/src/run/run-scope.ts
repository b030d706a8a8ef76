import type { AnyAgent } from '../agent/index.js';
import type { Logger } from '../internal/logger.js';
import type { Runtime } from '../internal/runtime.js';
import type { Session } from '../session/index.js';
import type { ToolCallItem } from '../item/index.js';
import type { RunMemory } from '../model/index.js';
import type { NestedRunOutcome, NestedRunRequest } from '../tool/index.js';
import type { Span, Tracer } from '../trace/index.js';
import type { NestedPosition } from './nested-position.js';
import type { RunErrorHandlers } from './error-handlers.js';
import type { RunConfig } from './run-config.js';
import type { RunPorts, StepKey } from './run-ports.js';
import type { RunResources } from './run-resources.js';
import type { RunState } from './run-state.js';

/** The state as the run sees it: it never looks into the user's context. */
export type AnyRunState = RunState<never>;

/** The tool call a nested run is inside of. */
export interface NestedPlace extends NestedPosition {
  readonly toolCall: ToolCallItem;
  readonly agent: AnyAgent;
  readonly signal: AbortSignal | undefined;
  readonly span: Span;
}

/** Runs another agent inside a tool call of this run. */
export type RunNested = (
  scope: RunScope,
  place: NestedPlace,
  request: NestedRunRequest,
) => Promise<NestedRunOutcome>;

/** What a run is made of while it runs; none of it is stored. */
export interface RunScope {
  readonly state: AnyRunState;
  readonly config: RunConfig<never>;
  readonly ports: RunPorts;
  readonly session: Session | undefined;
  /** Absent where nothing can cancel the run. */
  readonly signal: AbortSignal | undefined;
  readonly tracer: Tracer;
  readonly span: Span;
  /** The span of the tool call that this run is in. */
  readonly parentSpan?: Span;
  readonly runtime: Runtime;
  readonly logger: Logger;
  /** Runs another agent inside a tool call. */
  readonly runNested: RunNested;
  readonly errorHandlers: RunErrorHandlers<never> | undefined;
  /** What the run's tools have opened. */
  readonly resources: RunResources;
  /** Room for models to remember work between calls. */
  readonly runMemory: RunMemory;
  /** Whether somebody listens to the pieces of model responses. */
  readonly streamed: boolean;
  /** Asked after each turn: whether to stop there. */
  readonly stopAfterTurn: () => boolean | Promise<boolean>;
}

/** The scope inside a span; the same where nothing is recorded. */
export function within(scope: RunScope, span: Span): RunScope {
  // Several times as fast as a spread.
  return span === scope.span ? scope : Object.assign({}, scope, { span });
}

/** The key of a side effect in the current turn. */
export function stepKey(scope: RunScope, effect: `model/${number}` | `tool/${number}`): StepKey {
  const { state } = scope;
  return `${state.runId}/${state.turn}/${state.agentKey}/${effect}`;
}

/** Whether texts and traces may hold data of the run. */
export function mayShowData(scope: RunScope): boolean {
  return scope.config.traceIncludeSensitiveData ?? true;
}
