export { applyDiff } from './apply-diff.js';
export { serializeTool } from './any-tool.js';
export type { Tool } from './any-tool.js';
export type { FunctionTool, ToolEffect, ToolEnabledOptions } from './function-tool.js';
export type { HostedTool } from './hosted-tool.js';
export { createSchemaParser, parseJson } from './schema-parser.js';
export type { AnySchema, ParseResult, SchemaOutput, SchemaParser } from './schema-parser.js';
export { toStrictJsonSchema } from './strict-json-schema.js';
export { defaultToolErrorFunction, tool } from './tool.js';
export type { ToolErrorFunction, ToolInput, ToolOptions, ToolReturn } from './tool.js';
export type { ToolCallDetails } from './tool-context.js';
export { toFunctionName } from './tool-name.js';
export { toolOutputText, toToolOutput } from './tool-output.js';
export type {
  ToolOutputFile,
  ToolOutputImage,
  ToolOutputText,
  ToolStructuredOutput,
} from './tool-output.js';
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
