import type { RunContext } from '../context/index.js';
import type { ToolCallItem } from '../item/index.js';
import type { Model, ModelRequest, ModelResponse, ModelStreamEvent } from '../model/index.js';
import type { FunctionTool, LocalTool, ToolCallDetails, ToolResult } from '../tool/index.js';
import type { RunEvent } from './run-events.js';

/** Names one side effect of one run, the same after every resume: `run/turn/agent/kind/ordinal`. */
export type StepKey = string;

/** A model call about to be made. */
export interface ModelCall {
  readonly step: StepKey;
  readonly model: Model;
  readonly request: ModelRequest;
  /** Somebody listens: stream the response, and tell each event. Left out, one piece is enough. */
  readonly onEvent?: ((event: ModelStreamEvent) => void | Promise<void>) | undefined;
}

/** A tool about to run. */
export interface ToolInvocation {
  readonly step: StepKey;
  readonly tool: FunctionTool<never> | LocalTool<never>;
  readonly toolCall: ToolCallItem;
  /** What to run with, as JSON text: arguments, actions, commands, or an operation. */
  readonly input: string;
  readonly runContext: RunContext<never>;
  readonly details: ToolCallDetails;
}

/** Makes a model call. */
export type CallModel = (call: ModelCall) => Promise<ModelResponse>;

/** Runs a tool. */
export type ExecuteTool = (invocation: ToolInvocation) => Promise<ToolResult>;

/** Code around every model call: change the call, call `next` never, once or often, change the response. */
export type ModelMiddleware = (call: ModelCall, next: CallModel) => Promise<ModelResponse>;

/** Code around every tool execution, in the same way. */
export type ToolMiddleware = (invocation: ToolInvocation, next: ExecuteTool) => Promise<ToolResult>;

/** All that a run does to the world: two side effects, and one way to tell what happens. */
export interface RunPorts {
  readonly callModel: CallModel;
  readonly executeTool: ExecuteTool;
  /** A promise where the listener needs the run to wait. */
  readonly emit: (event: RunEvent) => void | Promise<void>;
}

type Step<TInput, TOutput> = (input: TInput) => Promise<TOutput>;

/** The function inside its middleware; the first of the list is outermost. */
export function wrap<TInput, TOutput>(
  inner: Step<TInput, TOutput>,
  middleware: readonly ((
    input: TInput,
    next: Step<TInput, TOutput>,
  ) => Promise<TOutput>)[] = [],
): Step<TInput, TOutput> {
  return middleware.reduceRight<Step<TInput, TOutput>>(
    // What throws at once has failed for the middleware around it, too.
    (next, each) => async (input) => each(input, next),
    inner,
  );
}
