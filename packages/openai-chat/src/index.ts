/** Chat Completions, OpenAI's and every compatible endpoint's, as a model. */
export type { ChatDialect, ResponseFormatSupport } from './chat-dialect.js';
export { chatPresets } from './chat-presets.js';
export type { ChatPreset, ChatPresetName } from './chat-presets.js';
export { itemsToMessages } from './items-to-messages.js';
export type { ItemsToMessagesOptions } from './items-to-messages.js';
export { OpenAIChatCompletionsModel } from './openai-chat-completions-model.js';
export type { OpenAIChatCompletionsModelOptions } from './openai-chat-completions-model.js';
export { OpenAIChatCompletionsProvider } from './openai-chat-completions-provider.js';
export type { OpenAIChatCompletionsProviderOptions } from './openai-chat-completions-provider.js';
export { openAICompatible } from './openai-compatible.js';
export type { OpenAICompatibleOptions } from './openai-compatible.js';
export { isOpenAIChatCompletionsRawModelStreamEvent } from './raw-model-event.js';
export type { OpenAIChatCompletionsRawModelStreamEvent } from './raw-model-event.js';
export type { ReasoningReplay, ReplayReasoning } from './request/replay-reasoning.js';
export { toolToOpenAI } from './tool-to-openai.js';
export {
  getDefaultModel,
  getDefaultModelSettings,
  gpt5ReasoningSettingsRequired,
  isGpt5Default,
} from '@baton/openai-shared';
export type {
  ClientInput as OpenAIClientInput,
  ClientSource as OpenAIClientSource,
  OpenAIClientLike,
  OpenAIClientOptions,
} from '@baton/openai-shared';
