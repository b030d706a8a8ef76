/** The OpenAI Responses API as a Baton model. */
export { OpenAIResponsesModel } from './openai-responses-model.js';
export { getDefaultModel, OpenAIResponsesProvider } from './openai-responses-provider.js';
export type { OpenAIResponsesProviderOptions } from './openai-responses-provider.js';
export type {
  ClientInput as OpenAIClientInput,
  ClientSource as OpenAIClientSource,
  OpenAIClientLike,
  OpenAIClientOptions,
} from '@baton/openai-shared';
