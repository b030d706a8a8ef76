import { Runner as CoreRunner } from '@baton/core';
import type { RunConfig } from '@baton/core';
import { agentsLogger } from './agents-logger.js';
import { DefaultModelProvider } from './default-model-provider.js';
import { defaultTracer } from './default-tracing.js';

/**
 * Core's `Runner` that finds OpenAI's models by name, as `gpt-5.6-luna` or `openai/gpt-5.6-luna`. Its client
 * is made at the first call, from `OPENAI_API_KEY` and `OPENAI_BASE_URL` or what the default setters were
 * given; pass `modelProvider` for a key or endpoint of your own. Runs are traced: to OpenAI where there is a key
 * and the run talks to OpenAI, and to the processors of `addTraceProcessor()`; pass `tracer` for one of your own.
 *
 * @example
 * ```ts
 * import { Agent, OpenAIProvider, Runner } from '@baton/agents';
 *
 * export async function askForTenant(apiKey: string, question: string): Promise<string | undefined> {
 *   const runner = new Runner({ modelProvider: new OpenAIProvider({ apiKey }) });
 *   const result = await runner.run(new Agent({ name: 'Assistant' }), question);
 *   return result.finalOutput;
 * }
 * ```
 */
export class Runner extends CoreRunner {
  constructor(config: RunConfig = {}) {
    super({
      ...config,
      modelProvider: config.modelProvider ?? new DefaultModelProvider(),
      tracer: config.tracer ?? defaultTracer,
      logger: config.logger ?? agentsLogger,
    });
  }
}
