import { Runner } from './runner.js';
import type { RunFunction } from './runner.js';

/**
 * Runs an agent with the default settings: `new Runner().run(…)`. Agents need a `Model` instance, or pass
 * a `modelProvider`; `@baton/agents` has a `run` that finds OpenAI's models by name.
 *
 * @example
 * ```ts
 * import { Agent, run, type Model } from '@baton/core';
 *
 * export async function ask(model: Model, question: string): Promise<string | undefined> {
 *   const agent = new Agent({ name: 'Assistant', model });
 *   return (await run(agent, question)).finalOutput;
 * }
 * ```
 */
export const run: RunFunction = /* @__PURE__ */ new Runner().run;
