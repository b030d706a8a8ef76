import {
  type AgentInputItem,
  type AssistantMessageItem,
  type FunctionCallItem,
  type FunctionCallResultItem,
  type HostedToolCallItem,
  type ReasoningItem,
  UserError,
} from '@baton/core/model';
import { type JsonRecord, recordsOf, textOf } from '@baton/openai-shared';
import { CUSTOM_OUTPUT, toWireCustomCall, toWireCustomResult } from '../custom-call.js';
import { outputFieldOf } from '../hosted-output-field.js';
import { isForeign, isOwn, wireFieldsOf } from '../provider-mark.js';
import { toWireSearchCall, toWireSearchResult } from '../search-call.js';
import {
  toWireApplyPatchCall,
  toWireApplyPatchResult,
  toWireApprovalRequest,
  toWireApprovalResponse,
  toWireComputerCall,
  toWireComputerResult,
  toWireShellCall,
  toWireShellResult,
} from './to-wire-call.js';
import {
  assistantText,
  toWireAssistantParts,
  toWireInputPart,
  toWireOutputPart,
} from './to-wire-content.js';
import { realId } from './wire-id.js';

/**
 * An item as the wire takes it, or `undefined` for what only its own provider understands: another
 * provider's reasoning, compaction and hosted tool calls [R1].
 *
 * @param withId Whether the provider's own id may be used; not where the item's reasoning is missing.
 */
export function toWireItem(item: AgentInputItem, withId: boolean): JsonRecord | undefined {
  if ('role' in item) return toWireMessage(item, withId);
  switch (item.type) {
    case 'function_call':
      return toWireFunctionCall(item, withId);
    case 'function_call_result':
      return toWireFunctionResult(item);
    case 'reasoning':
      return toWireReasoning(item);
    case 'hosted_tool_call':
      return withId || item.id === undefined ? toWireHostedCall(item) : withoutItsId(item);
    case 'computer_call':
      return toWireComputerCall(item);
    case 'computer_call_result':
      return toWireComputerResult(item);
    case 'shell_call':
      return withoutId(toWireShellCall(item), withId);
    case 'shell_call_output':
      return toWireShellResult(item);
    case 'apply_patch_call':
      return withoutId(toWireApplyPatchCall(item), withId);
    case 'apply_patch_call_output':
      return toWireApplyPatchResult(item);
    case 'hosted_approval_request':
      return toWireApprovalRequest(item);
    case 'hosted_approval_response':
      return toWireApprovalResponse(item);
    case 'compaction':
      if (isForeign(item)) return undefined;
      return {
        type: 'compaction',
        ...(item.id !== undefined && { id: item.id }),
        encrypted_content: item.encryptedContent,
        ...accepted(wireFieldsOf(item)),
      };
    case 'unknown':
      return isForeign(item) ? undefined : toWireUnknown(accepted(wireFieldsOf(item)));
    default:
      item satisfies never;
      throw unknownItem(item);
  }
}

function toWireMessage(
  item: Extract<AgentInputItem, { readonly role: string }>,
  withId: boolean,
): JsonRecord | undefined {
  switch (item.role) {
    case 'user': {
      const { content } = item;
      return {
        role: 'user',
        content: typeof content === 'string' ? content : content.map(toWireInputPart),
        ...accepted(wireFieldsOf(item)),
      };
    }
    case 'system':
    case 'developer':
      return { role: item.role, content: item.content, ...accepted(wireFieldsOf(item)) };
    case 'assistant':
      return toWireAssistantMessage(item, withId);
    default:
      item satisfies never;
      throw unknownItem(item);
  }
}

/** With its id the message is the provider's own; without, it is quoted as text. */
function toWireAssistantMessage(
  item: AssistantMessageItem,
  withId: boolean,
): JsonRecord | undefined {
  const id = withId ? realId(item, 'msg_') : undefined;
  const phase = item.phase === undefined ? {} : { phase: item.phase };
  if (id !== undefined) {
    return {
      id,
      type: 'message',
      role: 'assistant',
      status: item.status ?? 'completed',
      content: toWireAssistantParts(item.content),
      ...phase,
      ...accepted(wireFieldsOf(item)),
    };
  }
  const content = assistantText(item.content);
  return content === undefined ? undefined : { role: 'assistant', content, ...phase };
}

