export { Agent } from './agent.js';
export type { AgentOptions, AnyAgent, HandoffOutput, Instructions } from './agent.js';
export type {
  GuardrailFunctionOutput,
  InputGuardrail,
  InputGuardrailFunctionArgs,
  InputGuardrailResult,
  OutputGuardrail,
  OutputGuardrailFunctionArgs,
  OutputGuardrailResult,
} from './guardrail.js';
export { getHandoff, getTransferMessage, Handoff, handoff, serializeHandoff } from './handoff.js';
export type {
  HandoffAgent,
  HandoffInputData,
  HandoffInputFilter,
  HandoffOptions,
  HandoffTarget,
} from './handoff.js';
export type { AgentHookEvents, RunHookEvents } from './hooks.js';
export type { AgentOutputType, ResolvedOutput } from './output-type.js';
export {
  RunCompactionItem,
  RunHandoffCallItem,
  RunHandoffOutputItem,
  RunMessageOutputItem,
  RunReasoningItem,
  RunToolApprovalItem,
  RunToolCallItem,
  RunToolCallOutputItem,
  toConversationItems,
} from './run-item.js';
export type { RunItem } from './run-item.js';
export type {
  FunctionToolResult,
  ToolsToFinalOutputResult,
  ToolUseBehavior,
} from './tool-use-behavior.js';
export type {
  RunAgentUpdatedStreamEvent,
  RunItemStreamEvent,
  RunItemStreamEventName,
  RunNestedStreamEvent,
  RunRawModelStreamEvent,
  RunStreamEvent,
  RunToolProgressStreamEvent,
} from './run-stream-event.js';
export type { AgentToolOptions, AgentToolResult } from './agent-tool.js';
