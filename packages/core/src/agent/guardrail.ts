import type { RunContext } from '../context/index.js';
import type { AgentInputItem } from '../item/index.js';
import type { ModelResponse } from '../model/index.js';

/** What a guardrail says: `outputInfo` is kept on the result, a tripwire stops the run. */
export interface GuardrailFunctionOutput {
  readonly tripwireTriggered: boolean;
  readonly outputInfo?: unknown;
}

/** What an input guardrail is given. */
export interface InputGuardrailFunctionArgs<TContext = unknown> {
  readonly agent: { readonly name: string };
  /** The input of the run as it was given. */
  readonly input: string | readonly AgentInputItem[];
  readonly context: RunContext<TContext>;
  /** Aborts when the run is cancelled or another guardrail tripped. */
  readonly signal: AbortSignal;
}

/**
 * A check on the input of a run, by the first agent, in its first turn. It runs beside the first model
 * call; no tool starts before it is done, and a tripwire cancels the call.
 *
 * @example
 * ```ts
 * import type { InputGuardrail } from '@baton/core';
 *
 * export const noHomework: InputGuardrail = {
 *   name: 'no_homework',
 *   execute: ({ input }) => ({ tripwireTriggered: JSON.stringify(input).includes('homework') }),
 * };
 * ```
 */
export interface InputGuardrail<TContext = unknown> {
  readonly name: string;
  /** `false`: done before the first model call instead of beside it; default `true`. */
  readonly runInParallel?: boolean;
  readonly execute: (
    args: InputGuardrailFunctionArgs<TContext>,
  ) => GuardrailFunctionOutput | Promise<GuardrailFunctionOutput>;
}

/** What an input guardrail said. */
export interface InputGuardrailResult {
  readonly guardrail: { readonly type: 'input'; readonly name: string };
  readonly output: GuardrailFunctionOutput;
}

/** What an output guardrail is given. */
export interface OutputGuardrailFunctionArgs<TContext = unknown, TFinalOutput = unknown> {
  readonly agent: { readonly name: string };
  readonly agentOutput: TFinalOutput;
  readonly context: RunContext<TContext>;
  readonly signal: AbortSignal;
  readonly details: { readonly modelResponse: ModelResponse | undefined };
}

/** A check on the final output, by the agent that made it, before the run returns it. */
export interface OutputGuardrail<TContext = unknown, TFinalOutput = unknown> {
  readonly name: string;
  readonly execute: (
    args: OutputGuardrailFunctionArgs<TContext, TFinalOutput>,
  ) => GuardrailFunctionOutput | Promise<GuardrailFunctionOutput>;
}

/** What an output guardrail said, and of what. */
export interface OutputGuardrailResult {
  readonly guardrail: { readonly type: 'output'; readonly name: string };
  readonly agentOutput: unknown;
  readonly agent: { readonly name: string };
  readonly output: GuardrailFunctionOutput;
}
