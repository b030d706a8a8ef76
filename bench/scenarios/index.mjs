import { allocation } from './allocation.mjs';
import { concurrency } from './concurrency.mjs';
import { deltas } from './deltas.mjs';
import { firstDelta } from './first-delta.mjs';
import { history } from './history.mjs';
import { keptConversation } from './kept-conversation.mjs';
import { leak } from './leak.mjs';
import { parallel } from './parallel.mjs';
import { schemas } from './schemas.mjs';
import { slope } from './slope.mjs';
import { tracing } from './tracing.mjs';
import { turns } from './turns.mjs';

/** What is measured, by name: each gets a peer and its options and gives numbers. */
export const SCENARIOS = {
  allocation,
  concurrency,
  deltas,
  firstDelta,
  history,
  keptConversation,
  leak,
  parallel,
  schemas,
  slope,
  tracing,
  turns,
};
