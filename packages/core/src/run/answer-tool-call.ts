import { ModelBehaviorError } from '../error/index.js';
import type { FunctionCallItem } from '../item/index.js';
import { toolOutputText } from '../tool/index.js';
import type { FunctionTool, ToolCallDetails } from '../tool/index.js';
import { withSpan } from '../trace/index.js';
import type { Activation } from './activate-agent.js';
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
  | { readonly type: 'needs_approval' };

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
  if (tool === undefined) return unknownTool(scope, activation, toolCall);
  const { state } = scope;
  let decision = state.approvals.decisionOn(String(seq), tool.name);
  if (decision === undefined && (await needsApproval(scope, tool, toolCall))) {
    // Somebody may have decided while the question was asked [HIT-01].
    decision = state.approvals.decisionOn(String(seq), tool.name);
    if (decision === undefined) return { type: 'needs_approval' };
  }
  if (decision?.approved === false) {
    const message = decision.message ?? REJECTION_MESSAGE;
    return { type: 'output', value: message, output: message };
  }
  const input = decision?.arguments ?? toolCall.arguments;
  const result = await runTool(scope, activation, { call, tool, input, signal });
  return { type: 'output', ...result };
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
    await ports.emit({ type: 'agent_tool_start', agent, tool, toolCall });
    signal.throwIfAborted();
    const details: ToolCallDetails = {
      toolCall,
      signal,
      idempotencyKey: `${state.runId}/${seq}`,
      agentName: agent.name,
      includeSensitiveData: showData,
      reportProgress: (progress) => {
        void ports.emit({ type: 'tool_progress', toolCall, agent, progress });
      },
    };
    const result = await ports.executeTool({
      step: stepKey(scope, 'tool', seq),
      tool,
      toolCall,
      input,
      runContext: state.context,
      details,
    });
    const text = toolOutputText(result.output);
    if (showData && span.data.type === 'function') span.data.output = text;
    await ports.emit({ type: 'agent_tool_end', agent, tool, toolCall, result: text });
    return result;
  });
}

function unknownTool(scope: RunScope, activation: Activation, toolCall: FunctionCallItem): ToolAnswer {
  const { agent, functionTools, handoffs } = activation;
  const message = `Tool ${toolCall.name} not found in agent ${agent.name}`;
  if (scope.config.toolNotFoundBehavior !== 'return_error_to_model') {
    throw new ModelBehaviorError(message);
  }
  const known = [...functionTools.keys(), ...handoffs.keys()];
  const text = `${message}. Available: ${known.length > 0 ? known.join(', ') : 'none'}.`;
  return { type: 'output', value: text, output: text };
}
