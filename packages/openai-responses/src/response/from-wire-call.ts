import type {
  ApplyPatchCallItem,
  ApplyPatchOperation,
  ComputerAction,
  ComputerUseCallItem,
  HostedApprovalRequestItem,
  ShellCallItem,
} from '@baton/core/model';
import { isRecord, type JsonRecord, recordsOf, textOf } from '@baton/openai-shared';
import { type ProviderMark, withWireFields } from '../provider-mark.js';
import { idOf, statusOf } from './wire-fields.js';

/** A computer call; one action (preview models) or a list of them. */
export function fromWireComputerCall(wire: JsonRecord, mark: ProviderMark): ComputerUseCallItem {
  const action = toAction(wire['action']);
  const actions = recordsOf(wire, 'actions').map(toAction).filter(isAction);
  return {
    type: 'computer_call',
    ...idOf(wire),
    callId: textOf(wire, 'call_id') ?? '',
    ...statusOf(wire),
    ...(action !== undefined && { action }),
    ...(Array.isArray(wire['actions']) && { actions }),
    providerData: withWireFields(mark, wire, COMPUTER_CALL),
  };
}

/** A shell call, with the limits the model asks for. */
export function fromWireShellCall(wire: JsonRecord, mark: ProviderMark): ShellCallItem {
  const action = isRecord(wire['action']) ? wire['action'] : {};
  const commands = action['commands'];
  const timeoutMs = action['timeout_ms'];
  const maxOutputLength = action['max_output_length'];
  return {
    type: 'shell_call',
    ...idOf(wire),
    callId: textOf(wire, 'call_id') ?? '',
    ...statusOf(wire),
    action: {
      commands: Array.isArray(commands) ? commands.map(String) : [],
      ...(typeof timeoutMs === 'number' && { timeoutMs }),
      ...(typeof maxOutputLength === 'number' && { maxOutputLength }),
    },
    providerData: withWireFields(mark, wire, SHELL_CALL),
  };
}

/** A change to a file; `undefined` where the operation is of a kind that Baton does not know. */
export function fromWireApplyPatchCall(
  wire: JsonRecord,
  mark: ProviderMark,
): ApplyPatchCallItem | undefined {
  const operation = toOperation(wire['operation']);
  if (operation === undefined) return undefined;
  return {
    type: 'apply_patch_call',
    ...idOf(wire),
    callId: textOf(wire, 'call_id') ?? '',
    ...statusOf(wire),
    operation,
    providerData: withWireFields(mark, wire, APPLY_PATCH_CALL),
  };
}

/** A hosted MCP server wants to be allowed a call. */
export function fromWireApprovalRequest(
  wire: JsonRecord,
  mark: ProviderMark,
): HostedApprovalRequestItem {
  return {
    type: 'hosted_approval_request',
    ...idOf(wire),
    callId: textOf(wire, 'id') ?? '',
    serverLabel: textOf(wire, 'server_label') ?? '',
    name: textOf(wire, 'name') ?? '',
    arguments: textOf(wire, 'arguments') ?? '',
    providerData: withWireFields(mark, wire, APPROVAL_REQUEST),
  };
}

function toOperation(wire: unknown): ApplyPatchOperation | undefined {
  if (!isRecord(wire)) return undefined;
  const path = textOf(wire, 'path') ?? '';
  const diff = textOf(wire, 'diff') ?? '';
  switch (wire['type']) {
    case 'create_file':
      return { type: 'create_file', path, diff };
    case 'update_file': {
      const moveTo = textOf(wire, 'move_to'); // a newer field than the published schema [JS-109]
      return { type: 'update_file', path, diff, ...(moveTo !== undefined && { moveTo }) };
    }
    case 'delete_file':
      return { type: 'delete_file', path };
    default:
      return undefined;
  }
}

function toAction(wire: unknown): ComputerAction | undefined {
  if (!isRecord(wire)) return undefined;
  const type = textOf(wire, 'type');
  return type === undefined ? undefined : { ...wire, type };
}

function isAction(action: ComputerAction | undefined): action is ComputerAction {
  return action !== undefined;
}

const COMPUTER_CALL = new Set(['type', 'id', 'call_id', 'status', 'action', 'actions']);
const APPROVAL_REQUEST = new Set(['type', 'id', 'server_label', 'name', 'arguments']);
const SHELL_CALL = new Set(['type', 'id', 'call_id', 'status', 'action']);
const APPLY_PATCH_CALL = new Set(['type', 'id', 'call_id', 'status', 'operation']);
