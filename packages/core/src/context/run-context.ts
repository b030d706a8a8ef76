import { Usage } from '../model/index.js';

/**
 * What the code around a run shares: your own object and the usage so far. Tools, guardrails, hooks and
 * dynamic instructions get it; a model never sees it.
 *
 * @example
 * ```ts
 * import { tool, type RunContext } from '@baton/core';
 *
 * export const whoAmI = tool({
 *   name: 'who_am_i',
 *   description: 'Tells the name of the user',
 *   execute: (_input, runContext: RunContext<{ userName: string }>) => runContext.context.userName,
 * });
 * ```
 */
export class RunContext<TContext = unknown> {
  /** Your own object: one per run, yours to change. */
  context: TContext;
  /** Added up after each model response, also while streaming and in nested runs. */
  readonly usage: Usage;

  constructor(context: TContext, usage: Usage = new Usage()) {
    this.context = context;
    this.usage = usage;
  }
}
