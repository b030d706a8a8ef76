import { ApiError, invalidRequest } from '../../http/api-error.js';
import type { ConversationItem } from '../../reply/reply-request.js';
import type { ServerStores } from '../../stores.js';

/**
 * Refuses reasoning that was torn from the item it led to, in either direction. Items without an id cannot be told apart
 * from new ones, so they are not held to it.
 */
export function checkReasoning(
  stores: ServerStores,
  known: readonly ConversationItem[],
  input: readonly ConversationItem[],
): void {
  const present = new Set([...known, ...input].map((item) => item['id']));
  for (const [index, item] of input.entries()) {
    const id = item['id'];
    if (typeof id !== 'string') continue;
    if (item.type === 'reasoning') {
      checkReadable(item, stores);
      checkFollower(id, input[index + 1], stores.responses.followerOf(id));
      continue;
    }
    const before = stores.responses.reasoningBefore(id);
    if (before !== undefined && !present.has(before)) {
      throw invalidRequest(
        `Item '${id}' of type '${item.type}' was provided without its required 'reasoning' item: '${before}'.`,
        'input',
      );
    }
  }
}

/** Refuses reasoning that brings nothing and is not known either. */
export function checkReadable(item: ConversationItem, stores: ServerStores): void {
  if (item.type !== 'reasoning' || typeof item['encrypted_content'] === 'string') return;
  const id = String(item['id']);
  if (stores.findItem(id) === undefined) throw itemNotFound(id);
}

/** The error about an item that only its id could bring back. */
export function itemNotFound(id: string): ApiError {
  const advice =
    'Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.';
  return new ApiError(404, `Item with id '${id}' not found. ${advice}`, { param: 'input' });
}

function checkFollower(
  id: string,
  next: ConversationItem | undefined,
  follower: string | undefined,
): void {
  const nextId = next?.['id'];
  const isAnother = follower !== undefined && typeof nextId === 'string' && nextId !== follower;
  if (next !== undefined && isFromModel(next) && !isAnother) return;
  throw invalidRequest(
    `Item '${id}' of type 'reasoning' was provided without its required following item.`,
    'input',
  );
}

function isFromModel(item: ConversationItem): boolean {
  if (item.type === 'message') return item['role'] === 'assistant';
  return (
    item.type === 'reasoning' ||
    /^(mcp_approval_request|mcp_list_tools|program|.*_call)$/.test(item.type)
  );
}
