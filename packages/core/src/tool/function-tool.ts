import type { RunContext } from '../context/index.js';
import type { JsonSchema } from '../model/index.js';
import type { ParseResult } from './schema-parser.js';
import type { ToolCallDetails } from './tool-context.js';
import type { ToolInputGuardrail, ToolOutputGuardrail } from './tool-guardrail.js';

/**
 * What running a tool does to the world, so that a resumed run knows what it may repeat:
 * `none` reads only, `idempotent` may run again under the same key, `once` must never run again.
 */
export type ToolEffect = 'none' | 'idempotent' | 'once';

/** A tool that this process runs: made by `tool()`. */
export interface FunctionTool<TContext = unknown> {
  readonly type: 'function';
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments, as the model is shown it. */
  readonly parameters: JsonSchema;
  readonly strict: boolean;
  readonly effect: ToolEffect;
  /** The agent behind an agent used as a tool. */
  readonly agent?: { readonly name: string };
  /** Goes to the provider beside the tool; not every provider reads it. */
  readonly providerData?: Readonly<Record<string, unknown>>;
  /** Whether the tool is offered to the model; a function is asked each time an agent becomes active. */
  readonly isEnabled:
    | boolean
    | ((options: ToolEnabledOptions<TContext>) => boolean | Promise<boolean>);
  /** Whether a human has to agree to a call; a function is given arguments that are checked already. */
  readonly needsApproval:
    | boolean
    | ((
        runContext: RunContext<TContext>,
        input: unknown,
        callId: string,
      ) => boolean | Promise<boolean>);
  /** Checks before the tool starts, in order. */
  readonly inputGuardrails: readonly ToolInputGuardrail<TContext>[];
  /** Checks on what the tool returned, in order. */
  readonly outputGuardrails: readonly ToolOutputGuardrail<TContext>[];
  /** Reads the arguments a model wrote. */
  readonly parse: (input: string) => ParseResult | Promise<ParseResult>;
  /** Runs the tool on the arguments a model wrote; failures go through the tool's `errorFunction`. */
  readonly invoke: (
    runContext: RunContext<TContext>,
    input: string,
    details: ToolCallDetails,
  ) => Promise<unknown>;
}

/** What `isEnabled` is asked with. */
export interface ToolEnabledOptions<TContext> {
  readonly runContext: RunContext<TContext>;
  readonly agent: { readonly name: string };
}
