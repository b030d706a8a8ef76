/** The OpenAI Responses API as a Baton model. */
export {
  codeInterpreterTool,
  fileSearchTool,
  hostedMcpTool,
  imageGenerationTool,
  programmaticToolCallingTool,
  toolSearchTool,
  webSearchTool,
} from './hosted-tools/index.js';
export type {
  CodeInterpreterContainer,
  CodeInterpreterToolOptions,
  FileSearchComparison,
  FileSearchCompound,
  FileSearchToolOptions,
  HostedMCPToolFilter,
  HostedMCPToolOptions,
  ImageGenerationToolOptions,
  OpenAIHostedTool,
  ToolAllowedCaller,
  ToolSearchToolOptions,
  WebSearchToolOptions,
} from './hosted-tools/index.js';
export {
  getDefaultModel,
  getDefaultModelSettings,
  gpt5ReasoningSettingsRequired,
  isGpt5Default,
} from './default-model.js';
export { OpenAIResponsesModel } from './openai-responses-model.js';
export type { OpenAIResponsesModelOptions } from './openai-responses-model.js';
export { OpenAIResponsesProvider } from './openai-responses-provider.js';
export type { OpenAIResponsesProviderOptions } from './openai-responses-provider.js';
export type {
  ClientInput as OpenAIClientInput,
  ClientSource as OpenAIClientSource,
  OpenAIClientLike,
  OpenAIClientOptions,
} from '@baton/openai-shared';
