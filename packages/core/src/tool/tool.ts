import type { RunContext } from '../context/index.js';
import {
  InvalidToolInputError,
  messageOf,
  ToolCallError,
  ToolTimeoutError,
  UserError,
} from '../error/index.js';
import { isPromise } from '../internal/is-promise.js';
import { isRecord } from '../internal/json.js';
import type { ToolEffect, ToolEnabledOptions } from './executable-tool.js';
import type { FunctionTool } from './function-tool.js';
import { createSchemaParser, parseJson } from './schema-parser.js';
import type { AnySchema, ParseResult, SchemaOutput, SchemaParser } from './schema-parser.js';
import type { ToolCallDetails } from './tool-context.js';
import type { ToolInputGuardrail, ToolOutputGuardrail } from './tool-guardrail.js';
import { toFunctionName } from './tool-name.js';
import { toToolOutput } from './tool-output.js';
import { checkTimeLimit, withinTime } from './within-time.js';

/** What the model reads when a tool failed; `null` instead of the function lets the run fail. */
export type ToolErrorFunction<TContext = unknown> = (
  runContext: RunContext<TContext>,
  error: unknown,
  details: ToolCallDetails,
) => string | Promise<string>;

/** The arguments of a tool as its `execute` gets them. */
export type ToolInput<TParameters> = [TParameters] extends [AnySchema]
  ? SchemaOutput<TParameters>
  : Record<string, never>;

/** What a tool may give back: a value, or progress and then a value. */
export type ToolReturn<TResult> =
  | TResult
  | Promise<TResult>
  | Generator<unknown, TResult>
  | AsyncGenerator<unknown, TResult>;

/** What `tool()` takes. */
export interface ToolOptions<TParameters extends AnySchema | undefined, TContext, TResult> {
  /** Shown to the model; characters a model cannot write in a name become `_`. */
  readonly name: string;
  /** Shown to the model: what the tool does and when to use it. */
  readonly description?: string;
  /** zod 4.2 or newer, another Standard Schema with JSON Schema, or JSON Schema; none: no arguments. */
  readonly parameters?: TParameters;
  /** Hold the model to the schema exactly; default `true`. */
  readonly strict?: boolean;
  /** Show the tool to the model only once a tool search has found it; needs a provider that searches. Default `false`. */
  readonly deferLoading?: boolean;
  /** Does the work. Yields of a generator are progress, its return value is the output. */
  readonly execute: (
    input: ToolInput<TParameters>,
    runContext: RunContext<TContext>,
    details: ToolCallDetails,
  ) => ToolReturn<TResult>;
  /** What running does to the world; default `once`, the careful one. */
  readonly effect?: ToolEffect;
  /** Whether a human has to agree first; default `false`. */
  readonly needsApproval?:
    | boolean
    | ((
        runContext: RunContext<TContext>,
        input: ToolInput<TParameters>,
        callId: string,
      ) => boolean | Promise<boolean>);
  /** Whether the tool is offered to the model; default `true`. */
  readonly isEnabled?:
    | boolean
    | ((options: ToolEnabledOptions<TContext>) => boolean | Promise<boolean>);
  /** What the model reads when the tool failed; `null`: the run fails with a `ToolCallError`. */
  readonly errorFunction?: ToolErrorFunction<TContext> | null;
  /** Longest time the tool may take, in milliseconds; none by default. */
  readonly timeoutMs?: number;
  /** Whether a time-out is told to the model (default) or fails the run. */
  readonly timeoutBehavior?: 'error_as_result' | 'raise_exception';
  /** Checks on the arguments, before the tool starts. */
  readonly inputGuardrails?: readonly ToolInputGuardrail<TContext>[];
  /** Checks on what the tool returned, before the model is shown it. */
  readonly outputGuardrails?: readonly ToolOutputGuardrail<TContext>[];
  readonly providerData?: Readonly<Record<string, unknown>>;
}

/**
 * Makes a tool of a function: the model chooses when to call it, its arguments are checked, its result is
 * shown to the model. Argument types are inferred from `parameters`.
 *
 * @throws UserError where the name is empty or the schema cannot be used (see `strict`).
 *
 * @example
 * ```ts
 * import { tool } from '@baton/core';
 * import * as z from 'zod';
 *
 * export const getWeather = tool({
 *   name: 'get_weather',
 *   description: 'The weather in a city, now',
 *   parameters: z.object({ city: z.string() }),
 *   execute: ({ city }) => `It is sunny in ${city}`,
 * });
 * ```
 */
export function tool<
  TParameters extends AnySchema | undefined = undefined,
  TContext = unknown,
  TResult = unknown,
