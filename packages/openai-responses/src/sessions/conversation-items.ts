import type { AgentInputItem, UserMessageItem } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import { providerMark } from '../provider-mark.js';
import { toWireItem } from '../request/to-wire-item.js';
import { fromWireInputItem } from '../response/from-wire-input-item.js';
import { fromWireItem } from '../response/from-wire-item.js';

/**
 * Items as the Conversations API takes them. Messages and calls get ids of its own; only what would mean nothing
 * without its id (reasoning, hosted calls) keeps one. What it cannot hold is left out: other providers' reasoning,
 * reasoning without an id, items of unknown types that are not OpenAI's [SES-20].
 */
export function toConversationItems(items: readonly AgentInputItem[]): readonly JsonRecord[] {
  const wires: JsonRecord[] = [];
  for (const item of items) {
    const wire = toWireItem(item, false);
    if (wire === undefined || (wire['type'] === 'reasoning' && wire['id'] === undefined)) continue;
    wires.push(wire['type'] === 'function_call_output' ? withoutId(wire) : wire);
  }
  return wires;
}

/**
 * Items of a conversation, oldest first. Their messages and calls come without the ids of the conversation, under
 * which a request would have to bring their reasoning too; a function's output has the name of its call again.
 */
export function fromConversationItems(wires: readonly JsonRecord[]): AgentInputItem[] {
  const names = new Map<string, string>();
  const containers = new Set<unknown>();
  return wires.map((wire) => {
    // What a shell in a container printed answers no call of the app's.
    if (containers.has(wire['call_id'])) return fromWireItem(wire, MARK);
    const item = fromWireInputItem(wire, MARK);
    switch (item.type) {
      case 'message':
      case undefined:
        return withoutId(item.role === 'user' ? asText(item) : item);
      case 'function_call':
        names.set(item.callId, item.name);
        return withoutId(item);
      case 'function_call_result':
        return withoutId({ ...item, name: item.name || (names.get(item.callId) ?? '') });
      case 'hosted_tool_call':
        if (item.name === 'shell_call') containers.add(wire['call_id']);
        return item;
      default:
        return item;
    }
  });
}

/** The API makes a list of every text; one that is all there is was most likely given as a text. */
function asText(item: UserMessageItem): UserMessageItem {
  const { content } = item;
  const [only, another] = typeof content === 'string' ? [] : content;
  if (only?.type !== 'input_text' || another !== undefined) return item;
  return { ...item, content: only.text };
}

function withoutId<T extends { readonly id?: unknown }>(item: T): T {
  const { id: _id, ...rest } = item;
  return rest as T; // an id is optional in every item
}

const MARK = providerMark('');
