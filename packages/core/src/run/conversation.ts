import { UserError } from '../error/index.js';
import type { AgentInputItem } from '../item/index.js';
import type { Model } from '../model/index.js';
import type { RunOptions } from './run-config.js';
import type { AnyRunState } from './run-scope.js';
import type { ServerConversation } from './run-data.js';
import { isSaid } from './transcript.js';
import type { TranscriptEntry } from './transcript.js';

/** Which part of the conversation a request carries, and how it refers to the rest. */
export interface ConversationInput {
  readonly input: readonly AgentInputItem[];
  readonly previousResponseId?: string | undefined;
  readonly conversationId?: string | undefined;
}

/**
 * Where the conversation lives, chosen once at the start: with the provider, or here.
 *
 * @throws UserError for options that exclude each other.
 */
export function chooseConversation(options: RunOptions<never>): ServerConversation | undefined {
  const { conversationId, previousResponseId, autoPreviousResponseId: auto = false } = options;
  if (conversationId === undefined && previousResponseId === undefined && !auto) return undefined;
  if (conversationId !== undefined && (previousResponseId !== undefined || auto)) {
    throw new UserError(
      'conversationId cannot be combined with previousResponseId or autoPreviousResponseId: each names where the provider keeps the conversation. Pass one.',
    );
  }
  if (options.session !== undefined) {
    throw new UserError(
      'A session cannot be combined with conversationId, previousResponseId or autoPreviousResponseId: the conversation would be kept twice. Pass one.',
    );
  }
  return { conversationId, previousResponseId, auto, sentUpTo: 0 };
}

/** What the next request carries. A provider that cannot keep conversations gets all of it. */
export function conversationInput(state: AnyRunState, model: Model): ConversationInput {
  const { server } = state;
  if (server === undefined || !keepsConversation(model)) {
    return { input: visibleItems(state) };
  }
  const { conversationId, previousResponseId } = server;
  return { input: unsentItems(state), conversationId, previousResponseId };
}

type KeptState = Pick<AnyRunState, 'server' | 'transcript' | 'itemsFrom'>;

/** What the provider that keeps the conversation has not been told yet; nothing where none does. */
export function unsentItems(state: KeptState): AgentInputItem[] {
  const { server } = state;
  if (server === undefined) return [];
  if (server.leftOut === undefined) return state.itemsFrom(server.sentUpTo);
  return unsentEntries(state).map((entry) => entry.item);
}

/** The same with their places; those that were left out before come first. */
export function unsentEntries({ server, transcript }: KeptState): TranscriptEntry[] {
  if (server === undefined) return [];
  const again = (server.leftOut ?? []).flatMap((seq) => transcript[seq] ?? []);
  return [...again, ...transcript.slice(server.sentUpTo)].filter(isSaid);
}

/** Whether a model's provider can keep a conversation; one that does not say is trusted. */
export function keepsConversation(model: Model): boolean {
  return model.capabilities?.serverManagedConversation ?? true;
}

/** The whole conversation as the current agent sees it: the view, where a handoff made one, and what came since. */
export function visibleItems(state: AnyRunState): AgentInputItem[] {
  const { view } = state;
  return view === undefined ? state.itemsFrom(0) : [...view.items, ...state.itemsFrom(view.upTo)];
}
