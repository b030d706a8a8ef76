import type {
  ApplyPatchCallItem,
  ApplyPatchCallResultItem,
  ApplyPatchOperation,
  ComputerCallResultItem,
  ComputerUseCallItem,
  HostedApprovalRequestItem,
  HostedApprovalResponseItem,
  ShellCallItem,
  ShellCallResultItem,
} from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import { isForeign, wireFieldsOf } from '../provider-mark.js';

export function toWireComputerCall(item: ComputerUseCallItem): JsonRecord {
  return {
    type: 'computer_call',
    ...idOf(item),
    call_id: item.callId,
    ...(item.action !== undefined && { action: item.action }),
    ...(item.actions !== undefined && { actions: item.actions }),
    pending_safety_checks: [],
    status: item.status ?? 'completed',
    ...fieldsOf(item),
  };
}

export function toWireComputerResult(item: ComputerCallResultItem): JsonRecord {
  const { acknowledged_safety_checks: checks, ...fields } = fieldsOf(item);
  return {
    type: 'computer_call_output',
    ...idOf(item),
    call_id: item.callId,
    output: { type: 'computer_screenshot', image_url: item.output.data },
    // An empty list is refused [JS-107].
    ...(Array.isArray(checks) && checks.length > 0 && { acknowledged_safety_checks: checks }),
    ...fields,
  };
}

export function toWireShellCall(item: ShellCallItem): JsonRecord {
  const { commands, timeoutMs, maxOutputLength } = item.action;
  return {
    type: 'shell_call',
    ...idOf(item),
    call_id: item.callId,
    action: {
      commands,
      timeout_ms: timeoutMs ?? null,
      max_output_length: maxOutputLength ?? null,
    },
    ...(item.status !== undefined && { status: item.status }),
    ...fieldsOf(item),
  };
}

export function toWireShellResult(item: ShellCallResultItem): JsonRecord {
  return {
    type: 'shell_call_output',
    ...idOf(item),
    call_id: item.callId,
    output: item.output.map(({ stdout, stderr, outcome }) => ({
      stdout,
      stderr,
      outcome:
        outcome.type === 'exit'
          ? { type: 'exit', exit_code: outcome.exitCode ?? NO_EXIT_CODE }
          : { type: 'timeout' },
    })),
    ...(item.maxOutputLength !== undefined && { max_output_length: item.maxOutputLength }),
    ...fieldsOf(item),
  };
}

export function toWireApplyPatchCall(item: ApplyPatchCallItem): JsonRecord {
  return {
    type: 'apply_patch_call',
    ...idOf(item),
    call_id: item.callId,
    status: item.status === 'in_progress' ? 'in_progress' : 'completed',
    operation: toWireOperation(item.operation),
    ...fieldsOf(item),
  };
}

export function toWireApplyPatchResult(item: ApplyPatchCallResultItem): JsonRecord {
  return {
    type: 'apply_patch_call_output',
    ...idOf(item),
    call_id: item.callId,
    status: item.status,
    ...(item.output !== undefined && { output: item.output }),
    ...fieldsOf(item),
  };
}

/** The request's id is what its answer names. */
export function toWireApprovalRequest(item: HostedApprovalRequestItem): JsonRecord | undefined {
  if (isForeign(item)) return undefined;
  return {
    type: 'mcp_approval_request',
    id: item.callId,
    server_label: item.serverLabel,
    name: item.name,
    arguments: item.arguments,
    ...fieldsOf(item),
  };
}

export function toWireApprovalResponse(item: HostedApprovalResponseItem): JsonRecord | undefined {
  if (isForeign(item)) return undefined;
  return {
    type: 'mcp_approval_response',
    approval_request_id: item.callId,
    approve: item.approve,
    ...(item.reason !== undefined && { reason: item.reason }),
    ...fieldsOf(item),
  };
}

function toWireOperation(operation: ApplyPatchOperation): JsonRecord {
  if (operation.type !== 'update_file') return { ...operation };
  const { moveTo, ...rest } = operation;
  return { ...rest, ...(moveTo !== undefined && { move_to: moveTo }) };
}

type CallItem =
  | ComputerUseCallItem
  | ComputerCallResultItem
  | ShellCallItem
  | ShellCallResultItem
  | ApplyPatchCallItem
  | ApplyPatchCallResultItem
  | HostedApprovalRequestItem
  | HostedApprovalResponseItem;

/** The id where this provider, or the app in its name, gave it. */
function idOf(item: CallItem): { id?: string } {
  return item.id === undefined || isForeign(item) ? {} : { id: item.id };
}

function fieldsOf(item: CallItem): JsonRecord {
  const { created_by: _createdBy, ...fields } = wireFieldsOf(item);
  return fields;
}

/** For a command that ended without one; shells use it for a command that could not be run. */
const NO_EXIT_CODE = 127;
