import { RunToolApprovalItem } from '../agent/index.js';
import type { AnyAgent } from '../agent/index.js';
import type { ApprovalDecision } from '../context/index.js';
import { ModelBehaviorError, UserError } from '../error/index.js';
import { orAbort } from '../internal/abort-scope.js';
import { WaitList } from '../internal/wait-list.js';
import { toolCallInput, toolCallName } from '../item/index.js';
import type { ToolCallItem } from '../item/index.js';
import { toolOutputText } from '../tool/index.js';
import type { ExecutableTool, FunctionTool, LocalTool, ToolCallDetails, ToolResult } from '../tool/index.js';
import { noopSpan, toSpanError, withSpan } from '../trace/index.js';
import type { Span } from '../trace/index.js';
import type { Activation } from './activate-agent.js';
import { answerApprovalRequest } from './answer-approval-request.js';
import { askOnApproval } from './ask-on-approval.js';
import { checkToolInput, checkToolOutput } from './check-tool.js';
import { readToolResult } from './read-tool-result.js';
import type { ToolErrorFormatterArgs } from './run-config.js';
import { mayShowData, stepKey } from './run-scope.js';
import type { RunScope } from './run-scope.js';
import { toolForCall } from './tool-for-call.js';

/** A call that has to be answered. */
export interface PendingCall<TCall extends ToolCallItem = ToolCallItem> {
  readonly seq: number;
  readonly toolCall: TCall;
}

/** The answer to a call: an output, that a human has to be asked first, or that it stands behind such a call. */
export type ToolAnswer =
  | ({ readonly type: 'output' } & ToolResult)
  | { readonly type: 'waiting'; readonly interruptions: readonly RunToolApprovalItem[] }
  | { readonly type: 'held' };

/** A call, and how it is to be answered. */
export interface AnswerRequest {
  readonly call: PendingCall;
  readonly signal: AbortSignal | undefined;
  /** Ask for approval, but do not run: a call before it in its lane waits. */
  readonly held: boolean;
  /** Told what the tool gave as soon as it is there: it counts, whatever hooks make of it. */
  readonly onOutput: (result: ToolResult) => void;
}

/** The text a model reads of a call that a human refused, where they say nothing themselves. */
export const REJECTION_MESSAGE = 'Tool execution was not approved.';

/** Answers one call: asks for approval where it is needed, then runs the tool inside its hooks. */
export async function answerToolCall(
  scope: RunScope,
  activation: Activation,
  { call, signal, held, onOutput }: AnswerRequest,
): Promise<ToolAnswer> {
  const { seq, toolCall } = call;
  if (toolCall.type === 'hosted_approval_request') {
    return answerApprovalRequest(scope, activation, { seq, toolCall });
  }
  const tool = toolForCall(activation, toolCall);
  if (tool === undefined) return answerUnknownTool(scope, activation, toolCall);
  const { state } = scope;
  const name = toolCallName(toolCall);
  let decision = state.approvals.decisionOn(String(seq), name);
  if (decision === undefined && tool.needsApproval !== false && (await orAbort(needsApproval(scope, tool, toolCall), signal))) {
    // Somebody may have decided while the question was asked [HIT-01].
    decision = state.approvals.decisionOn(String(seq), name);
    if (decision === undefined && scope.config.toolExecution?.preApprovalInputGuardrails === true) {
      const refused = await checkToolInput(scope, { tool, toolCall, agent: activation.agent });
      if (refused !== undefined) return { type: 'output', value: refused, output: refused };
    }
    const request = new RunToolApprovalItem(toolCall, activation.agent, String(seq));
    decision ??= await askOnApproval(tool.onApproval, request, { state, who: `tool "${tool.name}"` });
    if (decision === undefined) return waiting(request);
  }
  if (decision !== undefined && !decision.approved) {
    const own = decision.message === '' ? undefined : decision.message; // it would tell the model nothing
    const message =
      own ??
      (await wordToolError(scope, toolCall, {
        kind: 'approval_rejected',
        defaultMessage: REJECTION_MESSAGE,
      }));
    return { type: 'output', value: message, output: message };
  }
  checkDecision(decision, toolCall);
  if (held) return { type: 'held' };
  if (state.startedCalls.has(seq) && !state.hasNestedRun(seq)) {
    return { type: 'output', value: UNKNOWN_OUTCOME, output: UNKNOWN_OUTCOME };
  }
  const input = decision?.arguments ?? toolCallInput(toolCall);
  const result = await runTool(scope, activation, { call, tool, input, signal, onOutput });
  if (result.interrupted === true) return waiting(...state.nestedInterruptions(seq));
  return { type: 'output', ...result };
}

