import type { AgentInputItem, ToolCallItem, ToolCallResultItem } from './item.js';

/** Which item type answers which call type; the one place that knows. */
const RESULT_TYPE_OF = {
  function_call: 'function_call_result',
  computer_call: 'computer_call_result',
  shell_call: 'shell_call_output',
  apply_patch_call: 'apply_patch_call_output',
  hosted_approval_request: 'hosted_approval_response',
} as const satisfies Record<ToolCallItem['type'], ToolCallResultItem['type']>;

const CALL_TYPES: ReadonlySet<string> = new Set(Object.keys(RESULT_TYPE_OF));
const RESULT_TYPES: ReadonlySet<string> = new Set(Object.values(RESULT_TYPE_OF));

/** Whether an item is a call that needs an answer in the conversation. */
export function isToolCall(item: AgentInputItem): item is ToolCallItem {
  return CALL_TYPES.has(item.type ?? 'message');
}

/** Whether an item answers a call. */
export function isToolCallResult(item: AgentInputItem): item is ToolCallResultItem {
  return RESULT_TYPES.has(item.type ?? 'message');
}

/** The type of the item that answers a call. */
export function resultTypeOf(call: ToolCallItem): ToolCallResultItem['type'] {
  return RESULT_TYPE_OF[call.type];
}

/** What is wrong with a conversation, by position in it. */
export interface UnpairedItems {
  /** Calls nobody answered. */
  readonly calls: readonly number[];
  /** Answers whose call does not stand before them. */
  readonly results: readonly number[];
}

/**
 * Finds calls without an answer and answers without a call. Pairs by position: an answer belongs to the
 * nearest open call with its id before it, so an id that a provider uses again later does no harm.
 */
export function findUnpairedItems(items: readonly AgentInputItem[]): UnpairedItems {
  const open = new Map<string, number[]>();
  const calls: number[] = [];
  const results: number[] = [];
  items.forEach((item, index) => {
    if (isToolCall(item)) {
      const key = `${RESULT_TYPE_OF[item.type]}:${item.callId}`;
      const earlier = open.get(key);
      if (earlier === undefined) open.set(key, [index]);
      else earlier.push(index);
    } else if (isToolCallResult(item)) {
      if (open.get(`${item.type}:${item.callId}`)?.pop() === undefined) results.push(index);
    }
  });
  for (const left of open.values()) calls.push(...left);
  return { calls: calls.sort((a, b) => a - b), results };
}
