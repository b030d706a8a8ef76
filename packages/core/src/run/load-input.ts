import type { AgentInputItem } from '../item/index.js';
import { checkItemList } from './check-run-options.js';
import { dropNewlyUnpaired } from './drop-unpaired.js';
import type { RunScope } from './run-scope.js';

/** What a new run was given; `undefined` for one that goes on from a state, which has it. */
export type RunInputItems = readonly AgentInputItem[] | undefined;

/** The conversation so far, then the new input, as the beginning of the transcript. */
export async function loadInput(scope: RunScope, input: RunInputItems): Promise<void> {
  if (input === undefined) return;
  const { session, state, config } = scope;
  if (session === undefined) {
    state.recordInput(input, 'input');
    return;
  }
  const history = await session.getItems();
  checkItemList(history, 'session.getItems()');
  const join = config.sessionInputCallback;
  if (join === undefined) {
    state.recordInput(history, 'session');
    state.recordInput(input, 'input');
    return;
  }
  const known = new Set(history);
  const joined = await join(history, input);
  checkItemList(joined, 'sessionInputCallback');
  // Half a pair that is left of the history goes; what is new stays, whatever it is [SES-08].
  for (const item of dropNewlyUnpaired(joined, [...history, ...input], input)) {
    state.recordInput([item], known.has(item) ? 'session' : 'input');
  }
}