>(options: ToolOptions<TParameters, TContext, TResult>): FunctionTool<TContext> {
  const name = toFunctionName(options.name ?? '');
  if (name === '') {
    throw new UserError('A tool has an empty name. Give it a name that the model can call it by.');
  }
  if (typeof options.execute !== 'function') {
    throw new UserError(`Tool "${name}" has no execute function. Pass one that does its work.`);
  }
  checkTimeLimit({ name, timeoutMs: options.timeoutMs });
  const parser = createSchemaParser(options.parameters ?? NO_PARAMETERS, {
    what: `tool "${name}"`,
    strict: options.strict ?? true,
  });
  const { needsApproval = false, isEnabled = true } = options;
  const parse = (input: string): ParseResult | Promise<ParseResult> => parseArguments(parser, input);
  const named = { ...options, name };
  return {
    type: 'function',
    answers: 'function_call',
    name,
    description: options.description ?? '',
    parameters: parser.jsonSchema,
    strict: parser.strict,
    effect: options.effect ?? 'once',
    ...(options.deferLoading === true && { deferLoading: true }),
    ...(options.providerData !== undefined && { providerData: options.providerData }),
    isEnabled,
    inputGuardrails: options.inputGuardrails ?? [],
    outputGuardrails: options.outputGuardrails ?? [],
    needsApproval:
      typeof needsApproval === 'function'
        ? (runContext, input, callId) =>
            // The run calls this with what `parse` gave, which has the schema's type.
            needsApproval(runContext, input as ToolInput<TParameters>, callId)
        : needsApproval,
    parse,
    invoke: (runContext, input, details) => invoke(named, parse, { runContext, input, details }),
    toResult: (value) => ({ value, output: toToolOutput(value) }),
  };
}

/** The text a model reads of a failed tool where no `errorFunction` says otherwise [TL-6]. */
export const defaultToolErrorFunction: ToolErrorFunction = (_runContext, error, details) => {
  const text = 'An error occurred while running the tool. Please try again.';
  return details.includeSensitiveData ? `${text} Error: ${messageOf(error)}` : text;
};

const NO_PARAMETERS = { type: 'object', properties: {}, additionalProperties: false } as const;

interface Invocation<TContext> {
  readonly runContext: RunContext<TContext>;
  readonly input: string;
  readonly details: ToolCallDetails;
}

async function invoke<TParameters extends AnySchema | undefined, TContext, TResult>(
  options: ToolOptions<TParameters, TContext, TResult>,
  parse: (input: string) => ParseResult | Promise<ParseResult>,
  invocation: Invocation<TContext>,
): Promise<unknown> {
  const { runContext, details } = invocation;
  try {
    const parsing = wasCutOff(invocation) ? CUT_OFF : parse(invocation.input);
    const parsed = isPromise(parsing) ? await parsing : parsing;
    if (!parsed.ok) {
      throw new InvalidToolInputError(
        options.name,
        `Invalid JSON input for tool ${options.name}: ${parsed.problem}`,
      );
    }
    const returned = execute(options, invocation, parsed.value);
    // An async function may give a generator, too.
    const value = isPromise(returned) ? await returned : returned;
    return isGenerator(value) ? await drain(value, details) : value;
  } catch (error) {
    // A cancelled run is over: nobody is left to read an error text.
    if (details.signal.aborted) throw error;
    const timedOut = error instanceof ToolTimeoutError;
    if (timedOut && options.timeoutBehavior === 'raise_exception') throw error;
    if (options.errorFunction !== null) {
      details.noteFailure?.(error);
      return await (options.errorFunction ?? defaultToolErrorFunction)(runContext, error, details);
    }
    if (timedOut || error instanceof InvalidToolInputError) throw error;
    throw new ToolCallError(options.name, { cause: error });
  }
}

/** No arguments at all are none; those of an answer that was cut off before them are not known. */
function wasCutOff<TContext>({ input, details: { toolCall } }: Invocation<TContext>): boolean {
  return input.trim() === '' && toolCall.type === 'function_call' && toolCall.status === 'incomplete';
}

const CUT_OFF: ParseResult = { ok: false, problem: 'the answer was cut off before the arguments' };

function execute<TParameters extends AnySchema | undefined, TContext, TResult>(
  options: ToolOptions<TParameters, TContext, TResult>,
  { runContext, details }: Invocation<TContext>,
  parsed: unknown,
): unknown {
  const input = parsed as ToolInput<TParameters>; // what the schema's own validation gave
  if (options.timeoutMs === undefined) return options.execute(input, runContext, details);
  return withinTime(options, details, async (timed) => {
    const value: unknown = await options.execute(input, runContext, timed);
    return isGenerator(value) ? drain(value, timed) : value;
  });
}

type ToolProgress = Generator | AsyncGenerator;

/** The value of a generator; what it yields goes out as progress. */
async function drain(generator: ToolProgress, details: ToolCallDetails): Promise<unknown> {
  for (;;) {
    const step = await generator.next();
    if (step.done === true) return step.value;
    details.reportProgress(step.value);
    if (details.signal.aborted) {
      await generator.return(undefined); // closes it; its value is not used
      throw details.signal.reason;
    }
  }
}

function isGenerator(value: unknown): value is ToolProgress {
  return (
    isRecord(value) &&
    typeof value['next'] === 'function' &&
    typeof value['return'] === 'function' &&
    (Symbol.asyncIterator in value || Symbol.iterator in value)
  );
}

function parseArguments(parser: SchemaParser, input: string): ParseResult | Promise<ParseResult> {
  const json = parseJson(input);
  if (!json.ok) return json;
  if (!isRecord(json.value)) {
    return { ok: false, problem: 'expected an object with the arguments by name' };
  }
  return parser.parse(json.value);
}