/** What the model reads of a tool that may run only once, where its process died while it ran. */
export const UNKNOWN_OUTCOME =
  'The process stopped while this tool was running. It may or may not have taken effect; it was not run again.';

function waiting(...interruptions: readonly RunToolApprovalItem[]): ToolAnswer {
  return { type: 'waiting', interruptions };
}

/** A decision holds for the call that the human saw, and for no other [JS-46]. */
function checkDecision(decision: ApprovalDecision | undefined, toolCall: ToolCallItem): void {
  const seen = decision?.call;
  if (seen === undefined) return;
  const name = toolCallName(toolCall);
  if (seen.name === name && seen.arguments === toolCallInput(toolCall)) return;
  throw new UserError(
    `The call of tool "${name}" is not the one that was approved: its name or arguments have changed since. Ask again.`,
  );
}

/** A function is asked with checked arguments; where they cannot be checked, a human has to look [HIT-06]. */
async function needsApproval(
  scope: RunScope,
  tool: ExecutableTool<never>,
  toolCall: ToolCallItem,
): Promise<boolean> {
  if (typeof tool.needsApproval === 'boolean') return tool.needsApproval;
  const input = toolCallInput(toolCall);
  if (input.trim() === '') return true;
  const parsed = await tool.parse(input);
  if (!parsed.ok) return true;
  // Who forgets to answer has not said that it may run.
  const said: unknown = await tool.needsApproval(scope.state.context, parsed.value, toolCall.callId);
  return said !== false;
}

interface ToolRun {
  readonly call: PendingCall;
  readonly tool: FunctionTool<never> | LocalTool<never>;
  readonly input: string;
  readonly signal: AbortSignal | undefined;
  readonly onOutput: (result: ToolResult) => void;
}

function runTool(
  scope: RunScope,
  activation: Activation,
  { call, tool, input, signal, onOutput }: ToolRun,
): Promise<ToolResult> {
  const { agent } = activation;
  const { seq, toolCall } = call;
  const { ports, state } = scope;
  const showData = mayShowData(scope);
  const span = scope.tracer.startSpan(
    {
      type: 'function',
      name: tool.name,
      _call_id: toolCall.callId,
      ...(showData && { input }),
      ...(tool.type === 'function' && tool.mcpServer !== undefined && { mcp_data: JSON.stringify({ server: tool.mcpServer }) }),
    },
    scope.span,
  );
  return withSpan(span, async () => {
    const refused =
      tool.inputGuardrails.length === 0 ? undefined : await checkToolInput(scope, { tool, toolCall, agent });
    if (refused !== undefined) return { value: refused, output: refused };
    // A call that goes on inside has told its start before.
    if (!state.hasNestedRun(seq)) {
      await ports.emit({ type: 'agent_tool_start', agent, tool, toolCall });
    }
    signal?.throwIfAborted();
    const told = new WaitList();
    let nestedRuns = 0;
    let over = false;
    const details: ToolCallDetails = {
      toolCall,
      signal: signal ?? scope.resources.quietSignal,
      idempotencyKey: `${state.runId}/${seq}`,
      agentName: agent.name,
      tools: activation.serializedTools,
      includeSensitiveData: showData,
      runAgent: (request) =>
        over
          ? Promise.reject(callIsOver(tool.name))
          : scope.runNested(scope, { seq, ordinal: nestedRuns++, toolCall, agent, signal, span }, request),
      reportProgress: (progress) => {
        // A tool whose time was up may still be running.
        if (!over) told.add(ports.emit({ type: 'tool_progress', toolCall, agent, progress }));
      },
      useResource: (owner, open) => scope.resources.use(owner, open),
      ...noteFailureOn(span, tool.name),
    };
    if (tool.effect === 'once') state.markCallStarted(seq);
    const invocation = { step: stepKey(scope, `tool/${seq}`), tool, toolCall, input, runContext: state.context, details };
    let ran: ToolResult;
    try {
      ran = readToolResult(tool.name, await ports.executeTool(invocation));
    } finally {
      over = true;
    }
    if (ran.interrupted === true) {
      await told.end();
      return ran;
    }
    const blocked =
      tool.outputGuardrails.length === 0 ? undefined : await checkToolOutput(scope, { tool, toolCall, agent }, ran.value);
    const result = blocked === undefined ? ran : { value: blocked, output: blocked };
    const text = toolOutputText(result.output);
    if (showData && span.data.type === 'function') span.data.output = text;
    onOutput(result);
    const progressTold = told.end();
    if (progressTold !== undefined) await progressTold;
    const ended = ports.emit({ type: 'agent_tool_end', agent, tool, toolCall, result: text });
    if (ended !== undefined) await ended;
    return result;
  });
}

