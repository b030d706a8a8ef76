import { invalidRequest } from '../../http/api-error.js';
import type { ConversationItem } from '../../reply/reply-request.js';

/** Refuses an item that is there twice. */
export function checkDuplicates(
  conversation: readonly ConversationItem[],
  param: string = 'input',
): void {
  const seen = new Set<string>();
  for (const item of conversation) {
    const id = item['id'];
    if (typeof id !== 'string') continue;
    if (seen.has(id)) {
      throw invalidRequest(
        `Duplicate item found with id ${id}. Remove duplicate items from your input and try again.`,
        param,
      );
    }
    seen.add(id);
  }
}

interface CallKind {
  readonly call: string;
  readonly output: string;
  /** As OpenAI's errors call it. */
  readonly words: string;
}

/** The calls that a client has to answer. */
const CALL_KINDS: readonly CallKind[] = [
  { call: 'function_call', output: 'function_call_output', words: 'function call' },
  { call: 'custom_tool_call', output: 'custom_tool_call_output', words: 'custom tool call' },
  { call: 'computer_call', output: 'computer_call_output', words: 'computer call' },
  { call: 'local_shell_call', output: 'local_shell_call_output', words: 'local shell call' },
  { call: 'shell_call', output: 'shell_call_output', words: 'shell call' },
  { call: 'apply_patch_call', output: 'apply_patch_call_output', words: 'apply patch call' },
  { call: 'tool_search_call', output: 'tool_search_output', words: 'tool search call' },
];

interface OpenCall {
  readonly callId: string;
  readonly words: string;
  answered: boolean;
}

/** Refuses a call without its output, an output without its call, and a second output for one call. */
export function checkCallPairs(conversation: readonly ConversationItem[]): void {
  const calls = new Map<string, OpenCall>();
  for (const item of conversation) {
    for (const kind of CALL_KINDS) {
      if (item.type === kind.call) openCall(calls, kind, item);
      if (item.type === kind.output) answerCall(calls, kind, item);
    }
  }
  const pending = [...calls.values()].find((call) => !call.answered);
  if (pending !== undefined)
    throw invalidRequest(`No tool output found for ${pending.words} ${pending.callId}.`, 'input');
}

function openCall(
  calls: Map<string, OpenCall>,
  { call: type, words }: CallKind,
  item: ConversationItem,
): void {
  const callId = item['call_id'];
  if (typeof callId !== 'string') return; // a tool search that the provider did itself
  // An id may come back in a later turn, but not while its first call waits.
  if (calls.get(`${type} ${callId}`)?.answered === false) {
    throw invalidRequest(`Duplicate ${words} found with call_id ${callId}.`, 'input');
  }
  const call = { callId, words, answered: false };
  calls.set(`${type} ${callId}`, call);
  // The output of a local shell call may name either id.
  if (type === 'local_shell_call') calls.set(`${type} ${String(item['id'])}`, call);
}

function answerCall(
  calls: Map<string, OpenCall>,
  { call: type, words }: CallKind,
  item: ConversationItem,
): void {
  const callId = item['call_id'] ?? (type === 'local_shell_call' ? item['id'] : undefined);
  if (typeof callId !== 'string') return; // a tool search that the provider did itself
  const call = calls.get(`${type} ${callId}`);
  if (call === undefined)
    throw invalidRequest(`No tool call found for ${words} output with call_id ${callId}.`, 'input');
  if (call.answered)
    throw invalidRequest(`Duplicate tool output found for ${words} ${callId}.`, 'input');
  call.answered = true;
}
