/** The contract of a model provider: `@baton/core/model`. */
export {
  AgentsError,
  messageOf,
  ModelBehaviorError,
  ModelRefusalError,
  ModelRequestError,
  ModelTimeoutError,
  UserError,
} from '../error/index.js';
export { consoleLogger } from '../internal/logger.js';
export type { Logger } from '../internal/logger.js';
export type { AgentsErrorCode, ModelRequestErrorDetails } from '../error/index.js';
export {
  extractAllTextOutput,
  findUnpairedItems,
  isAssistantMessage,
  isToolCall,
  isToolCallResult,
  messageRefusal,
  messageText,
  toInputItems,
} from '../item/index.js';
export type {
  AgentInputItem,
  AgentOutputItem,
  ApplyPatchCallItem,
  ApplyPatchCallResultItem,
  ApplyPatchOperation,
  AssistantContent,
  AssistantMessageItem,
  AudioContent,
  CompactionItem,
  ComputerAction,
  ComputerCallResultItem,
  ComputerUseCallItem,
  FunctionCallItem,
  FunctionCallResultItem,
  HostedApprovalRequestItem,
  HostedApprovalResponseItem,
  HostedToolCallItem,
  ImageContent,
  InputFile,
  InputImage,
  InputText,
  ItemStatus,
  MessageItem,
  OutputText,
  ProviderData,
  ReasoningItem,
  Refusal,
  ShellCallItem,
  ShellCallResultItem,
  ShellOutput,
  SystemMessageItem,
  ToolCallItem,
  ToolCallOutputContent,
  ToolCallResultItem,
  UnknownItem,
  UnpairedItems,
  UserContent,
  UserMessageItem,
} from '../item/index.js';
export { foldModelEvents } from './fold-model-events.js';
export type { FoldedItem } from './fold-model-events.js';
export type { JsonSchema } from './json-schema.js';
export type {
  Model,
  ModelCapabilities,
  ModelProvider,
  ModelProviderOptions,
  ModelRequest,
  RunMemory,
  ModelRetryAdviceRequest,
  ModelTracing,
} from './model.js';
export type {
  AudioDeltaEvent,
  AudioEndEvent,
  AudioStartEvent,
  ModelStreamEvent,
  OutputItemDoneEvent,
  OutputTextDeltaEvent,
  OutputTextEndEvent,
  OutputTextStartEvent,
  ProviderModelEvent,
  ReasoningDeltaEvent,
  ReasoningEndEvent,
  ReasoningPart,
  ReasoningStartEvent,
  RefusalDeltaEvent,
  RefusalEndEvent,
  RefusalStartEvent,
  ResponseDoneEvent,
  ResponseStartedEvent,
  ToolCallArgumentsDeltaEvent,
  ToolCallEndEvent,
  ToolCallStartEvent,
} from './model-events.js';
export type { FinishReason, ModelResponse, ModelWarning } from './model-response.js';
export { mergeModelSettings } from './model-settings.js';
export type {
  ModelRetryAdvice,
  ModelRetryBackoffSettings,
  ModelRetryNormalizedError,
  ModelRetrySettings,
  ModelSettings,
  ModelSettingsContextManagement,
  ModelSettingsReasoning,
  ModelSettingsReasoningEffort,
  ModelSettingsText,
  ModelSettingsToolChoice,
  RetryDecision,
  RetryPolicy,
  RetryPolicyContext,
} from './model-settings.js';
export { MultiProvider, MultiProviderMap } from './multi-provider.js';
export type {
  ClosableProvider,
  DefaultPrefixMode,
  MultiProviderOptions,
  UnknownPrefixMode,
} from './multi-provider.js';
export { providerDataFor } from './provider-data.js';
export type {
  JsonSchemaDefinition,
  Prompt,
  SerializedApplyPatchTool,
  SerializedComputerTool,
  SerializedFunctionTool,
  SerializedHandoff,
  SerializedHostedTool,
  SerializedOutputType,
  SerializedShellTool,
  SerializedTool,
} from './tool-spec.js';
export { retryPolicies } from './retry-policies.js';
export type { RetryPolicies } from './retry-policies.js';
export { Usage } from './usage.js';
export type { RequestUsage, UsageData, UsageInput } from './usage.js';
