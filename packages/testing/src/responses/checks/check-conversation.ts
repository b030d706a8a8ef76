import { invalidRequest } from '../../http/api-error.js';
import type { ConversationItem } from '../../reply/reply-request.js';

/** Refuses an item that is there twice. */
export function checkDuplicates(conversation: readonly ConversationItem[]): void {
  const seen = new Set<string>();
  for (const { id } of conversation as readonly (ConversationItem & { id?: unknown })[]) { // names one field of the index signature
    if (typeof id !== 'string') continue;
    if (seen.has(id)) {
      throw invalidRequest(`Duplicate item found with id ${id}. Remove duplicate items from your input and try again.`, 'input');
    }
    seen.add(id);
  }
}

/** The calls a client has to answer, by type, in the words of OpenAI's errors. */
const CLIENT_CALLS: Readonly<Record<string, string>> = {
  function_call: 'function call',
  custom_tool_call: 'custom tool call',
  computer_call: 'computer call',
  local_shell_call: 'local shell call',
  shell_call: 'shell call',
  apply_patch_call: 'apply patch call',
  tool_search_call: 'tool search call',
};

interface OpenCall {
  readonly callId: string;
  readonly words: string;
  answered: boolean;
}

/** Refuses a call without its output, an output without its call, and a second output for one call. */
export function checkCallPairs(conversation: readonly ConversationItem[]): void {
  const calls = new Map<string, OpenCall>();
  for (const item of conversation) {
    if (item.type in CLIENT_CALLS) openCall(calls, item);
    else if (item.type.replace(/_output$/, '') in CLIENT_CALLS) answerCall(calls, item);
  }
  const pending = [...calls.values()].find((call) => !call.answered);
  if (pending !== undefined) throw invalidRequest(`No tool output found for ${pending.words} ${pending.callId}.`, 'input');
}

function openCall(calls: Map<string, OpenCall>, item: ConversationItem): void {
  const callId = item['call_id'];
  if (typeof callId !== 'string') return; // a tool search that the provider did itself
  const words = CLIENT_CALLS[item.type] ?? item.type;
  const key = `${item.type} ${callId}`;
  // An id may come back in a later turn, but not while its first call waits.
  if (calls.get(key)?.answered === false) throw invalidRequest(`Duplicate ${words} found with call_id ${callId}.`, 'input');
  const call = { callId, words, answered: false };
  calls.set(key, call);
  // The output of a local shell call may name either id.
  if (item.type === 'local_shell_call') calls.set(`${item.type} ${String(item['id'])}`, call);
}

function answerCall(calls: Map<string, OpenCall>, item: ConversationItem): void {
  const callId = item['call_id'] ?? (item.type === 'local_shell_call_output' ? item['id'] : undefined);
  const callType = item.type.replace(/_output$/, '');
  const words = CLIENT_CALLS[callType] ?? callType;
  if (typeof callId !== 'string') return; // a tool search that the provider did itself
  const call = calls.get(`${callType} ${callId}`);
  if (call === undefined) throw invalidRequest(`No tool call found for ${words} output with call_id ${callId}.`, 'input');
  if (call.answered) throw invalidRequest(`Duplicate tool output found for ${words} ${callId}.`, 'input');
  call.answered = true;
}
