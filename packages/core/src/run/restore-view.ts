import { UserError } from '../error/index.js';
import type { TranscriptView } from './run-data.js';
import type { RunStateJson } from './run-state-json.js';

/** The view of a stored state, with the transcript's own items in place of the numbers that stand for them. */
export function restoreView({ view, transcript }: RunStateJson): TranscriptView | undefined {
  if (view === undefined) return undefined;
  const items = view.items.map((ref) => {
    if (typeof ref !== 'number') return ref;
    const entry = transcript[ref];
    if (entry !== undefined) return entry.item;
    throw new UserError(`The state's view refers to entry ${ref}, which it does not have.`);
  });
  return { upTo: view.upTo, items };
}
