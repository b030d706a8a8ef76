import type {
  AgentOutputItem,
  AssistantContent,
  AssistantMessageItem,
  FunctionCallItem,
  HostedToolCallItem,
  ProviderData,
  ReasoningItem,
} from '@baton/core/model';
import { isRecord, type JsonRecord, recordsOf, textOf } from '@baton/openai-shared';
import { callerData, CUSTOM_CALL, fromWireCustomCall } from '../custom-call.js';
import { outputFieldOf } from '../hosted-output-field.js';
import { type ProviderMark, withWireFields } from '../provider-mark.js';
import { fromWireSearchCall, isSearchHere, SEARCH_CALL } from '../search-call.js';
import {
  fromWireApplyPatchCall,
  fromWireApprovalRequest,
  fromWireComputerCall,
  fromWireShellCall,
} from './from-wire-call.js';
import { fromWireOutputPart } from './from-wire-content.js';
import { idOf, statusOf } from './wire-fields.js';

/**
 * An output item of the wire as an item of Baton. What has no field there stays in `providerData`, and an
 * item of a type that Baton does not know stays whole.
 *
 * @param mark The model's mark; with `reasoningId` where the item was made right after that reasoning.
 */
export function fromWireItem(wire: JsonRecord, mark: ProviderMark): AgentOutputItem {
  switch (wire['type']) {
    case 'message':
      return wire['role'] === 'assistant' ? fromWireMessage(wire, mark) : unknownItem(wire, mark);
    case 'function_call':
      return fromWireFunctionCall(wire, mark);
    case CUSTOM_CALL:
      return fromWireCustomCall(wire, mark);
    case SEARCH_CALL:
      return isSearchHere(wire) ? fromWireSearchCall(wire, mark) : fromWireHostedCall(wire, mark);
    case 'reasoning':
      return fromWireReasoning(wire, mark);
    case 'computer_call':
      return fromWireComputerCall(wire, mark);
    case 'shell_call':
      return isForApp(wire) ? fromWireShellCall(wire, mark) : fromWireHostedCall(wire, mark);
    case 'apply_patch_call':
      return fromWireApplyPatchCall(wire, mark) ?? unknownItem(wire, mark);
    case 'mcp_approval_request':
      return fromWireApprovalRequest(wire, mark);
    case 'compaction':
      return {
        type: 'compaction',
        ...idOf(wire),
        encryptedContent: textOf(wire, 'encrypted_content') ?? '',
        providerData: withWireFields(mark, wire, COMPACTION),
      };
    default:
      return HOSTED.has(String(wire['type']))
        ? fromWireHostedCall(wire, mark)
        : unknownItem(wire, mark);
  }
}

function fromWireMessage(wire: JsonRecord, mark: ProviderMark): AssistantMessageItem {
  const parts = recordsOf(wire, 'content');
  const content: AssistantContent[] = [];
  for (const part of parts) {
    const converted = fromWireOutputPart(part, mark);
    if (converted !== undefined) content.push(converted);
  }
  const data = withWireFields(mark, wire, MESSAGE);
  const phase = wire['phase'];
  return {
    type: 'message',
    ...idOf(wire),
    role: 'assistant',
    ...statusOf(wire),
    content,
    ...(phase === 'commentary' || phase === 'final_answer' || phase === null ? { phase } : {}),
    // A part without a word of its own in core goes back inside the message it came in.
    providerData:
      content.length === parts.length ? data : { ...data, wire: { content: wire['content'] } },
  };
}

function fromWireFunctionCall(wire: JsonRecord, mark: ProviderMark): FunctionCallItem {
  const namespace = textOf(wire, 'namespace');
  const outputProviderData = callerData(wire, mark);
  return {
    type: 'function_call',
    ...idOf(wire),
    callId: textOf(wire, 'call_id') ?? '',
    name: textOf(wire, 'name') ?? '',
    ...(namespace !== undefined && { namespace }),
    arguments: textOf(wire, 'arguments') ?? '',
    ...statusOf(wire),
    providerData: withWireFields(mark, wire, FUNCTION_CALL),
    ...(outputProviderData !== undefined && { outputProviderData }),
  };
}

function fromWireReasoning(wire: JsonRecord, mark: ProviderMark): ReasoningItem {
  return {
    type: 'reasoning',
    ...idOf(wire),
    content: recordsOf(wire, 'summary').map((part) => ({
      type: 'input_text',
      text: textOf(part, 'text') ?? '',
    })),
    ...(Array.isArray(wire['content']) && {
      rawContent: recordsOf(wire, 'content').map((part) => ({
        type: 'reasoning_text',
        text: textOf(part, 'text') ?? '',
      })),
    }),
    providerData: withWireFields(mark, wire, REASONING),
  };
}

/** Whether a shell call is for a shell of the app; one for a container was run, and answered, by OpenAI. */
function isForApp({ environment }: JsonRecord): boolean {
  return !isRecord(environment) || environment['type'] === 'local';
}

/** A tool the provider ran; `name` is the wire's type, as in `web_search_call`. */
function fromWireHostedCall(wire: JsonRecord, mark: ProviderMark): HostedToolCallItem {
  const type = String(wire['type']);
  const args = textOf(wire, 'arguments');
  const status = textOf(wire, 'status');
  const outputField = outputFieldOf(type);
  const output = wire[outputField];
  const hasOutput = typeof output === 'string' || output === null;
  const taken = new Set(['type', 'id']);
  if (args !== undefined) taken.add('arguments');
  if (status !== undefined) taken.add('status');
  if (hasOutput) taken.add(outputField);
  return {
    type: 'hosted_tool_call',
    ...idOf(wire),
    name: type,
    ...(args !== undefined && { arguments: args }),
    ...(status !== undefined && { status }),
    ...(hasOutput && { output }),
    providerData: withWireFields(mark, wire, taken),
  };
}

function unknownItem(wire: JsonRecord, mark: ProviderMark): AgentOutputItem {
  const providerData: ProviderData = withWireFields(mark, wire, NONE);
  return { type: 'unknown', ...idOf(wire), providerData };
}

/** Calls that the provider answers by itself, or that are answered by an item of their own kind. */
const HOSTED: ReadonlySet<string> = new Set([
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
  'mcp_call',
  'mcp_list_tools',
]);

const NONE: ReadonlySet<string> = new Set();
const MESSAGE = new Set(['type', 'id', 'role', 'status', 'content', 'phase']);
const FUNCTION_CALL = new Set([
  'type',
  'id',
  'call_id',
  'name',
  'namespace',
  'arguments',
  'status',
]);
const REASONING = new Set(['type', 'id', 'summary', 'content']);
const COMPACTION = new Set(['type', 'id', 'encrypted_content']);
