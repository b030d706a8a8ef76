import type { AnyAgent, HandoffInputFilter, InputGuardrail, OutputGuardrail } from '../agent/index.js';
import type { RunContext } from '../context/index.js';
import type { AgentInputItem } from '../item/index.js';
import type { Logger } from '../internal/logger.js';
import type { Runtime } from '../internal/runtime.js';
import type { Model, ModelProvider, ModelSettings } from '../model/index.js';
import type { Session } from '../session/index.js';
import type { Tracer, TracingConfig } from '../trace/index.js';
import type { RunErrorHandlers } from './error-handlers.js';
import type { ModelMiddleware, ToolMiddleware } from './run-ports.js';

/** Whether a call of a tool that does not exist ends the run (default) or is told to the model. */
export type ToolNotFoundBehavior = 'raise_error' | 'return_error_to_model';

/** What a `toolErrorFormatter` is asked for. */
export interface ToolErrorFormatterArgs<TContext = unknown> {
  readonly kind: 'approval_rejected' | 'tool_not_found';
  readonly toolName: string;
  readonly callId: string;
  readonly defaultMessage: string;
  readonly runContext: RunContext<TContext>;
}

/** Words the texts that a model reads in place of a tool output; nothing keeps the default. */
export type ToolErrorFormatter<TContext = unknown> = (
  args: ToolErrorFormatterArgs<TContext>,
) => string | undefined | Promise<string | undefined>;

/** Whether two tools of one name are refused (default), or the last one wins with a warning. */
export type ToolNameCollisionPolicy = 'error' | 'warn';

/** Whether reasoning items are sent back with their ids (default) or without. */
export type ReasoningItemIdPolicy = 'preserve' | 'omit';

/** Stands for a final output that an output guardrail refused; a function is told which one. */
export type OutputGuardrailBlockedMessage<TContext = unknown> =
  | string
  | ((args: {
      readonly defaultMessage: string;
      readonly guardrailName: string;
      readonly agent: AnyAgent;
      readonly runContext: RunContext<TContext>;
    }) => string | undefined | Promise<string | undefined>);

/** How the tools of a turn run. */
export interface ToolExecutionConfig {
  /** Most function tools at a time; all of a turn at once by default. */
  readonly maxFunctionToolConcurrency?: number | null;
  /** Run a tool's input guardrails also before a human is asked, not only before the tool starts. */
  readonly preApprovalInputGuardrails?: boolean;
}

/**
 * Makes the conversation of a run out of what the session has and what is new. It may leave out, repeat
 * and reorder; items of the session are not stored again, items of its own are stored.
 */
export type SessionInputCallback = (
  historyItems: readonly AgentInputItem[],
  newItems: readonly AgentInputItem[],
) => readonly AgentInputItem[] | Promise<readonly AgentInputItem[]>;

/** Tells a conversation in fewer items. */
export type HandoffHistoryMapper = (
  history: readonly AgentInputItem[],
) => readonly AgentInputItem[] | Promise<readonly AgentInputItem[]>;

/** What a model call is given. */
export interface ModelInputData {
  readonly input: readonly AgentInputItem[];
  readonly instructions?: string | undefined;
}

/** Changes what a model call is given: for trimming, redacting, adding. */
export type CallModelInputFilter<TContext = unknown> = (args: {
  readonly modelData: ModelInputData;
  readonly agent: AnyAgent;
  readonly context: RunContext<TContext>;
}) => ModelInputData | Promise<ModelInputData>;