function toWireFunctionCall(item: FunctionCallItem, withId: boolean): JsonRecord {
  const id = withId ? (realId(item, 'fc_') ?? realId(item, 'ctc_')) : undefined;
  const other =
    toWireCustomCall(item, id) ??
    toWireSearchCall(item, withId ? realId(item, 'tsc_') : undefined);
  if (other !== undefined) return other;
  return {
    type: 'function_call',
    ...(id !== undefined && { id }),
    call_id: item.callId,
    name: item.name,
    ...(item.namespace !== undefined && { namespace: item.namespace }),
    arguments: item.arguments,
    ...(item.status !== undefined && { status: item.status }),
    ...accepted(wireFieldsOf(item)),
  };
}

function toWireFunctionResult(item: FunctionCallResultItem): JsonRecord {
  const output =
    typeof item.output === 'string' ? item.output : item.output.map(toWireOutputPart);
  const other = toWireCustomResult(item, output) ?? toWireSearchResult(item);
  if (other !== undefined) return other;
  return {
    type: 'function_call_output',
    ...(item.id !== undefined && isOwn(item) && { id: item.id }),
    call_id: item.callId,
    output,
    ...(item.status !== undefined && { status: item.status }),
    ...accepted(wireFieldsOf(item)),
  };
}

function toWireReasoning(item: ReasoningItem): JsonRecord | undefined {
  if (isForeign(item)) return undefined;
  const fields = accepted(wireFieldsOf(item));
  const id = isOwn(item) ? item.id : realId(item, 'rs_');
  // Without an id and without its encrypted form the API could not tell what was thought.
  if (id === undefined && typeof fields['encrypted_content'] !== 'string') return undefined;
  const { status: _status, ...rest } = fields; // sent, but not taken back
  return {
    type: 'reasoning',
    ...(id !== undefined && { id }),
    summary: item.content.map(({ text }) => ({ type: 'summary_text', text })),
    ...(item.rawContent && {
      content: item.rawContent.map(({ text }) => ({ type: 'reasoning_text', text })),
    }),
    ...rest,
  };
}

function toWireHostedCall(item: HostedToolCallItem): JsonRecord | undefined {
  if (isForeign(item)) return undefined;
  const fields = accepted(wireFieldsOf(item));
  const type = textOf(fields, 'type') ?? item.name;
  return {
    type,
    ...(item.id !== undefined && { id: item.id }),
    ...(item.arguments !== undefined && { arguments: item.arguments }),
    ...(item.status !== undefined && { status: item.status }),
    ...(item.output !== undefined && { [outputFieldOf(type)]: item.output }),
    ...fields,
  };
}

/** The wire knows it by its id alone, unless it has an output of its own, which must not stay behind. */
function withoutItsId(item: HostedToolCallItem): JsonRecord | undefined {
  const call = item.name === 'shell_call' ? toWireHostedCall(item) : undefined;
  return call && withoutId(call, false);
}

function withoutId({ id, ...rest }: JsonRecord, withId: boolean): JsonRecord {
  return withId && id !== undefined ? { id, ...rest } : rest;
}

/** What a server has kept or made itself has fields that it does not take back [RUN-12]. */
function toWireUnknown(fields: JsonRecord): JsonRecord {
  switch (fields['type']) {
    case 'shell_call_output':
      return { ...fields, output: recordsOf(fields, 'output').map(accepted) };
    case 'message': {
      const { id: _id, ...rest } = fields;
      return fields['role'] === 'assistant' ? fields : rest;
    }
    case CUSTOM_OUTPUT: {
      const { status: _status, ...rest } = fields;
      return rest;
    }
    default:
      return fields;
  }
}

/** What the API sends but does not take back is left out [RUN-12]. */
function accepted(fields: JsonRecord): JsonRecord {
  if (!('created_by' in fields) && fields['status'] !== null) return fields;
  const { created_by: _createdBy, status, ...rest } = fields;
  return status === null || status === undefined ? rest : { ...rest, status };
}

function unknownItem(item: { readonly type?: unknown; readonly role?: unknown }): UserError {
  return new UserError(
    `Unknown item in the input: type ${JSON.stringify(item.type)}, role ${JSON.stringify(item.role)}. ` +
      'Pass items of Baton; what the wire sent belongs into `{ type: "unknown", providerData }`.',
  );
}
