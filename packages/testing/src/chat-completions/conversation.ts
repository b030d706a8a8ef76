import { isObject, type JsonObject } from '../json.js';
import type { ConversationItem } from '../reply/reply-request.js';
import { type ChatMessage, detailsOf } from './request.js';

/** The messages as items in the form of the Responses API, so that a reply function need not know which API it serves. */
export function conversationOf(messages: readonly ChatMessage[]): readonly ConversationItem[] {
  const items: ConversationItem[] = [];
  for (const message of messages) items.push(...itemsOf(message, items));
  return items;
}

function itemsOf(
  message: ChatMessage,
  before: readonly ConversationItem[],
): readonly ConversationItem[] {
  const { role, content } = message;
  if (role === 'tool') {
    const call = before.findLast((item) => item['call_id'] === message.tool_call_id);
    const type = `${call?.type ?? 'function_call'}_output`;
    return [{ type, call_id: message.tool_call_id, output: content }];
  }
  const said = { ...message, type: 'message', content: content ?? '' };
  const calls = (message.tool_calls ?? []).filter(isObject).map(callItem);
  const saysNothing = content === undefined || content === null || content === '';
  return saysNothing && calls.length > 0 ? calls : [said, ...calls];
}

function callItem(call: JsonObject): ConversationItem {
  const type = call['type'] === 'custom' ? 'custom_tool_call' : 'function_call';
  return { type, call_id: call['id'], ...detailsOf(call) };
}
