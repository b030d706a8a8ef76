import type { RunToolApprovalItem } from '../agent/index.js';
import type { ApprovalDecision } from '../context/index.js';
import { UserError } from '../error/index.js';
import type { HostedTool } from '../tool/index.js';
import type { AnyRunState } from './run-scope.js';

/** A tool's own word on a call that needs approval. Where it has none, or says nothing, a human is asked. */
export async function askOnApproval(
  onApproval: HostedTool<never>['onApproval'],
  request: RunToolApprovalItem,
  { state, who }: { readonly state: AnyRunState; readonly who: string },
): Promise<ApprovalDecision | undefined> {
  const said = await onApproval?.(state.context, request);
  if (said === undefined) return undefined;
  const { approve, reason } = said;
  if (typeof approve !== 'boolean') {
    throw new UserError(
      `onApproval of ${who} returned no decision. Return { approve: true } or { approve: false, reason }.`,
    );
  }
  return { approved: approve, ...(reason !== undefined && { message: reason }) };
}