/** Settings for all runs of a `Runner`; each can be given to a single run too, which then wins. */
export interface RunConfig<TContext = unknown> {
  /** Model of every agent, whatever the agents say themselves [RC-1]. */
  readonly model?: string | Model | undefined;
  /** Finds models that are given by name. */
  readonly modelProvider?: ModelProvider | undefined;
  /** Win over every agent's, field by field; `0` and `false` are values [RC-3]. */
  readonly modelSettings?: ModelSettings | undefined;
  /** For handoffs that have no filter of their own. */
  readonly handoffInputFilter?: HandoffInputFilter | undefined;
  /** Run after the starting agent's own. */
  readonly inputGuardrails?: readonly InputGuardrail<TContext>[] | undefined;
  /** Run after the last agent's own. Refused where the provider keeps the conversation: it would keep what they refuse. */
  readonly outputGuardrails?: readonly OutputGuardrail<TContext>[] | undefined;
  /** Joins what a session has and the new input; by default the one after the other. */
  readonly sessionInputCallback?: SessionInputCallback | undefined;
  /**
   * Changes what each model call is given; the transcript stays as it is. Where the provider keeps the conversation,
   * it is given what is new: outputs of the provider's calls that it leaves out are sent all the same, and other items
   * are offered again with the next call, unless it wrote items of its own.
   */
  readonly callModelInputFilter?: CallModelInputFilter<TContext> | undefined;
  readonly toolExecution?: ToolExecutionConfig | undefined;
  readonly toolNotFoundBehavior?: ToolNotFoundBehavior | undefined;
  readonly toolNameCollisionPolicy?: ToolNameCollisionPolicy | undefined;
  readonly toolErrorFormatter?: ToolErrorFormatter<TContext> | undefined;
  readonly outputGuardrailBlockedMessage?: OutputGuardrailBlockedMessage<TContext> | undefined;
  readonly reasoningItemIdPolicy?: ReasoningItemIdPolicy | undefined;
  /** Tell the next agent of a handoff what was before in one message, where no filter says what it sees. */
  readonly nestHandoffHistory?: boolean | undefined;
  /** Makes that one message, or several, of the conversation; by default a numbered list. */
  readonly handoffHistoryMapper?: HandoffHistoryMapper | undefined;
  /** Wraps every model call; the first is outermost. */
  readonly modelMiddleware?: readonly ModelMiddleware[] | undefined;
  /** Wraps every tool execution; the first is outermost. */
  readonly toolMiddleware?: readonly ToolMiddleware[] | undefined;
  /** Where the run tells what it does; nowhere by default. */
  readonly tracer?: Tracer | undefined;
  readonly tracingDisabled?: boolean | undefined;
  /** Whether traces, and error texts for the model, may hold inputs, outputs and error messages; default `true`. */
  readonly traceIncludeSensitiveData?: boolean | undefined;
  /** Names the trace; default "Agent workflow". */
  readonly workflowName?: string | undefined;
  readonly traceId?: string | undefined;
  /** Links the traces of one conversation. */
  readonly groupId?: string | undefined;
  readonly traceMetadata?: Readonly<Record<string, string>> | undefined;
  /** The key its trace is sent with, and whether the run and its turns have spans. */
  readonly tracing?: TracingConfig | undefined;
  /** Clock, ids and waiting; the platform's by default. */
  readonly runtime?: Runtime | undefined;
  readonly logger?: Logger | undefined;
}

/** What a single run can be given beside its input. */
export interface RunOptions<TContext = unknown> extends RunConfig<TContext> {
  /** Your own object for tools, guardrails, hooks and instructions; or a run context to add usage to. */
  readonly context?: TContext | RunContext<TContext> | undefined;
  /** Most model calls; `null` for no limit; default 10 [RUN-1]. */
  readonly maxTurns?: number | null | undefined;
  /** Cancels the run. */
  readonly signal?: AbortSignal | undefined;
  /** Longest time the run may take, in milliseconds; then it fails with a `RunTimeoutError`. */
  readonly timeoutMs?: number | undefined;
  /** Final outputs in place of failures. */
  readonly errorHandlers?: RunErrorHandlers<TContext> | undefined;
  /** Conversation to load and to add to. */
  readonly session?: Session | undefined;
  /** Continue a conversation kept by the provider, from this response on. */
  readonly previousResponseId?: string | undefined;
  /** Continue a conversation kept by the provider. */
  readonly conversationId?: string | undefined;
  /** Let the provider keep the conversation of this run, without an id to start from. */
  readonly autoPreviousResponseId?: boolean | undefined;
}

/** Default of `maxTurns` [RUN-1]. */
export const DEFAULT_MAX_TURNS = 10;
