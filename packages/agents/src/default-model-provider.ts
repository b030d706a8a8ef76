import { MultiProvider } from '@baton/core';
import type { Model, ModelProvider } from '@baton/core';
import { openAIDefaults } from './openai-defaults.js';
import { OpenAIProvider } from './openai-provider.js';

/**
 * Where runs find models that have no provider of their own: the one that was set with
 * `setDefaultModelProvider()` by then, else OpenAI's, whose names may have the prefix `openai/`.
 */
export class DefaultModelProvider implements ModelProvider {
  readonly #openai = new MultiProvider({ defaultProvider: new OpenAIProvider() });

  getModel(modelName?: string): Model | Promise<Model> {
    return (openAIDefaults().modelProvider ?? this.#openai).getModel(modelName);
  }
}
