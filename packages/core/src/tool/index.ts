export { applyDiff } from './apply-diff.js';
export { serializeTool } from './any-tool.js';
export { keepEnabled } from './keep-enabled.js';
export type { LocalTool, Tool } from './any-tool.js';
export { applyPatchTool } from './apply-patch-tool.js';
export type {
  ApplyPatchResult,
  ApplyPatchTool,
  ApplyPatchToolOptions,
  Editor,
  EditorInvocationContext,
} from './apply-patch-tool.js';
export type { Computer, ComputerButton, ComputerEnvironment } from './computer.js';
export type {
  ComputerOnSafetyCheckFunction,
  ComputerSafetyCheck,
  ComputerSafetyCheckResult,
} from './computer-safety.js';
export { computerTool } from './computer-tool.js';
export type {
  ComputerConfig,
  ComputerCreate,
  ComputerDispose,
  ComputerInitializerArgs,
  ComputerProvider,
  ComputerTool,
  ComputerToolOptions,
} from './computer-tool.js';
export type {
  ExecutableTool,
  ToolApprovalAnswer,
  ToolApprovalHandler,
  ToolApprovalRequest,
  ToolEffect,
  ToolEnabledOptions,
} from './executable-tool.js';
export type { FunctionTool } from './function-tool.js';
export type { HostedTool } from './hosted-tool.js';
export { createSchemaParser, parseJson } from './schema-parser.js';
export type { AnySchema, ParseResult, SchemaOutput, SchemaParser } from './schema-parser.js';
export { toStrictJsonSchema } from './strict-json-schema.js';
export { defaultToolErrorFunction, tool } from './tool.js';
export type { ToolErrorFunction, ToolInput, ToolOptions, ToolReturn } from './tool.js';
export type { LocalToolOptions } from './local-tool.js';
export { shellTool } from './shell-tool.js';
export type {
  Shell,
  ShellAction,
  ShellInvocationContext,
  ShellOutputResult,
  ShellResult,
  ShellTool,
  ShellToolLocalEnvironment,
  ShellToolLocalSkill,
  ShellToolOptions,
} from './shell-tool.js';
export type { RunResource, ToolCallDetails } from './tool-context.js';
export { toFunctionName } from './tool-name.js';
export { toolNamespace } from './tool-namespace.js';
export type { ToolNamespaceOptions } from './tool-namespace.js';
export type { MCPConfig, MCPToolErrorFunction, ToolServer, ToolServerRequest } from './tool-server.js';
export { toolOutputText, toToolOutput } from './tool-output.js';
export type {
  ToolOutputFile,
  ToolOutputImage,
  ToolOutputText,
  ToolStructuredOutput,
} from './tool-output.js';
export { isLocalToolOutput } from './tool-result.js';
export type { LocalToolOutput, ToolOutput, ToolResult } from './tool-result.js';
export {
  defineToolInputGuardrail,
  defineToolOutputGuardrail,
  ToolGuardrailFunctionOutputFactory,
} from './tool-guardrail.js';
export type {
  ToolGuardrailBehavior,
  ToolGuardrailFunctionOutput,
  ToolInputGuardrail,
  ToolInputGuardrailData,
  ToolInputGuardrailResult,
  ToolOutputGuardrail,
  ToolOutputGuardrailData,
  ToolOutputGuardrailResult,
} from './tool-guardrail.js';
export { NestedInterruption } from './nested-run.js';
export type { NestedRunOptions, NestedRunOutcome, NestedRunRequest } from './nested-run.js';
