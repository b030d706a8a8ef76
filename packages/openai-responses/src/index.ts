/** The OpenAI Responses API as a Baton model. */
export { OpenAIResponsesModel } from './openai-responses-model.js';
export { getDefaultModel, OpenAIResponsesProvider } from './openai-responses-provider.js';
export type { OpenAIResponsesProviderOptions } from './openai-responses-provider.js';
export type {
  ByteReaderLike,
  ByteStreamLike,
  ClientInput as OpenAIClientInput,
  ClientRequestOptions,
  ClientSource as OpenAIClientSource,
  HttpResponseLike,
  OpenAIClientLike,
  OpenAIClientOptions,
} from '@baton/openai-shared';
