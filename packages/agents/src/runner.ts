import { Runner as CoreRunner } from '@baton/core';
import type { RunConfig } from '@baton/core';
import { OpenAIResponsesProvider } from '@baton/openai-responses';

/**
 * Core's `Runner` that finds OpenAI's models by name. Its client is made at the first call, from
 * `OPENAI_API_KEY` and `OPENAI_BASE_URL`; pass `modelProvider` for a key or endpoint of your own.
 *
 * @example
 * ```ts
 * import { Agent, OpenAIResponsesProvider, Runner } from '@baton/agents';
 *
 * export async function askForTenant(apiKey: string, question: string): Promise<string | undefined> {
 *   const runner = new Runner({ modelProvider: new OpenAIResponsesProvider({ apiKey }) });
 *   const result = await runner.run(new Agent({ name: 'Assistant' }), question);
 *   return result.finalOutput;
 * }
 * ```
 */
export class Runner extends CoreRunner {
  constructor(config: RunConfig = {}) {
    super({ ...config, modelProvider: config.modelProvider ?? new OpenAIResponsesProvider() });
  }
}
