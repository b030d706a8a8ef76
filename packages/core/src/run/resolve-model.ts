import type { AnyAgent } from '../agent/index.js';
import { UserError } from '../error/index.js';
import type { Model } from '../model/index.js';
import type { RunConfig } from './run-config.js';

/** The run's model, else the agent's, else the provider's default [AG-6]. */
export function resolveModel(agent: AnyAgent, config: RunConfig<never>): Model | Promise<Model> {
  const choice = config.model ?? agent.model;
  if (typeof choice === 'object') return choice;
  if (config.modelProvider === undefined) {
    throw new UserError(
      `Agent "${agent.name}" has ${choice === undefined ? 'no model' : `the model name "${choice}"`} and the run has no model provider. ` +
        'Give the agent a Model, give the Runner a modelProvider, or use run() of @baton/agents, which brings OpenAI\'s.',
    );
  }
  return config.modelProvider.getModel(choice);
}
