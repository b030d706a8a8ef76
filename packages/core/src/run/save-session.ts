import type { AgentInputItem } from '../item/index.js';
import type { RunScope } from './run-scope.js';
import { isSaid } from './transcript.js';

/** Stores what the session does not have yet, at once; an open turn once it is complete. */
export async function saveSession(scope: RunScope): Promise<void> {
  const { session, state } = scope;
  if (session === undefined) return;
  const upTo = state.completeUpTo;
  const items: AgentInputItem[] = [];
  for (const entry of state.transcript.slice(state.savedUpTo, upTo)) {
    if (entry.origin !== 'session' && isSaid(entry)) items.push(entry.item);
  }
  if (items.length > 0) await session.addItems(items);
  if (upTo > state.savedUpTo) state.markSaved(upTo);
}
