import { RunToolApprovalItem } from '../agent/index.js';
import type { AnyAgent } from '../agent/index.js';
import type { ApprovalDecision } from '../context/index.js';
import { ModelBehaviorError, UserError } from '../error/index.js';
import type { FunctionCallItem } from '../item/index.js';
import { toolOutputText } from '../tool/index.js';
import type { FunctionTool, ToolCallDetails } from '../tool/index.js';
import { withSpan } from '../trace/index.js';
import type { Activation } from './activate-agent.js';
import { checkToolInput, checkToolOutput } from './check-tool.js';
import type { ToolErrorFormatterArgs } from './run-config.js';
import type { ToolResult } from './run-ports.js';
import { mayShowData, stepKey } from './run-scope.js';
import type { RunScope } from './run-scope.js';

/** A call of a function tool that has to be answered. */
export interface PendingCall {
  readonly seq: number;
  readonly toolCall: FunctionCallItem;
}

/** The answer to a call: an output, or that a human has to be asked first. */
export type ToolAnswer =
  | ({ readonly type: 'output' } & ToolResult)
  | { readonly type: 'waiting'; readonly interruptions: readonly RunToolApprovalItem[] };

/** The text a model reads of a call that a human refused, where they say nothing themselves. */
export const REJECTION_MESSAGE = 'Tool execution was not approved.';

/** Answers one call: asks for approval where it is needed, then runs the tool inside its hooks. */
export async function answerToolCall(
  scope: RunScope,
  activation: Activation,
  { call, signal }: { readonly call: PendingCall; readonly signal: AbortSignal },
): Promise<ToolAnswer> {
  const { seq, toolCall } = call;
  const tool = activation.functionTools.get(toolCall.name);
  if (tool === undefined) return answerUnknownTool(scope, activation, toolCall);
  const { state } = scope;
  let decision = state.approvals.decisionOn(String(seq), tool.name);
  if (decision === undefined && (await needsApproval(scope, tool, toolCall))) {
    // Somebody may have decided while the question was asked [HIT-01].
    decision = state.approvals.decisionOn(String(seq), tool.name);
    if (decision === undefined && scope.config.toolExecution?.preApprovalInputGuardrails === true) {
      const refused = await checkToolInput(scope, { tool, toolCall, agent: activation.agent });
      if (refused !== undefined) return { type: 'output', value: refused, output: refused };
    }
    if (decision === undefined) return waiting(new RunToolApprovalItem(toolCall, activation.agent, String(seq)));
  }
  if (decision?.approved === false) {
    const message =
      decision.message ??
      (await wordToolError(scope, toolCall, {
        kind: 'approval_rejected',
        defaultMessage: REJECTION_MESSAGE,
      }));
    return { type: 'output', value: message, output: message };
  }
  checkDecision(decision, toolCall);
  if (tool.effect === 'once' && state.nestedRun(seq) === undefined) {
    if (state.startedCalls.has(seq)) return { type: 'output', value: UNKNOWN_OUTCOME, output: UNKNOWN_OUTCOME };
    state.markCallStarted(seq);
  }
  const input = decision?.arguments ?? toolCall.arguments;
  const result = await runTool(scope, activation, { call, tool, input, signal });
  if (result.interrupted === true) return waiting(...state.nestedInterruptions(seq));
  state.forgetNestedRun(seq);
  return { type: 'output', ...result };
}

/** What the model reads of a tool that may run only once, where its process died while it ran. */
export const UNKNOWN_OUTCOME =
  'The process stopped while this tool was running. It may or may not have taken effect; it was not run again.';

function waiting(...interruptions: readonly RunToolApprovalItem[]): ToolAnswer {
  return { type: 'waiting', interruptions };
}

/** A decision holds for the call that the human saw, and for no other [JS-46]. */
function checkDecision(decision: ApprovalDecision | undefined, toolCall: FunctionCallItem): void {
  const seen = decision?.call;
  if (seen === undefined) return;
  if (seen.name === toolCall.name && seen.arguments === toolCall.arguments) return;
  throw new UserError(
    `The call of tool "${toolCall.name}" is not the one that was approved: its name or arguments have changed since. Ask again.`,
  );
}

