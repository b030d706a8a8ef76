import { isSameJson } from '../internal/json.js';
import type { AgentInputItem } from '../item/index.js';
import { Usage } from '../model/index.js';
import type { Session } from '../session/index.js';
import type { AnyRunState, RunScope } from './run-scope.js';
import { isSaid } from './transcript.js';

/** Stores what the session does not have yet, at once; an open turn once it is complete. */
export async function saveSession(scope: RunScope): Promise<void> {
  const { session, state } = scope;
  if (session === undefined) return;
  const { savingUpTo } = state;
  if (savingUpTo !== undefined && (await endsWith(session, unsavedItems(scope, savingUpTo)))) {
    state.markSaved(savingUpTo);
  }
  const upTo = completeUpTo(state);
  const items = unsavedItems(scope, upTo);
  if (items.length > 0) {
    state.markSaving(upTo);
    const written = await session.addItems(items);
    if (written?.usage !== undefined) state.context.usage.add(new Usage(written.usage));
  }
  if (upTo > state.savedUpTo) state.markSaved(upTo);
}

/** Entries before this one are a whole conversation; a turn with open calls is not. */
function completeUpTo(state: AnyRunState): number {
  const [first] = state.openCalls().length > 0 ? state.turnEntries() : [];
  return first?.seq ?? state.transcript.length;
}

function unsavedItems({ state }: RunScope, upTo: number): AgentInputItem[] {
  const items: AgentInputItem[] = [];
  for (const entry of state.transcript.slice(state.savedUpTo, upTo)) {
    if (entry.origin !== 'session' && isSaid(entry)) items.push(entry.item);
  }
  return items;
}

/** Whether a write that nobody knows the end of has come through: a process died, or a connection broke. */
async function endsWith(session: Session, items: readonly AgentInputItem[]): Promise<boolean> {
  return isSameJson(await session.getItems(items.length), items);
}
