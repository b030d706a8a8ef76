import type { NextId } from '../ids.js';
import type { JsonObject } from '../json.js';
import type { ConversationItem } from '../reply/reply-request.js';
import { itemKind } from '../responses/item-kinds.js';

/** A conversation that the server keeps. */
export interface Conversation {
  readonly id: string;
  readonly createdAt: number;
  /** Oldest first; every item has an id. */
  readonly items: readonly ConversationItem[];
  metadata: JsonObject;
  /** Whether a response is being made on it: no other may be begun. */
  locked: boolean;
}

/** The conversations of a server, in memory, for as long as it lives. */
export interface ConversationStore {
  create(metadata: JsonObject): Conversation;
  get(id: string): Conversation | undefined;
  delete(id: string): void;
  /** Adds items at the end, with ids where they have none, and returns them as they are kept. */
  append(conversation: Conversation, items: readonly ConversationItem[]): ConversationItem[];
  removeItem(conversation: Conversation, itemId: string): void;
  /** The item with this id in any conversation. */
  findItem(id: string): ConversationItem | undefined;
}

export function conversationStore(nextId: NextId): ConversationStore {
  const conversations = new Map<string, Conversation & { items: ConversationItem[] }>();
  const items = new Map<string, ConversationItem>();
  return {
    create(metadata) {
      const conversation = {
        id: nextId('conv'),
        createdAt: Math.floor(Date.now() / 1000),
        items: [],
        metadata,
        locked: false,
      };
      conversations.set(conversation.id, conversation);
      return conversation;
    },
    get: (id) => conversations.get(id),
    delete(id) {
      for (const item of conversations.get(id)?.items ?? []) items.delete(String(item['id']));
      conversations.delete(id);
    },
    append({ id }, added) {
      const kept = added.map((item) => withId(item, nextId));
      conversations.get(id)?.items.push(...kept); // one that was deleted meanwhile takes nothing
      for (const item of kept) items.set(String(item['id']), item);
      return kept;
    },
    removeItem({ id }, itemId) {
      const all = conversations.get(id)?.items ?? [];
      const index = all.findIndex((item) => item['id'] === itemId);
      if (index >= 0) all.splice(index, 1);
      items.delete(itemId);
    },
    findItem: (id) => items.get(id),
  };
}

function withId(item: ConversationItem, nextId: NextId): ConversationItem {
  return typeof item['id'] === 'string'
    ? item
    : { ...item, id: nextId(itemKind(item.type).idPrefix) };
}
