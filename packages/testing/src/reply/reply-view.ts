import { redactedHeaders } from '../http/record.js';
import type { Incoming } from '../http/exchange.js';
import { isObject } from '../json.js';
import type { ConversationItem, ReplyRequest, RequestBody, ToolOutput } from './reply-request.js';

/** The request as a reply function sees it. */
export function replyView(
  exchange: Incoming,
  request: RequestBody,
  conversation: readonly ConversationItem[],
): Omit<ReplyRequest, 'index'> {
  const lastUser = conversation.findLastIndex(
    (item) => item.type === 'message' && item['role'] === 'user',
  );
  return {
    body: request,
    headers: redactedHeaders(exchange),
    conversation,
    lastUserText: lastUser === -1 ? undefined : textOf(conversation[lastUser]?.['content']),
    toolOutputs: conversation.slice(lastUser + 1).flatMap((item) => toolOutput(item, conversation)),
    signal: exchange.signal,
  };
}

function toolOutput(
  item: ConversationItem,
  conversation: readonly ConversationItem[],
): ToolOutput[] {
  const callId = item['call_id'];
  if (!item.type.endsWith('_call_output') || typeof callId !== 'string') return [];
  const call = conversation.findLast(
    (other) => other['call_id'] === callId && `${other.type}_output` === item.type,
  );
  const name = call?.['name'];
  return [
    { callId, name: typeof name === 'string' ? name : undefined, output: textOf(item['output']) },
  ];
}

/** The text of a message's content or a tool's output, whichever form it has. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content))
    return content === undefined || content === null ? '' : JSON.stringify(content);
  return content
    .filter(isObject)
    .map((part) => part['text'])
    .filter((text) => typeof text === 'string')
    .join('\n');
}
