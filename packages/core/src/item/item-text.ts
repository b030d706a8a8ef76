import type { AgentInputItem, AssistantMessageItem } from './item.js';

/** Whether an item is a message written by a model. */
export function isAssistantMessage(item: AgentInputItem): item is AssistantMessageItem {
  return 'role' in item && item.role === 'assistant';
}

/** The text of an assistant message, its parts joined; `undefined` where it has no text part. */
export function messageText(item: AssistantMessageItem): string | undefined {
  let text: string | undefined;
  for (const part of item.content) {
    if (part.type === 'output_text') text = (text ?? '') + part.text;
  }
  return text;
}

/** The refusal in an assistant message, if there is one. */
export function messageRefusal(item: AssistantMessageItem): string | undefined {
  for (const part of item.content) if (part.type === 'refusal') return part.refusal;
  return undefined;
}

/** The text of all assistant messages among the items, joined without a separator. */
export function extractAllTextOutput(items: Iterable<AgentInputItem>): string {
  let text = '';
  for (const item of items) if (isAssistantMessage(item)) text += messageText(item) ?? '';
  return text;
}
