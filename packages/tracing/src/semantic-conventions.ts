/**
 * The version of OpenTelemetry's semantic conventions that the names below come from: the registry published as
 * `@opentelemetry/semantic-conventions` 1.45.0. The GenAI and MCP parts are in development, and have since moved to a
 * repository of their own; a newer version is a change of this file.
 */
export const SEMANTIC_CONVENTIONS_VERSION = '1.45.0';

/** Says which version of the conventions the spans follow. */
export const SEMANTIC_CONVENTIONS_SCHEMA_URL = 'https://opentelemetry.io/schemas/1.45.0';

/** Every attribute of OpenTelemetry's conventions that Baton's spans and metrics carry. */
export const ATTRIBUTE = {
  agentName: 'gen_ai.agent.name',
  conversationId: 'gen_ai.conversation.id',
  errorType: 'error.type',
  inputMessages: 'gen_ai.input.messages',
  mcpMethodName: 'mcp.method.name',
  operationName: 'gen_ai.operation.name',
  outputMessages: 'gen_ai.output.messages',
  outputType: 'gen_ai.output.type',
  providerName: 'gen_ai.provider.name',
  requestFrequencyPenalty: 'gen_ai.request.frequency_penalty',
  requestMaxTokens: 'gen_ai.request.max_tokens',
  requestModel: 'gen_ai.request.model',
  requestPresencePenalty: 'gen_ai.request.presence_penalty',
  requestSeed: 'gen_ai.request.seed',
  requestStopSequences: 'gen_ai.request.stop_sequences',
  requestTemperature: 'gen_ai.request.temperature',
  requestTopK: 'gen_ai.request.top_k',
  requestTopP: 'gen_ai.request.top_p',
  responseFinishReasons: 'gen_ai.response.finish_reasons',
  responseId: 'gen_ai.response.id',
  responseModel: 'gen_ai.response.model',
  serverAddress: 'server.address',
  serverPort: 'server.port',
  serviceName: 'service.name',
  systemInstructions: 'gen_ai.system_instructions',
  telemetrySdkLanguage: 'telemetry.sdk.language',
  telemetrySdkName: 'telemetry.sdk.name',
  telemetrySdkVersion: 'telemetry.sdk.version',
  tokenType: 'gen_ai.token.type',
  toolCallArguments: 'gen_ai.tool.call.arguments',
  toolCallId: 'gen_ai.tool.call.id',
  toolCallResult: 'gen_ai.tool.call.result',
  toolName: 'gen_ai.tool.name',
  toolType: 'gen_ai.tool.type',
  usageCacheCreationInputTokens: 'gen_ai.usage.cache_creation.input_tokens',
  usageCacheReadInputTokens: 'gen_ai.usage.cache_read.input_tokens',
  usageInputTokens: 'gen_ai.usage.input_tokens',
  usageOutputTokens: 'gen_ai.usage.output_tokens',
  usageReasoningOutputTokens: 'gen_ai.usage.reasoning.output_tokens',
  workflowName: 'gen_ai.workflow.name',
} as const;

/** Baton's own attributes, for what the conventions have no name for. */
export const BATON_ATTRIBUTE = {
  agentHandoffs: 'baton.agent.handoffs',
  agentTools: 'baton.agent.tools',
  /** Followed by a key of a custom span's data. */
  customPrefix: 'baton.custom.',
  guardrailName: 'baton.guardrail.name',
  guardrailTriggered: 'baton.guardrail.triggered',
  handoffFrom: 'baton.handoff.from_agent',
  handoffTo: 'baton.handoff.to_agent',
  mcpServer: 'baton.mcp.server',
  mcpTools: 'baton.mcp.tools',
  /** Followed by a key of the trace's metadata. */
  metadataPrefix: 'baton.metadata.',
  speechFirstContentAt: 'baton.speech.first_content_at',
  speechInput: 'baton.speech.input',
  transcriptionOutput: 'baton.transcription.output',
  traceId: 'baton.trace.id',
  turn: 'baton.turn',
  usageInputTokens: 'baton.usage.input_tokens',
  usageOutputTokens: 'baton.usage.output_tokens',
  usageRequests: 'baton.usage.requests',
} as const;

/** The values of `gen_ai.operation.name`; the last two are Baton's, as the conventions allow. */
export const OPERATION = {
  chat: 'chat',
  executeTool: 'execute_tool',
  invokeAgent: 'invoke_agent',
  invokeWorkflow: 'invoke_workflow',
  speech: 'speech',
  transcription: 'transcription',
} as const;

/** The values of `mcp.method.name` that runs make spans for. */
export const MCP_METHOD = { callTool: 'tools/call', listTools: 'tools/list' } as const;

/** The value of `error.type` where no better one is known. */
export const ERROR_TYPE_OTHER = '_OTHER';

/** A histogram of the conventions: its name, unit and the bounds of its buckets. */
export interface MetricConvention {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly boundaries: readonly number[];
}

/** The metrics of a GenAI client. */
export const METRIC: {
  readonly tokenUsage: MetricConvention;
  readonly operationDuration: MetricConvention;
} = {
  tokenUsage: {
    name: 'gen_ai.client.token.usage',
    unit: '{token}',
    description: 'Input and output tokens of model calls.',
    boundaries: [
      1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216,
      67_108_864,
    ],
  },
  operationDuration: {
    name: 'gen_ai.client.operation.duration',
    unit: 's',
    description: 'Seconds that model calls, tool calls and agents take.',
    boundaries: [
      0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
    ],
  },
};
