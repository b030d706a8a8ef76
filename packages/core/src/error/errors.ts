import { toText } from '../internal/json.js';
import { AgentsError } from './agents-error.js';

/** The app uses Baton in a way that cannot work; the message says what to change. */
export class UserError extends AgentsError {
  override readonly code = 'BATON_USER';
  override readonly name = 'UserError';
}

/** Baton broke a promise of its own; please report it. */
export class SystemError extends AgentsError {
  override readonly code = 'BATON_SYSTEM';
  override readonly name = 'SystemError';
}

/** The run needed more turns than `maxTurns` allows. */
export class MaxTurnsExceededError extends AgentsError {
  override readonly code = 'BATON_MAX_TURNS_EXCEEDED';
  override readonly name = 'MaxTurnsExceededError';
  readonly maxTurns: number;

  constructor(maxTurns: number) {
    super(`Max turns (${maxTurns}) exceeded`);
    this.maxTurns = maxTurns;
  }
}

/** The run was cancelled by its signal or by `cancel()`; `cause` is the signal's reason. */
export class RunCancelledError extends AgentsError {
  override readonly code = 'BATON_RUN_CANCELLED';
  override readonly name = 'RunCancelledError';

  constructor(options?: ErrorOptions) {
    super('The run was cancelled', options);
  }
}

/** The run took longer than its `timeoutMs`. */
export class RunTimeoutError extends AgentsError {
  override readonly code = 'BATON_RUN_TIMEOUT';
  override readonly name = 'RunTimeoutError';
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super(`The run took longer than its time limit of ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}

/** The model did something it may not: called an unknown tool, sent broken JSON, gave no answer. */
export class ModelBehaviorError extends AgentsError {
  override readonly code: 'BATON_MODEL_BEHAVIOR' | 'BATON_INVALID_TOOL_INPUT' | 'BATON_INVALID_FINAL_OUTPUT' =
    'BATON_MODEL_BEHAVIOR';
  override readonly name: string = 'ModelBehaviorError';
}

/** The arguments of a tool call are not JSON or do not fit the tool's parameters. */
export class InvalidToolInputError extends ModelBehaviorError {
  override readonly code = 'BATON_INVALID_TOOL_INPUT';
  override readonly name = 'InvalidToolInputError';
  readonly toolName: string;

  constructor(toolName: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.toolName = toolName;
  }
}

/** The model's last answer does not fit the agent's output type. */
export class InvalidFinalOutputError extends ModelBehaviorError {
  override readonly code = 'BATON_INVALID_FINAL_OUTPUT';
  override readonly name = 'InvalidFinalOutputError';
}

/** The model declined to answer; `refusal` is its own text. */
export class ModelRefusalError extends AgentsError {
  override readonly code = 'BATON_MODEL_REFUSAL';
  override readonly name = 'ModelRefusalError';
  readonly refusal: string;

  constructor(refusal: string) {
    super(`The model refused to answer: ${refusal}`);
    this.refusal = refusal;
  }
}

/** What is known of a model call that failed on its way. */
export interface ModelRequestErrorDetails {
  /** HTTP status, where an answer came at all. */
  statusCode?: number | undefined;
  /** The provider's own error code, e.g. `rate_limit_exceeded`. */
  errorCode?: string | undefined;
  /** The provider's id of the request, for its support. */
  requestId?: string | undefined;
  /** Milliseconds the provider asks to wait. */
  retryAfterMs?: number | undefined;
  /** No complete answer came: refused connection, dropped stream, DNS. */
  isNetworkError?: boolean | undefined;
  /** Output of this answer had already been streamed; sending again would repeat it. */
  responseStarted?: boolean | undefined;
  cause?: unknown;
}

/** A model call failed: refused by the provider, unreachable, or its stream broke off. */
export class ModelRequestError extends AgentsError {
  override readonly code = 'BATON_MODEL_REQUEST';
  override readonly name = 'ModelRequestError';
  readonly statusCode: number | undefined;
  readonly errorCode: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly isNetworkError: boolean;
  readonly responseStarted: boolean;

  constructor(message: string, details: ModelRequestErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.statusCode = details.statusCode;
    this.errorCode = details.errorCode;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
    this.isNetworkError = details.isNetworkError ?? false;
    this.responseStarted = details.responseStarted ?? false;
  }
}

/** A model call, or the wait for its first token, took longer than allowed. */
export class ModelTimeoutError extends AgentsError {
  override readonly code = 'BATON_MODEL_TIMEOUT';
  override readonly name = 'ModelTimeoutError';
  readonly timeoutMs: number;

  constructor(timeoutMs: number, options?: ErrorOptions) {
    super(`The model call took longer than its time limit of ${timeoutMs} ms`, options);
    this.timeoutMs = timeoutMs;
  }
}

/** A tool returned something that cannot be shown to a model. */
export class InvalidToolOutputError extends AgentsError {
  override readonly code = 'BATON_INVALID_TOOL_OUTPUT';
  override readonly name = 'InvalidToolOutputError';
}

/** A tool threw and its `errorFunction` is null; `cause` is what it threw. */
export class ToolCallError extends AgentsError {
  override readonly code = 'BATON_TOOL_CALL';
  override readonly name = 'ToolCallError';
  readonly toolName: string;

  constructor(toolName: string, options: ErrorOptions) {
    super(`Error running tool ${toolName}: ${messageOf(options.cause)}`, options);
    this.toolName = toolName;
  }
}

/** A tool took longer than its `timeoutMs`. */
export class ToolTimeoutError extends AgentsError {
  override readonly code = 'BATON_TOOL_TIMEOUT';
  override readonly name = 'ToolTimeoutError';
  readonly toolName: string;
  readonly timeoutMs: number;

  constructor(toolName: string, timeoutMs: number) {
    super(`Tool ${toolName} took longer than its time limit of ${timeoutMs} ms`);
    this.toolName = toolName;
    this.timeoutMs = timeoutMs;
  }
}

/** A guardrail itself threw; `cause` is what it threw. */
export class GuardrailExecutionError extends AgentsError {
  override readonly code = 'BATON_GUARDRAIL_EXECUTION';
  override readonly name = 'GuardrailExecutionError';
  readonly guardrailName: string;

  constructor(guardrailName: string, options: ErrorOptions) {
    super(`Guardrail ${guardrailName} failed: ${messageOf(options.cause)}`, options);
    this.guardrailName = guardrailName;
  }
}

/** The text of anything thrown. */
export function messageOf(error: unknown): string {
  return toText(error instanceof Error ? error.message : error);
}
