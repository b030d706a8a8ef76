import type { RunFunction } from '@baton/core';
import { Runner } from './runner.js';

/**
 * Runs an agent; needs nothing but `OPENAI_API_KEY`.
 *
 * @example
 * ```ts
 * import { Agent, run } from '@baton/agents';
 *
 * const agent = new Agent({ name: 'Assistant', instructions: 'You are helpful.' });
 * export const haiku = run(agent, 'Write a haiku about recursion.');
 * ```
 */
export const run: RunFunction = /* @__PURE__ */ new Runner().run;
