import type { SpanData, SpanError } from '@baton/core';
import {
  ATTRIBUTE,
  BATON_ATTRIBUTE,
  ERROR_TYPE_OTHER,
  MCP_METHOD,
  OPERATION,
} from '../semantic-conventions.js';
import type { SpanRecord, TraceRecord } from '../trace-record.js';
import {
  asRecord,
  firstString,
  fromJson,
  toAttributeValue,
  withoutUndefined,
} from './attributes.js';
import type { Attributes, AttributeValue } from './attributes.js';
import { describeModelCall } from './describe-model-call.js';
import type { ModelNaming } from './describe-model-call.js';
import type { SpanDescription } from './span-description.js';

/** What a description is made of. */
export type DescribedSpan = Pick<SpanRecord, 'spanData' | 'error' | 'groupId' | 'traceMetadata'>;

/** A span by the conventions: what it is called, whether it waits for somebody else, and what it tells. */
export function describeSpan(span: DescribedSpan, naming: ModelNaming): SpanDescription {
  const described = describeData(span.spanData, naming);
  return {
    ...described,
    attributes: {
      ...common(span.groupId, span.traceMetadata),
      ...described.attributes,
      ...(span.error && { [ATTRIBUTE.errorType]: errorType(span.error) }),
    },
  };
}

/** The span of a trace that the app opened around its runs. */
export function describeTrace(
  trace: Pick<TraceRecord, 'traceId' | 'name' | 'groupId' | 'metadata' | 'error'>,
): SpanDescription {
  const described = workflow(trace.name);
  return {
    ...described,
    attributes: {
      ...common(trace.groupId, trace.metadata),
      ...described.attributes,
      [BATON_ATTRIBUTE.traceId]: trace.traceId,
      ...(trace.error && { [ATTRIBUTE.errorType]: errorType(trace.error) }),
    },
  };
}

/** What went wrong, in a word that one can group by: the error's class, or its code. */
function errorType({ name, data }: SpanError): string {
  return firstString(name, data?.['type'], data?.['code']) ?? ERROR_TYPE_OTHER;
}

function common(
  groupId: string | null,
  metadata: Readonly<Record<string, unknown>> | undefined,
): Attributes {
  return {
    ...(groupId !== null && { [ATTRIBUTE.conversationId]: groupId }),
    ...prefixed(BATON_ATTRIBUTE.metadataPrefix, metadata),
  };
}

function describeData(data: SpanData, naming: ModelNaming): SpanDescription {
  switch (data.type) {
    case 'task':
      return workflow(data.name, {
        [BATON_ATTRIBUTE.usageRequests]: data.usage?.requests,
        ...tokens(data.usage),
      });
    case 'agent':
      return internal(`${OPERATION.invokeAgent} ${data.name}`, {
        [ATTRIBUTE.operationName]: OPERATION.invokeAgent,
        [ATTRIBUTE.agentName]: data.name,
        [ATTRIBUTE.outputType]: outputType(data.output_type),
        [BATON_ATTRIBUTE.agentTools]: data.tools,
        [BATON_ATTRIBUTE.agentHandoffs]: data.handoffs,
      });
    case 'turn':
      return internal(`turn ${data.turn}`, {
        [ATTRIBUTE.agentName]: data.agent_name,
        [BATON_ATTRIBUTE.turn]: data.turn,
        ...tokens(data.usage),
      });
    case 'generation':
    case 'response':
    case 'transcription':
    case 'speech':
      return describeModelCall(data, naming);
    case 'function':
      return describeTool(data);
    case 'handoff':
      return internal(`handoff ${data.to_agent ?? 'unknown'}`, {
        [BATON_ATTRIBUTE.handoffFrom]: data.from_agent,
        [BATON_ATTRIBUTE.handoffTo]: data.to_agent,
      });
    case 'guardrail':
      return internal(`guardrail ${data.name}`, {
        [BATON_ATTRIBUTE.guardrailName]: data.name,
        [BATON_ATTRIBUTE.guardrailTriggered]: data.triggered,
      });
    case 'mcp_tools':
      return { ...internal(MCP_METHOD.listTools, listedTools(data)), kind: 'client' };
    case 'speech_group':
      return internal('speech_group', { [BATON_ATTRIBUTE.speechInput]: data.input });
    case 'custom':
      return internal(data.name, prefixed(BATON_ATTRIBUTE.customPrefix, data.data));
    default:
      return unknownSpan(data);
  }
}

function describeTool(data: SpanData & { readonly type: 'function' }): SpanDescription {
  return internal(`${OPERATION.executeTool} ${data.name}`, {
    [ATTRIBUTE.operationName]: OPERATION.executeTool,
    [ATTRIBUTE.toolName]: data.name,
    [ATTRIBUTE.toolType]: 'function',
    [ATTRIBUTE.toolCallId]: data._call_id,
    [ATTRIBUTE.toolCallArguments]: toAttributeValue(data.input),
    [ATTRIBUTE.toolCallResult]: toAttributeValue(data.output),
    ...(data.mcp_data !== undefined && {
      [ATTRIBUTE.mcpMethodName]: MCP_METHOD.callTool,
      [BATON_ATTRIBUTE.mcpServer]: serverName(data.mcp_data),
    }),
  });
}

/** `mcp_data` is `{"server": …}` as JSON, where a run wrote it. */
function serverName(mcpData: string): string {
  return firstString(asRecord(fromJson(mcpData))?.['server']) ?? mcpData;
}

function listedTools(data: SpanData & { readonly type: 'mcp_tools' }): Described {
  return {
    [ATTRIBUTE.mcpMethodName]: MCP_METHOD.listTools,
    [BATON_ATTRIBUTE.mcpServer]: data.server,
    [BATON_ATTRIBUTE.mcpTools]: toAttributeValue(data.result),
  };
}

/** A tracer may make kinds of spans that this version does not know. */
function unknownSpan(data: never): SpanDescription {
  const record = asRecord(data);
  return internal(firstString(record?.['name'], record?.['type']) ?? 'unknown');
}

type Described = Readonly<Record<string, AttributeValue | undefined>>;

function internal(name: string, attributes: Described = {}): SpanDescription {
  return { name, kind: 'internal', attributes: withoutUndefined(attributes) };
}

function workflow(name: string, attributes: Described = {}): SpanDescription {
  return internal(`${OPERATION.invokeWorkflow} ${name}`, {
    [ATTRIBUTE.operationName]: OPERATION.invokeWorkflow,
    [ATTRIBUTE.workflowName]: name,
    ...attributes,
  });
}

/** Sums go by other names than those of a model call, as a backend would count both. */
function tokens(
  usage: { readonly input_tokens: number; readonly output_tokens: number } | undefined,
): Described {
  return {
    [BATON_ATTRIBUTE.usageInputTokens]: usage?.input_tokens,
    [BATON_ATTRIBUTE.usageOutputTokens]: usage?.output_tokens,
  };
}

/** The conventions know what the caller asks for, text or JSON, and not the name of a schema. */
function outputType(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  return name === 'text' || name === 'str' ? 'text' : 'json';
}

function prefixed(
  prefix: string,
  values: Readonly<Record<string, unknown>> | undefined,
): Record<string, AttributeValue> {
  const attributes = Object.entries(values ?? {}).map(
    ([key, value]) => [`${prefix}${key}`, toAttributeValue(value)] as const,
  );
  return withoutUndefined(Object.fromEntries(attributes));
}