/** What has its output cannot wait for a run any more, nor be stored with one. */
function callIsOver(toolName: string): UserError {
  return new UserError(
    `The call of tool "${toolName}" is over: it has its output, or its time was up. Await runAgent() before the tool returns, ` +
      'and give it the time that its runs need.',
  );
}

/** What a tool tells the model of a failure is an output; only the span knows that it is one [TL-8]. */
function noteFailureOn(span: Span, toolName: string): Pick<ToolCallDetails, 'noteFailure'> | undefined {
  if (span === noopSpan) return undefined;
  return {
    noteFailure: (error) => {
      const { message, ...kind } = toSpanError(error);
      span.setError({ message: 'Error running tool (non-fatal)', ...kind, data: { tool_name: toolName, error: message } });
    },
  };
}

/**
 * Refuses calls of tools that do not exist, before any tool of the turn starts.
 *
 * @throws ModelBehaviorError unless the run tells the model instead.
 */
export function requireKnownTools(
  scope: RunScope,
  activation: Activation,
  calls: readonly PendingCall[],
): void {
  if (scope.config.toolNotFoundBehavior === 'return_error_to_model') return;
  const unknown = calls.find(
    ({ toolCall: { type }, toolCall }) =>
      type !== 'hosted_approval_request' && toolForCall(activation, toolCall) === undefined,
  );
  if (unknown !== undefined) throw new ModelBehaviorError(notFound(activation.agent, unknown.toolCall));
}

function notFound(agent: AnyAgent, toolCall: ToolCallItem): string {
  return toolCall.type === 'function_call'
    ? `Tool ${toolCallName(toolCall)} not found in agent ${agent.name}`
    : `Model produced ${LOCAL_CALLS[toolCall.type]}.`;
}

/** Calls of local tools that the agent does not have [RUN-15]. */
const LOCAL_CALLS = {
  computer_call: 'computer action without a computer tool',
  shell_call: 'shell call without a shell tool',
  apply_patch_call: 'apply_patch call without an apply_patch tool',
  hosted_approval_request: 'a request for approval that nobody answers',
} as const;

async function answerUnknownTool(
  scope: RunScope,
  activation: Activation,
  toolCall: ToolCallItem,
): Promise<ToolAnswer> {
  const { agent, functionTools, handoffs } = activation;
  const known = [...functionTools.keys(), ...handoffs.keys()];
  const text = await wordToolError(scope, toolCall, {
    kind: 'tool_not_found',
    defaultMessage: `${notFound(agent, toolCall).replace(/\.$/, '')}. Available: ${known.length > 0 ? known.join(', ') : 'none'}.`,
  });
  return { type: 'output', value: text, output: text };
}

async function wordToolError(
  scope: RunScope,
  toolCall: ToolCallItem,
  error: Pick<ToolErrorFormatterArgs, 'kind' | 'defaultMessage'>,
): Promise<string> {
  const toolName = toolCallName(toolCall);
  const { callId } = toolCall;
  const runContext = scope.state.context;
  const own = await orAbort(scope.config.toolErrorFormatter?.({ ...error, toolName, callId, runContext }), scope.signal);
  return own ?? error.defaultMessage;
}
