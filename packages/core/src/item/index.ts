export type {
  AssistantContent,
  AudioContent,
  ImageContent,
  InputFile,
  InputImage,
  InputText,
  OutputText,
  ProviderData,
  Refusal,
  ToolCallOutputContent,
  UserContent,
} from './content.js';
export type {
  AgentInputItem,
  AgentOutputItem,
  ApplyPatchCallItem,
  ApplyPatchCallResultItem,
  ApplyPatchOperation,
  AssistantMessageItem,
  CompactionItem,
  ComputerAction,
  ComputerCallResultItem,
  ComputerUseCallItem,
  FunctionCallItem,
  FunctionCallResultItem,
  HostedApprovalRequestItem,
  HostedApprovalResponseItem,
  HostedToolCallItem,
  ItemStatus,
  MessageItem,
  ReasoningItem,
  ShellCallItem,
  ShellCallResultItem,
  ShellOutput,
  SystemMessageItem,
  ToolCallItem,
  ToolCallResultItem,
  UnknownItem,
  UserMessageItem,
} from './item.js';
export { extractAllTextOutput, isAssistantMessage, messageRefusal, messageText } from './item-text.js';
export { keepItems } from './keep-items.js';
export { assistant, system, toInputItems, user } from './message.js';
export { qualifiedToolName, toolCallInput, toolCallName, toolKindName } from './tool-call.js';
export { findUnpairedItems, isToolCall, isToolCallResult, resultTypeOf } from './tool-call-pairs.js';
export type { UnpairedItems } from './tool-call-pairs.js';
