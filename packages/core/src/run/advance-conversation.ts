import type { ServerConversation } from './run-data.js';

/** Where a conversation kept by the provider stands after a response: all of it up to `sentUpTo` is known there. */
export function advanceConversation(
  server: ServerConversation,
  { responseId, sentUpTo }: { readonly responseId: string | undefined; readonly sentUpTo: number },
): ServerConversation {
  const { conversationId, previousResponseId, auto } = server;
  if (conversationId !== undefined || (previousResponseId === undefined && !auto)) return { ...server, sentUpTo };
  // A response without an id is not part of the chain: the provider does not know it [RUN-06].
  return responseId === undefined ? server : { ...server, previousResponseId: responseId, sentUpTo };
}