/** A function is asked with checked arguments; where they cannot be checked, a human has to look [HIT-06]. */
async function needsApproval(
  scope: RunScope,
  tool: FunctionTool<never>,
  toolCall: FunctionCallItem,
): Promise<boolean> {
  if (typeof tool.needsApproval === 'boolean') return tool.needsApproval;
  if (toolCall.arguments.trim() === '') return true;
  const parsed = await tool.parse(toolCall.arguments);
  if (!parsed.ok) return true;
  return tool.needsApproval(scope.state.context, parsed.value, toolCall.callId);
}

interface ToolRun {
  readonly call: PendingCall;
  readonly tool: FunctionTool<never>;
  readonly input: string;
  readonly signal: AbortSignal;
}

async function runTool(
  scope: RunScope,
  activation: Activation,
  { call, tool, input, signal }: ToolRun,
): Promise<ToolResult> {
  const { agent } = activation;
  const { seq, toolCall } = call;
  const { ports, state } = scope;
  const showData = mayShowData(scope);
  const span = scope.tracer.startSpan(
    { type: 'function', name: tool.name, ...(showData && { input }) },
    scope.span,
  );
  return withSpan(span, async () => {
    const refused = await checkToolInput(scope, { tool, toolCall, agent });
    if (refused !== undefined) return { value: refused, output: refused };
    // A call that goes on inside has told its start before.
    if (state.nestedRun(seq) === undefined) {
      await ports.emit({ type: 'agent_tool_start', agent, tool, toolCall });
    }
    signal.throwIfAborted();
    const details: ToolCallDetails = {
      toolCall,
      signal,
      idempotencyKey: `${state.runId}/${seq}`,
      agentName: agent.name,
      includeSensitiveData: showData,
      runAgent: (request) =>
        scope.runNested(scope, { seq, toolCall, agent, signal, span }, request),
      reportProgress: (progress) => {
        void ports.emit({ type: 'tool_progress', toolCall, agent, progress });
      },
    };
    const ran = await ports.executeTool({
      step: stepKey(scope, 'tool', seq),
      tool,
      toolCall,
      input,
      runContext: state.context,
      details,
    });
    if (ran.interrupted === true) return ran;
    const blocked = await checkToolOutput(scope, { tool, toolCall, agent }, ran.value);
    const result = blocked === undefined ? ran : { value: blocked, output: blocked };
    const text = toolOutputText(result.output);
    if (showData && span.data.type === 'function') span.data.output = text;
    await ports.emit({ type: 'agent_tool_end', agent, tool, toolCall, result: text });
    return result;
  });
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
  const { agent, functionTools } = activation;
  const unknown = calls.find(({ toolCall }) => !functionTools.has(toolCall.name));
  if (unknown !== undefined) throw new ModelBehaviorError(notFound(agent, unknown.toolCall));
}

function notFound(agent: AnyAgent, toolCall: FunctionCallItem): string {
  return `Tool ${toolCall.name} not found in agent ${agent.name}`;
}

async function answerUnknownTool(
  scope: RunScope,
  activation: Activation,
  toolCall: FunctionCallItem,
): Promise<ToolAnswer> {
  const { agent, functionTools, handoffs } = activation;
  const known = [...functionTools.keys(), ...handoffs.keys()];
  const text = await wordToolError(scope, toolCall, {
    kind: 'tool_not_found',
    defaultMessage: `${notFound(agent, toolCall)}. Available: ${known.length > 0 ? known.join(', ') : 'none'}.`,
  });
  return { type: 'output', value: text, output: text };
}

async function wordToolError(
  scope: RunScope,
  toolCall: FunctionCallItem,
  error: Pick<ToolErrorFormatterArgs, 'kind' | 'defaultMessage'>,
): Promise<string> {
  const { name: toolName, callId } = toolCall;
  const runContext = scope.state.context;
  const own = await scope.config.toolErrorFormatter?.({ ...error, toolName, callId, runContext });
  return own ?? error.defaultMessage;
}
