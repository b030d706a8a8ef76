import type { ConversationItem } from '../reply/reply-request.js';
import { itemKind } from './item-kinds.js';
import type { ResponseObject } from './response-object.js';

/** A response that later requests can build on. */
export interface StoredResponse {
  readonly response: ResponseObject;
  /** What this request added; what came before is in the responses it continues. */
  readonly input: readonly ConversationItem[];
}

/** The responses a server keeps, in memory, for as long as it lives. */
export interface ResponseStore {
  save(response: ResponseObject, input: readonly ConversationItem[]): void;
  get(id: string): StoredResponse | undefined;
  delete(id: string): boolean;
  /** The item with this id in any stored response. */
  findItem(id: string): ConversationItem | undefined;
  /** The item that came right after this reasoning item, in the response that had it. */
  followerOf(reasoningId: string): string | undefined;
  /** The reasoning item that came right before this item. */
  reasoningBefore(itemId: string): string | undefined;
  /** All items of a response and of those before it, oldest first. */
  conversation(id: string): readonly ConversationItem[];
}

export function responseStore(): ResponseStore {
  const responses = new Map<string, StoredResponse>();
  const items = new Map<string, KnownItem>();
  return {
    save(response, input) {
      const stored = {
        response,
        input: input.map((item, index) => withId(item, response.id, index)),
      };
      responses.set(response.id, stored);
      const remember = (id: string, known: Omit<KnownItem, 'owner'>): void => {
        if (!items.has(id)) items.set(id, { ...known, owner: response.id });
      };
      for (const item of stored.input) remember(String(item['id']), { item });
      for (const [index, item] of response.output.entries()) {
        const [before, after] = [response.output[index - 1], response.output[index + 1]];
        remember(item.id, {
          item,
          ...(item.type === 'reasoning' && after !== undefined ? { follower: after.id } : {}),
          ...(before?.type === 'reasoning' ? { reasoning: before.id } : {}),
        });
      }
    },
    get: (id) => responses.get(id),
    delete(id) {
      for (const [itemId, { owner }] of items) if (owner === id) items.delete(itemId);
      return responses.delete(id);
    },
    findItem: (id) => items.get(id)?.item,
    followerOf: (id) => items.get(id)?.follower,
    reasoningBefore: (id) => items.get(id)?.reasoning,
    conversation(id) {
      const chain: StoredResponse[] = [];
      for (let stored = responses.get(id); stored !== undefined;) {
        chain.push(stored);
        const before = stored.response.previous_response_id;
        stored = before === null ? undefined : responses.get(before);
      }
      return chain.reverse().flatMap(({ response, input }) => [...input, ...response.output]);
    },
  };
}

interface KnownItem {
  readonly item: ConversationItem;
  /** The response that brought it. */
  readonly owner: string;
  readonly follower?: string;
  readonly reasoning?: string;
}

/** Input items are listed with an id even where the client gave none. */
function withId(item: ConversationItem, responseId: string, index: number): ConversationItem {
  if (typeof item['id'] === 'string') return item;
  return { ...item, id: `${itemKind(item.type).idPrefix}_${responseId}_in_${index}` };
}
