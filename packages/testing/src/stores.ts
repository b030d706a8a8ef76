import { type ConversationStore, conversationStore } from './conversations/conversation-store.js';
import type { NextId } from './ids.js';
import type { ConversationItem } from './reply/reply-request.js';
import { type ResponseStore, responseStore } from './responses/response-store.js';

/** What a server remembers, for as long as it lives. */
export interface ServerStores {
  readonly responses: ResponseStore;
  readonly conversations: ConversationStore;
  /** The item with this id, wherever it is kept. */
  findItem(id: string): ConversationItem | undefined;
}

export function serverStores(nextId: NextId): ServerStores {
  const responses = responseStore();
  const conversations = conversationStore(nextId);
  return {
    responses,
    conversations,
    findItem: (id) => responses.findItem(id) ?? conversations.findItem(id),
  };
}
