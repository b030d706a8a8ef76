import type { Approvals, RunContext } from '../context/index.js';
import type { AgentInputItem, ToolCallResultItem } from '../item/index.js';
import type { AgentGraph } from './agent-graph.js';

/** What a new state starts from. */
export interface RunStateOptions<TContext> {
  readonly runId: string;
  readonly graph: AgentGraph;
  readonly context: RunContext<TContext>;
  readonly maxTurns: number | null;
  readonly server?: ServerConversation | undefined;
  /** Decisions of the run that this one is nested in. */
  readonly outerApprovals?: Approvals | undefined;
  /** What the run is given, until it stands in the transcript. */
  readonly input?: readonly AgentInputItem[] | undefined;
}

/** A conversation that the provider keeps, and how much of the transcript it knows. */
export interface ServerConversation {
  readonly conversationId?: string | undefined;
  readonly previousResponseId?: string | undefined;
  /** Continue from the run's own responses, without an id to start from. */
  readonly auto: boolean;
  /** The provider knows every entry before this one, but for those left out. */
  readonly sentUpTo: number;
  /** Entries that the run's input filter has left out so far, by place in the transcript. */
  readonly leftOut?: readonly number[] | undefined;
  /** What is left out of the request that is under way. */
  readonly leavingOut?: readonly number[] | undefined;
}

/** What the model is given instead of the transcript's beginning, after a handoff filter. */
export interface TranscriptView {
  /** The view stands for every entry before this one. */
  readonly upTo: number;
  readonly items: readonly AgentInputItem[];
}

/** An output that waits for its hooks and for the outputs of earlier calls, as the transcript will have it. */
export interface EarlyResult {
  readonly item: ToolCallResultItem;
  readonly output?: unknown;
}

/** Where an answer belongs. */
export interface ToolResultPlace {
  /** Position of the call it answers. */
  readonly call: number;
  readonly origin: 'tool' | 'injected';
  /** What the tool returned, where that differs from what the model is shown. */
  readonly output?: unknown;
}

/** Where a run stands. */
export type RunPhase =
  /** The next thing is a model call. */
  | { readonly type: 'model' }
  /** A response has come; its actions are not all done. */
  | { readonly type: 'actions' }
  /** Some actions wait for a human; those held, by place in the transcript, wait for one of them. */
  | { readonly type: 'interruption'; readonly held?: readonly number[] }
  | { readonly type: 'final_output'; readonly output: unknown };
