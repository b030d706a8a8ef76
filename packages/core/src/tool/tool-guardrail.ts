import type { RunContext } from '../context/index.js';
import type { ToolCallItem } from '../item/index.js';

/** What follows a tool guardrail: go on, show the model a text instead of the output, or stop the run. */
export type ToolGuardrailBehavior =
  | { readonly type: 'allow' }
  | { readonly type: 'rejectContent'; readonly message: string }
  | { readonly type: 'throwException' };

/** What a tool guardrail says. */
export interface ToolGuardrailFunctionOutput {
  readonly behavior: ToolGuardrailBehavior;
  readonly outputInfo?: unknown;
}

/** What a tool input guardrail is given. */
export interface ToolInputGuardrailData<TContext = unknown> {
  readonly context: RunContext<TContext>;
  readonly agent: { readonly name: string };
  readonly toolCall: ToolCallItem;
}

/** What a tool output guardrail is given. */
export interface ToolOutputGuardrailData<TContext = unknown>
  extends ToolInputGuardrailData<TContext> {
  /** What the tool returned. */
  readonly output: unknown;
}

/** A check on the arguments of a tool call, before the tool starts. */
export interface ToolInputGuardrail<TContext = unknown> {
  readonly name: string;
  readonly run: (
    data: ToolInputGuardrailData<TContext>,
  ) => ToolGuardrailFunctionOutput | Promise<ToolGuardrailFunctionOutput>;
}

/** A check on what a tool returned, before the model is shown it. */
export interface ToolOutputGuardrail<TContext = unknown> {
  readonly name: string;
  readonly run: (
    data: ToolOutputGuardrailData<TContext>,
  ) => ToolGuardrailFunctionOutput | Promise<ToolGuardrailFunctionOutput>;
}

/** What a tool input guardrail said. */
export interface ToolInputGuardrailResult {
  readonly guardrail: { readonly type: 'tool_input'; readonly name: string };
  readonly output: ToolGuardrailFunctionOutput;
}

/** What a tool output guardrail said. */
export interface ToolOutputGuardrailResult {
  readonly guardrail: { readonly type: 'tool_output'; readonly name: string };
  readonly output: ToolGuardrailFunctionOutput;
}

/** A tool input guardrail, with its types inferred. */
export function defineToolInputGuardrail<TContext = unknown>(
  guardrail: ToolInputGuardrail<TContext>,
): ToolInputGuardrail<TContext> {
  return guardrail;
}

/** A tool output guardrail, with its types inferred. */
export function defineToolOutputGuardrail<TContext = unknown>(
  guardrail: ToolOutputGuardrail<TContext>,
): ToolOutputGuardrail<TContext> {
  return guardrail;
}

/** What a tool guardrail can return. */
export const ToolGuardrailFunctionOutputFactory = {
  /** Go on. */
  allow: (outputInfo?: unknown): ToolGuardrailFunctionOutput => ({
    behavior: { type: 'allow' },
    outputInfo,
  }),
  /** Show the model this text in place of the output. */
  rejectContent: (message: string, outputInfo?: unknown): ToolGuardrailFunctionOutput => ({
    behavior: { type: 'rejectContent', message },
    outputInfo,
  }),
  /** Stop the run. */
  throwException: (outputInfo?: unknown): ToolGuardrailFunctionOutput => ({
    behavior: { type: 'throwException' },
    outputInfo,
  }),
} as const;
