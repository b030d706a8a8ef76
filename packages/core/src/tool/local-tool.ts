import type { RunContext } from '../context/index.js';
import {
  AgentsError,
  InvalidToolInputError,
  messageOf,
  ToolCallError,
  UserError,
} from '../error/index.js';
import type {
  ExecutableTool,
  ToolApprovalHandler,
  ToolEffect,
  ToolEnabledOptions,
} from './executable-tool.js';
import { parseJson } from './schema-parser.js';
import type { ParseResult } from './schema-parser.js';
import type { ToolCallDetails } from './tool-context.js';
import type { ToolInputGuardrail, ToolOutputGuardrail } from './tool-guardrail.js';
import type { LocalToolOutput, ToolResult } from './tool-result.js';
import { checkTimeLimit, withinTime } from './within-time.js';

/** Options of every local tool; `TInput` is what its calls ask for. */
export interface LocalToolOptions<TContext, TInput> {
  /** Names the tool in hooks, traces and errors. */
  readonly name?: string;
  /** Whether a human has to agree first; default `false`. */
  readonly needsApproval?:
    | boolean
    | ((
        runContext: RunContext<TContext>,
        input: TInput,
        callId: string,
      ) => boolean | Promise<boolean>);
  /** Decides at once on a call that needs approval; without it the run waits for a human. */
  readonly onApproval?: ToolApprovalHandler<TContext>;
  /** Whether the tool is offered to the model; default `true`. */
  readonly isEnabled?:
    | boolean
    | ((options: ToolEnabledOptions<TContext>) => boolean | Promise<boolean>);
  /** What running does to the world; default `once`, the careful one. */
  readonly effect?: ToolEffect;
  /** Longest time a call may take, in milliseconds; none by default. */
  readonly timeoutMs?: number;
  /** Checks before the tool starts. */
  readonly inputGuardrails?: readonly ToolInputGuardrail<TContext>[];
  /** Checks on what the tool gave, before the model is shown it. */
  readonly outputGuardrails?: readonly ToolOutputGuardrail<TContext>[];
}

/** What makes a local tool one of its kind. */
export interface LocalToolKind<TContext, TInput, TAnswers extends ExecutableTool['answers']> {
  readonly answers: TAnswers;
  readonly name: string;
  readonly lane?: string;
  /** Reads what a call asks for. */
  readonly read: (input: unknown) => ReadResult<TInput>;
  readonly run: (call: LocalToolCall<TContext, TInput>) => Promise<LocalToolOutput | string>;
  /** What a failed call is answered with; left out where a failure cannot be told to the model. */
  readonly failed?: (error: unknown, text: string) => LocalToolOutput | string;
}

/** What a call asks for, or why nobody can tell. */
export type ReadResult<TInput> =
  | { readonly ok: true; readonly value: TInput }
  | { readonly ok: false; readonly problem: string };

/** A call of a local tool. */
export interface LocalToolCall<TContext, TInput> {
  readonly runContext: RunContext<TContext>;
  readonly input: TInput;
  readonly details: ToolCallDetails;
}

/** The part of a tool that all local tools share. */
export function createLocalTool<TContext, TInput, TAnswers extends ExecutableTool['answers']>(
  kind: LocalToolKind<TContext, TInput, TAnswers>,
  options: LocalToolOptions<TContext, TInput>,
): ExecutableTool<TContext> & { readonly answers: TAnswers } {
  const { name = kind.name, needsApproval = false } = options;
  if (name.trim() === '') {
    throw new UserError(`A tool has an empty name. Leave it out: it is then "${kind.name}".`);
  }
  checkTimeLimit({ name, timeoutMs: options.timeoutMs });
  const parse = (text: string): ReadResult<TInput> => {
    const json = parseJson(text);
    return json.ok ? kind.read(json.value) : json;
  };
  return {
    name,
    answers: kind.answers,
    effect: options.effect ?? 'once',
    ...(kind.lane !== undefined && { lane: kind.lane }),
    isEnabled: options.isEnabled ?? true,
    needsApproval:
      typeof needsApproval === 'function'
        ? (runContext, input, callId) =>
            // The run calls this with what `parse` gave.
            needsApproval(runContext, input as TInput, callId)
        : needsApproval,
    ...(options.onApproval !== undefined && { onApproval: options.onApproval }),
    inputGuardrails: options.inputGuardrails ?? [],
    outputGuardrails: options.outputGuardrails ?? [],
    parse: parse satisfies (text: string) => ParseResult,
    invoke: async (runContext, text, details) => {
      try {
        const input = parse(text);
        if (!input.ok) {
          throw new InvalidToolInputError(name, `Invalid input for tool ${name}: ${input.problem}`);
        }
        return await withinTime({ name, timeoutMs: options.timeoutMs }, details, (timed) =>
          kind.run({ runContext, input: input.value, details: timed }),
        );
      } catch (error) {
        // A cancelled run is over: nobody is left to read an error text.
        if (details.signal.aborted) throw error;
        if (kind.failed !== undefined) {
          details.noteFailure?.(error);
          return kind.failed(error, failureText(error, details));
        }
        throw error instanceof AgentsError ? error : new ToolCallError(name, { cause: error });
      }
    },
    toResult: localToolResult,
  };
}

/** The text a model reads of a local tool that failed. */
function failureText(error: unknown, { includeSensitiveData }: ToolCallDetails): string {
  return includeSensitiveData
    ? messageOf(error)
    : 'An error occurred while running the tool. Please try again.';
}

function localToolResult(value: unknown): ToolResult {
  const output = value as LocalToolOutput | string; // what `invoke` above gives
  return { value: typeof output === 'object' && 'output' in output ? output.output : output, output };
}
