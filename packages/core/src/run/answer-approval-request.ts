import { RunToolApprovalItem } from '../agent/index.js';
import type { ApprovalDecision } from '../context/index.js';
import { UserError } from '../error/index.js';
import { toolCallName } from '../item/index.js';
import type { HostedApprovalRequestItem } from '../item/index.js';
import type { HostedTool, LocalToolOutput } from '../tool/index.js';
import type { Activation } from './activate-agent.js';
import { askOnApproval } from './ask-on-approval.js';
import type { RunScope } from './run-scope.js';

/** What a hosted tool is told, or that a human has to be asked first. */
export type ApprovalAnswer =
  | { readonly type: 'output'; readonly value: unknown; readonly output: LocalToolOutput }
  | { readonly type: 'waiting'; readonly interruptions: readonly RunToolApprovalItem[] };

/** Answers a hosted tool that asks before it does something: as the human, or the tool's own `onApproval`, says. */
export async function answerApprovalRequest(
  { state }: RunScope,
  activation: Activation,
  { seq, toolCall }: { readonly seq: number; readonly toolCall: HostedApprovalRequestItem },
): Promise<ApprovalAnswer> {
  const request = new RunToolApprovalItem(toolCall, activation.agent, String(seq));
  const decision =
    state.approvals.decisionOn(String(seq), toolCallName(toolCall)) ??
    (await askOnApproval(askerOf(activation, toolCall), request, { state, who: `"${request.name}"` }));
  if (decision === undefined) return { type: 'waiting', interruptions: [request] };
  checkArguments(decision, toolCall);
  const { approved: approve, message: reason } = decision;
  return {
    type: 'output',
    value: approve,
    output: {
      type: 'hosted_approval_response',
      approve,
      ...(reason !== undefined && { reason }),
    },
  };
}

function askerOf(
  { tools }: Activation,
  { serverLabel }: HostedApprovalRequestItem,
): HostedTool<never>['onApproval'] {
  for (const tool of tools) {
    if (tool.type === 'hosted_tool' && tool.serverLabel === serverLabel) return tool.onApproval;
  }
  return undefined;
}

function checkArguments(decision: ApprovalDecision, toolCall: HostedApprovalRequestItem): void {
  if (decision.arguments === undefined || decision.arguments === toolCall.arguments) return;
  throw new UserError(
    `The arguments of "${toolCallName(toolCall)}" cannot be changed: its provider runs the tool as it asked. Approve it as it is, or reject it.`,
  );
}
