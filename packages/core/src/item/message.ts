import type { AssistantContent, ProviderData, UserContent } from './content.js';
import type {
  AgentInputItem,
  AssistantMessageItem,
  SystemMessageItem,
  UserMessageItem,
} from './item.js';

/** A user message; for building an input by hand.
 *
 * @param content Text, or parts (text, image, file, audio).
 * @example
 * ```ts
 * import { user } from '@baton/core';
 *
 * export const question = user('What is the capital of Kenya?');
 * ```
 */
export function user(
  content: string | readonly UserContent[],
  providerData?: ProviderData,
): UserMessageItem {
  return { type: 'message', role: 'user', content, ...(providerData && { providerData }) };
}

/** A system message; for building an input by hand. An agent's own instructions need none. */
export function system(content: string, providerData?: ProviderData): SystemMessageItem {
  return { type: 'message', role: 'system', content, ...(providerData && { providerData }) };
}

/** An assistant message; for building a history by hand. */
export function assistant(
  content: string | readonly AssistantContent[],
  providerData?: ProviderData,
): AssistantMessageItem {
  return {
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: typeof content === 'string' ? [{ type: 'output_text', text: content }] : content,
    ...(providerData && { providerData }),
  };
}

/** The input as a new list of items: a string becomes one user message, items are shared, not copied. */
export function toInputItems(input: string | Iterable<AgentInputItem>): AgentInputItem[] {
  return typeof input === 'string' ? [user(input)] : [...input];
}
