import type { AgentInputItem } from '../../item/index.js';
import type { Session } from '../../session/index.js';

/** How `testSession` gets at sessions. */
export interface SessionTestSetup {
  /** Makes a new session: empty, and apart from all others. */
  readonly create: () => Session | Promise<Session>;
  /** Makes a second session on the same conversation, as another process has it; default: not tested. */
  readonly reopen?: (session: Session) => Session | Promise<Session>;
  /** Called with every session when a law is through with it. */
  readonly close?: (session: Session) => void | Promise<void>;
  /** What of an item has to come back; default: all of it. For stores that give items ids of their own. */
  readonly view?: (item: AgentInputItem) => unknown;
  /** Milliseconds to wait for anything before a law fails; default 4000. */
  readonly timeoutMs?: number;
}
