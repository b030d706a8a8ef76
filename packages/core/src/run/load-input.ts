import { orAbort } from '../internal/abort-scope.js';
import type { AgentInputItem } from '../item/index.js';
import type { Session } from '../session/index.js';
import { checkItemList } from './check-run-options.js';
import { dropNewlyUnpaired } from './drop-unpaired.js';
import type { RunScope } from './run-scope.js';
import type { TranscriptEntry } from './transcript.js';

/** The conversation so far, then the new input, as the beginning of the transcript. */
export function loadInput(scope: RunScope): void | Promise<void> {
  const { session, state } = scope;
  const input = state.givenInput;
  if (input === undefined) return undefined;
  if (session !== undefined) return loadHistory(scope, session, input);
  state.recordInput(entries(input, 'input'));
  return undefined;
}

async function loadHistory(
  { state, config, signal }: RunScope,
  session: Session,
  input: readonly AgentInputItem[],
): Promise<void> {
  const history = await orAbort(Promise.resolve(session.getItems()), signal);
  checkItemList(history, 'session.getItems()');
  const join = config.sessionInputCallback;
  if (join === undefined) {
    state.recordInput([...entries(history, 'session'), ...entries(input, 'input')]);
    return;
  }
  const known = new Set(history);
  const joined = await orAbort(Promise.resolve(join(history, input)), signal);
  checkItemList(joined, 'sessionInputCallback');
  // Half a pair that is left of the history goes; what is new stays, whatever it is [SES-08].
  const whole = dropNewlyUnpaired(joined, [...history, ...input], input);
  state.recordInput(whole.map((item) => ({ item, origin: known.has(item) ? 'session' : 'input' })));
}

type InputEntry = Pick<TranscriptEntry, 'item' | 'origin'>;

function entries(items: readonly AgentInputItem[], origin: InputEntry['origin']): InputEntry[] {
  return items.map((item) => ({ item, origin }));
}
