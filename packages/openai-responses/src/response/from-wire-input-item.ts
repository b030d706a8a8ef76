import type {
  AgentInputItem,
  ApplyPatchCallResultItem,
  ComputerCallResultItem,
  FunctionCallResultItem,
  HostedApprovalResponseItem,
  ShellCallResultItem,
  ShellOutput,
  SystemMessageItem,
  ToolCallOutputContent,
  UserMessageItem,
} from '@baton/core/model';
import { isRecord, type JsonRecord, recordsOf, textOf } from '@baton/openai-shared';
import { CUSTOM_OUTPUT } from '../custom-call.js';
import { type ProviderMark, withWireFields } from '../provider-mark.js';
import { fromWireSearchOutput, isSearchHere, SEARCH_OUTPUT } from '../search-call.js';
import { fromWireInputPart } from './from-wire-content.js';
import { fromWireItem } from './from-wire-item.js';
import { idOf, statusOf } from './wire-fields.js';

/**
 * Any item of a conversation that the server keeps: what the model made, and also what it was given.
 * Where a part of it has no word in core the item stays whole, as an unknown one.
 */
export function fromWireInputItem(wire: JsonRecord, mark: ProviderMark): AgentInputItem {
  return given(wire, mark) ?? fromWireItem(wire, mark);
}

function given(wire: JsonRecord, mark: ProviderMark): AgentInputItem | undefined {
  switch (wire['type'] ?? 'message') {
    case 'message':
      return fromWireGivenMessage(wire, mark);
    case 'function_call_output':
    case CUSTOM_OUTPUT:
      return fromWireFunctionResult(wire, mark);
    case SEARCH_OUTPUT:
      return isSearchHere(wire) ? fromWireSearchOutput(wire, mark) : undefined;
    case 'computer_call_output':
      return fromWireComputerResult(wire, mark);
    case 'shell_call_output':
      return fromWireShellResult(wire, mark);
    case 'apply_patch_call_output':
      return fromWireApplyPatchResult(wire, mark);
    case 'mcp_approval_response':
      return fromWireApprovalResponse(wire, mark);
    default:
      return undefined;
  }
}

function fromWireGivenMessage(
  wire: JsonRecord,
  mark: ProviderMark,
): UserMessageItem | SystemMessageItem | undefined {
  const { role } = wire;
  const content = contentOf(wire['content'], mark);
  if (content === undefined) return undefined;
  const rest = { ...idOf(wire), providerData: withWireFields(mark, wire, MESSAGE) };
  if (role === 'user') return { type: 'message', role, content, ...rest };
  if (role !== 'system' && role !== 'developer') return undefined;
  // Core keeps a system message as one text.
  const text = typeof content === 'string' ? content : textOfParts(content);
  if (text === undefined) return undefined;
  return { type: 'message', role, content: text, ...rest };
}

function fromWireFunctionResult(
  wire: JsonRecord,
  mark: ProviderMark,
): FunctionCallResultItem | undefined {
  const output = contentOf(wire['output'], mark);
  if (output === undefined) return undefined;
  const namespace = textOf(wire, 'namespace');
  return {
    type: 'function_call_result',
    ...idOf(wire),
    callId: textOf(wire, 'call_id') ?? '',
    name: textOf(wire, 'name') ?? '',
    ...(namespace !== undefined && { namespace }),
    ...statusOf(wire),
    output,
    providerData: withWireFields(
      mark,
      wire,
      wire['type'] === CUSTOM_OUTPUT ? CUSTOM_RESULT : FUNCTION_RESULT,
    ),
  };
}

function fromWireComputerResult(
  wire: JsonRecord,
  mark: ProviderMark,
): ComputerCallResultItem | undefined {
  const screen = isRecord(wire['output']) ? textOf(wire['output'], 'image_url') : undefined;
  if (screen === undefined) return undefined;
  return {
    type: 'computer_call_result',
    ...idOf(wire),
    callId: textOf(wire, 'call_id') ?? '',
    output: { type: 'computer_screenshot', data: screen },
    providerData: withWireFields(mark, wire, RESULT),
  };
}

function fromWireShellResult(wire: JsonRecord, mark: ProviderMark): ShellCallResultItem {
  const limit = wire['max_output_length'];
  return {
    type: 'shell_call_output',
    ...idOf(wire),
    callId: textOf(wire, 'call_id') ?? '',
    output: recordsOf(wire, 'output').map(toShellOutput),
    ...(typeof limit === 'number' && { maxOutputLength: limit }),
    providerData: withWireFields(mark, wire, SHELL_RESULT),
  };
}

function fromWireApplyPatchResult(
  wire: JsonRecord,
  mark: ProviderMark,
): ApplyPatchCallResultItem | undefined {
  const { status } = wire;
  if (status !== 'completed' && status !== 'failed') return undefined;
  const output = textOf(wire, 'output');
  return {
    type: 'apply_patch_call_output',
    ...idOf(wire),
    callId: textOf(wire, 'call_id') ?? '',
    status,
    ...(output !== undefined && { output }),
    providerData: withWireFields(mark, wire, APPLY_PATCH_RESULT),
  };
}

function fromWireApprovalResponse(
  wire: JsonRecord,
  mark: ProviderMark,
): HostedApprovalResponseItem {
  const reason = textOf(wire, 'reason');
  return {
    type: 'hosted_approval_response',
    ...idOf(wire),
    callId: textOf(wire, 'approval_request_id') ?? '',
    approve: wire['approve'] === true,
    ...(reason !== undefined && { reason }),
    providerData: withWireFields(mark, wire, APPROVAL_RESPONSE),
  };
}

/** A text or a list of parts; `undefined` where a part is of a kind that core has no word for. */
function contentOf(
  content: unknown,
  mark: ProviderMark,
): string | readonly ToolCallOutputContent[] | undefined {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return undefined;
  const parts: ToolCallOutputContent[] = [];
  for (const wire of content) {
    const part = isRecord(wire) ? fromWireInputPart(wire, mark) : undefined;
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts;
}

function toShellOutput(wire: JsonRecord): ShellOutput {
  const outcome = isRecord(wire['outcome']) ? wire['outcome'] : {};
  const exitCode = outcome['exit_code'];
  return {
    stdout: textOf(wire, 'stdout') ?? '',
    stderr: textOf(wire, 'stderr') ?? '',
    outcome:
      outcome['type'] === 'timeout'
        ? { type: 'timeout' }
        : { type: 'exit', exitCode: typeof exitCode === 'number' ? exitCode : null },
  };
}

/** The text, where there is nothing but text. */
function textOfParts(parts: readonly ToolCallOutputContent[]): string | undefined {
  const texts = parts.flatMap((part) => (part.type === 'input_text' ? [part.text] : []));
  return texts.length === parts.length ? texts.join('') : undefined;
}

const RESULT = new Set(['type', 'id', 'call_id', 'output']);
const APPROVAL_RESPONSE = new Set(['type', 'id', 'approval_request_id', 'approve', 'reason']);
const MESSAGE = new Set(['type', 'id', 'role', 'content', 'status']);
const FUNCTION_RESULT = new Set([...RESULT, 'name', 'namespace', 'status']);
// Its type is what tells it from the output of a function.
const CUSTOM_RESULT = new Set([...FUNCTION_RESULT].filter((field) => field !== 'type'));
const SHELL_RESULT = new Set([...RESULT, 'max_output_length']);
const APPLY_PATCH_RESULT = new Set([...RESULT, 'status']);
