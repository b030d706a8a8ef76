import type { ServerConversation } from './run-data.js';

/** Where a conversation kept by the provider stands after a response: all of it up to `sentUpTo` is known there. */
export function advanceConversation(
  current: ServerConversation,
  { responseId, sentUpTo }: { readonly responseId: string | undefined; readonly sentUpTo: number },
): ServerConversation {
  const { leavingOut, leftOut: _before, ...server } = current;
  const { conversationId, previousResponseId, auto } = server;
  const known = leavingOut === undefined || leavingOut.length === 0 ? { sentUpTo } : { sentUpTo, leftOut: leavingOut };
  if (conversationId !== undefined || (previousResponseId === undefined && !auto)) return { ...server, ...known };
  // A response without an id is not part of the chain: the provider does not know it [RUN-06].
  return responseId === undefined ? current : { ...server, ...known, previousResponseId: responseId };
}
