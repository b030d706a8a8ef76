import type { AgentInputItem } from '../item/index.js';

/** What a session may tell of items it has stored. */
export interface SessionWrite {
  /** What models cost that the session asked, e.g. to make the history shorter: a `Usage`; the run counts it [SES-27]. */
  readonly usage?:
    | {
        readonly requests: number;
        readonly inputTokens: number;
        readonly outputTokens: number;
        readonly totalTokens: number;
      }
    | undefined;
}

/**
 * A stored conversation that lasts over runs. Implement it for a store of your own;
 * `testSession` of `@baton/core/testing` proves it.
 *
 * @example
 * ```ts
 * import { Agent, MemorySession, Runner } from '@baton/core';
 *
 * const session = new MemorySession();
 * export async function chat(runner: Runner, agent: Agent, question: string): Promise<string | undefined> {
 *   const result = await runner.run(agent, question, { session });
 *   return result.finalOutput;
 * }
 * ```
 */
export interface Session {
  getSessionId(): Promise<string>;
  /** The newest items up to the limit, oldest first; all without a limit, none for 0. */
  getItems(limit?: number): Promise<AgentInputItem[]>;
  /** Adds items at the end, all of them or, when it throws, none. A run that is cancelled waits for it. */
  addItems(items: AgentInputItem[]): Promise<SessionWrite | void>;
  /** Takes the newest item away and returns it. */
  popItem(): Promise<AgentInputItem | undefined>;
  /** Removes everything. */
  clearSession(): Promise<void>;
}
