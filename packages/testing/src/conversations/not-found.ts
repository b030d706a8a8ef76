import { ApiError } from '../http/api-error.js';
import type { Conversation, ConversationStore } from './conversation-store.js';

/** The conversation of a path such as `/v1/conversations/conv_1`, or of a request. */
export function conversationOrNotFound(store: ConversationStore, id: string): Conversation {
  const conversation = store.get(id);
  if (conversation !== undefined) return conversation;
  throw new ApiError(404, `Conversation with id '${id}' not found.`);
}
