/** The OpenAI Responses API as a Baton model. */
export {
  codeInterpreterTool,
  fileSearchTool,
  hostedMcpTool,
  hostedShellTool,
  imageGenerationTool,
  programmaticToolCallingTool,
  toolSearchOutput,
  toolSearchTool,
  webSearchTool,
} from './hosted-tools/index.js';
export type {
  CodeInterpreterContainer,
  CodeInterpreterToolOptions,
  FileSearchComparison,
  FileSearchCompound,
  FileSearchToolOptions,
  HostedMCPApprovalAnswer,
  HostedMCPApprovalRequest,
  HostedMCPTool,
  HostedMCPToolFilter,
  HostedMCPToolOptions,
  HostedShellToolOptions,
  ImageGenerationToolOptions,
  OpenAIHostedTool,
  ShellToolContainerAutoEnvironment,
  ShellToolContainerNetworkPolicy,
  ShellToolContainerReferenceEnvironment,
  ShellToolContainerSkill,
  ShellToolHostedEnvironment,
  ToolAllowedCaller,
  ToolSearchToolOptions,
  WebSearchToolOptions,
} from './hosted-tools/index.js';
export {
  getDefaultModel,
  getDefaultModelSettings,
  gpt5ReasoningSettingsRequired,
  isGpt5Default,
} from '@baton/openai-shared';
export { OpenAIResponsesModel } from './openai-responses-model.js';
export type { OpenAIResponsesModelOptions } from './openai-responses-model.js';
export { OpenAIResponsesWSModel } from './openai-responses-ws-model.js';
export type { OpenAIResponsesWSModelOptions } from './openai-responses-ws-model.js';
export type { OpenAIResponsesWebSocketOptions } from './transport/socket-connection.js';
export { OpenAIResponsesProvider } from './openai-responses-provider.js';
export type { OpenAIResponsesProviderOptions } from './openai-responses-provider.js';
export { isOpenAIResponsesRawModelStreamEvent } from './raw-model-event.js';
export type { OpenAIResponsesRawModelStreamEvent } from './raw-model-event.js';
export { OpenAIConversationsSession } from './sessions/openai-conversations-session.js';
export type { OpenAIConversationsSessionOptions } from './sessions/openai-conversations-session.js';
export { OpenAIResponsesCompactionSession } from './sessions/openai-responses-compaction-session.js';
export type {
  CompactableSession,
  OpenAIResponsesCompactionArgs,
  OpenAIResponsesCompactionDecisionContext,
  OpenAIResponsesCompactionMode,
  OpenAIResponsesCompactionSessionOptions,
} from './sessions/openai-responses-compaction-session.js';
export type {
  ClientInput as OpenAIClientInput,
  ClientSource as OpenAIClientSource,
  OpenAIClientLike,
  OpenAIClientOptions,
} from '@baton/openai-shared';
