import type { SpanData } from '@baton/core';
import { ATTRIBUTE, BATON_ATTRIBUTE, OPERATION } from '../semantic-conventions.js';
import {
  asRecord,
  firstNumber,
  firstString,
  toAttributeValue,
  toJson,
  withoutUndefined,
} from './attributes.js';
import type { AttributeValue } from './attributes.js';
import { inputMessages, outputMessages } from './messages.js';
import { modelServer } from './provider-name.js';
import type { SpanDescription } from './span-description.js';

/** How model calls are told. */
export interface ModelNaming {
  /** `gen_ai.provider.name` where neither the span nor the address of its model's API tells; default `openai`. */
  readonly providerName?: string | undefined;
}

type ModelCallData = SpanData & {
  readonly type: 'generation' | 'response' | 'transcription' | 'speech';
};
type Described = Readonly<Record<string, AttributeValue | undefined>>;
type Json = Readonly<Record<string, unknown>>;

/** The span of a model call. */
export function describeModelCall(data: ModelCallData, naming: ModelNaming): SpanDescription {
  switch (data.type) {
    case 'generation':
      return call(OPERATION.chat, data.model, {
        ...asked(data.model_config, naming, data._base_url),
        ...counted(data.usage),
        [ATTRIBUTE.responseId]: data.response_id,
        [ATTRIBUTE.responseFinishReasons]: oneOf(data._finish_reason),
        ...(data.instructions !== undefined && {
          [ATTRIBUTE.systemInstructions]: toJson([{ type: 'text', content: data.instructions }]),
        }),
        ...(isSet(data.input) && { [ATTRIBUTE.inputMessages]: inputMessages(data.input) }),
        ...(isSet(data.output) && {
          [ATTRIBUTE.outputMessages]: outputMessages(data.output, data._finish_reason),
        }),
      });
    case 'response': {
      const response = asRecord(data._response);
      const model = firstString(response?.['model']);
      return call(OPERATION.chat, model, {
        ...asked(undefined, naming),
        ...counted(asRecord(response?.['usage'])),
        [ATTRIBUTE.responseModel]: model,
        [ATTRIBUTE.responseId]: firstString(data.response_id, response?.['id']),
      });
    }
    case 'transcription':
      return call(OPERATION.transcription, data.model, {
        ...asked(data.model_config, naming),
        [ATTRIBUTE.outputType]: 'text',
        [BATON_ATTRIBUTE.transcriptionOutput]: data.output,
      });
    case 'speech':
      return call(OPERATION.speech, data.model, {
        ...asked(data.model_config, naming),
        [ATTRIBUTE.outputType]: 'speech',
        [BATON_ATTRIBUTE.speechInput]: data.input,
        [BATON_ATTRIBUTE.speechFirstContentAt]: data.first_content_at,
      });
    default:
      return data satisfies never;
  }
}

function call(
  operation: string,
  model: string | undefined,
  attributes: Described,
): SpanDescription {
  return {
    name: model === undefined ? operation : `${operation} ${model}`,
    kind: 'client',
    attributes: withoutUndefined({
      [ATTRIBUTE.operationName]: operation,
      [ATTRIBUTE.requestModel]: model,
      ...attributes,
    }),
  };
}

/** What the model was asked for: settings by Baton's names or by those of OpenAI's API. */
function asked(config: Json | undefined, naming: ModelNaming, baseURL?: string): Described {
  const setting = (name: string): number | undefined =>
    firstNumber(config?.[name], config?.[toSnakeCase(name)]);
  const stop = config?.['stop'];
  const server = modelServer(firstString(config?.['base_url'], config?.['baseURL'], baseURL));
  return {
    [ATTRIBUTE.providerName]:
      firstString(config?.['provider'], server?.provider) ?? naming.providerName ?? 'openai',
    [ATTRIBUTE.serverAddress]: server?.address,
    [ATTRIBUTE.serverPort]: server?.port,
    [ATTRIBUTE.requestTemperature]: setting('temperature'),
    [ATTRIBUTE.requestTopP]: setting('topP'),
    [ATTRIBUTE.requestTopK]: setting('topK'),
    [ATTRIBUTE.requestMaxTokens]: setting('maxTokens'),
    [ATTRIBUTE.requestFrequencyPenalty]: setting('frequencyPenalty'),
    [ATTRIBUTE.requestPresencePenalty]: setting('presencePenalty'),
    [ATTRIBUTE.requestSeed]: setting('seed'),
    [ATTRIBUTE.requestStopSequences]:
      typeof stop === 'string' ? [stop] : Array.isArray(stop) ? toAttributeValue(stop) : undefined,
  };
}

/** What the call has cost; the details by the names of OpenAI's two APIs and of Baton's sums. */
function counted(usage: Json | undefined): Described {
  const details = asRecord(usage?.['details']);
  const input = asRecord(usage?.['input_tokens_details']) ?? details;
  const output = asRecord(usage?.['output_tokens_details']) ?? details;
  return {
    [ATTRIBUTE.usageInputTokens]: firstNumber(usage?.['input_tokens']),
    [ATTRIBUTE.usageOutputTokens]: firstNumber(usage?.['output_tokens']),
    [ATTRIBUTE.usageCacheReadInputTokens]: firstNumber(
      usage?.['cached_input_tokens'],
      input?.['cached_tokens'],
      details?.['cached_input_tokens'],
    ),
    [ATTRIBUTE.usageCacheCreationInputTokens]: firstNumber(
      usage?.['cache_write_input_tokens'],
      input?.['cache_write_tokens'],
      details?.['cache_write_input_tokens'],
    ),
    [ATTRIBUTE.usageReasoningOutputTokens]: firstNumber(
      usage?.['reasoning_tokens'],
      output?.['reasoning_tokens'],
    ),
  };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function oneOf(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value];
}

function toSnakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
