import type { ToolCallItem } from '../item/index.js';
import type { SerializedTool } from '../model/index.js';
import type { NestedRunOutcome, NestedRunRequest } from './nested-run.js';

/** What a tool is told of the call it answers. */
export interface ToolCallDetails {
  readonly toolCall: ToolCallItem;
  /** Aborts when the run is cancelled, the tool's time is up, or a sibling failed for good. */
  readonly signal: AbortSignal;
  /**
   * The same in every attempt at this call, also after a crash and resume, and different for every other
   * call: hand it to services that take an idempotency key.
   */
  readonly idempotencyKey: string;
  /** The agent that asked. */
  readonly agentName: string;
  /** What that agent offers its model, also what the model is only shown once a search has found it. */
  readonly tools: readonly SerializedTool[];
  /** Whether texts for the model may hold what an error said. */
  readonly includeSensitiveData: boolean;
  /**
   * Runs another agent inside this call, with this run's context, usage, settings and cancellation. Where it
   * waits for a human, return `outcome.interruption`: the tool is called again once the human has decided, and
   * runs that were over then give their results at once, so start the same agents in the same order. For a
   * state that goes through JSON, name the agent on the tool: `{ ...tool({ … }), agent }`. Rejects with a
   * `UserError` once the call is over: it has its output, or its time was up.
   */
  readonly runAgent: (request: NestedRunRequest) => Promise<NestedRunOutcome>;
  /** Tells whoever watches the run how far the tool is; the model does not see it. */
  readonly reportProgress: (progress: unknown) => void;
  /**
   * What the owner needs once per run: opened at its first call, the same for its other calls, disposed of
   * when the run ends in whatever way.
   */
  readonly useResource: <T>(owner: object, open: () => Promise<RunResource<T>>) => Promise<T>;
  /** Notes on the call's span a failure that the model is told of in place of an output; absent where nothing is traced. */
  readonly noteFailure?: (error: unknown) => void;
}

/** Something that lives as long as a run. */
export interface RunResource<T> {
  readonly value: T;
  readonly dispose?: () => void | Promise<void>;
}
