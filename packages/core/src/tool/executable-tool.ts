import type { RunContext } from '../context/index.js';
import type { ToolCallItem } from '../item/index.js';
import type { ParseResult } from './schema-parser.js';
import type { ToolCallDetails } from './tool-context.js';
import type { ToolInputGuardrail, ToolOutputGuardrail } from './tool-guardrail.js';
import type { ToolResult } from './tool-result.js';

/**
 * What running a tool does to the world, so that a resumed run knows what it may repeat:
 * `none` reads only, `idempotent` may run again under the same key, `once` must never run again.
 */
export type ToolEffect = 'none' | 'idempotent' | 'once';

/** What a run needs to know of any tool that this process runs; kinds of tools differ in this data only. */
export interface ExecutableTool<TContext = unknown> {
  readonly name: string;
  /** The calls it answers: function calls by its name, others by their type alone. */
  readonly answers: ToolCallItem['type'];
  readonly effect: ToolEffect;
  /** Calls of one lane run one after the other, in call order, beside all others. */
  readonly lane?: string;
  /** Whether the tool is offered to the model; a function is asked each time an agent becomes active. */
  readonly isEnabled:
    | boolean
    | ((options: ToolEnabledOptions<TContext>) => boolean | Promise<boolean>);
  /** Whether a human has to agree to a call; a function is given input that is checked already. */
  readonly needsApproval:
    | boolean
    | ((
        runContext: RunContext<TContext>,
        input: unknown,
        callId: string,
      ) => boolean | Promise<boolean>);
  /** Decides at once on a call that needs approval, in place of waiting for a human. */
  readonly onApproval?: ToolApprovalHandler<TContext>;
  /** Checks before the tool starts, in order. */
  readonly inputGuardrails: readonly ToolInputGuardrail<TContext>[];
  /** Checks on what the tool returned, in order. */
  readonly outputGuardrails: readonly ToolOutputGuardrail<TContext>[];
  /** Reads what a model asks for, as JSON text. */
  readonly parse: (input: string) => ParseResult | Promise<ParseResult>;
  /** Runs the tool on what a model asks for; failures are dealt with as the tool's options say. */
  readonly invoke: (
    runContext: RunContext<TContext>,
    input: string,
    details: ToolCallDetails,
  ) => Promise<unknown>;
  /** Makes of what `invoke` gave what the model is shown. */
  readonly toResult: (value: unknown) => ToolResult;
}

/** What `isEnabled` is asked with. */
export interface ToolEnabledOptions<TContext> {
  readonly runContext: RunContext<TContext>;
  readonly agent: { readonly name: string };
}

/** A call that needs approval, as `onApproval` is shown it. */
export interface ToolApprovalRequest {
  readonly rawItem: ToolCallItem;
  readonly agent: { readonly name: string };
  readonly name: string;
  /** What the call asks for, as JSON text. */
  readonly arguments: string;
}

/** Decides on a call that needs approval; `reason` is what the model reads of a refusal. */
export type ToolApprovalHandler<TContext = unknown> = (
  runContext: RunContext<TContext>,
  approvalItem: ToolApprovalRequest,
) => ToolApprovalAnswer | Promise<ToolApprovalAnswer>;

/** What `onApproval` says. */
export interface ToolApprovalAnswer {
  readonly approve: boolean;
  readonly reason?: string;
}
