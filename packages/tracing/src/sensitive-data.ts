import type { SpanData, SpanError } from '@baton/core';

/**
 * Takes what the run worked with out of a span: inputs, outputs, audio, data of the app. Names, numbers and times stay.
 */
export function withoutSensitiveData<TData extends SpanData>(data: TData): TData {
  return { ...data, ...emptied(data) };
}

/** The fields to overwrite, by kind of span. */
function emptied(data: SpanData): Partial<Record<string, unknown>> {
  switch (data.type) {
    case 'function':
    case 'speech_group':
      return { input: undefined, output: undefined };
    case 'generation':
      return { instructions: undefined, input: undefined, output: undefined, model_config: plainSettings(data.model_config) };
    case 'response':
      return { _input: undefined, _response: undefined };
    case 'transcription':
    case 'speech':
      return { input: undefined, output: undefined, model_config: plainSettings(data.model_config) };
    case 'custom':
      return { data: undefined };
    case 'agent':
    case 'guardrail':
    case 'handoff':
    case 'mcp_tools':
    case 'task':
    case 'turn':
      return {};
    default:
      return data satisfies never;
  }
}

/** Of a model's settings what can hold no text: headers, metadata and instructions of a voice are data too. */
function plainSettings(settings: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> | undefined {
  if (settings === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => typeof value === 'number' || typeof value === 'boolean'),
  );
}

/** Of an error what it is called: its text may quote what the run worked with. */
export function withoutErrorText({ name }: SpanError): SpanError {
  return { message: name !== undefined && CLASS_NAME.test(name) ? name : 'Error' };
}

const CLASS_NAME = /^[A-Za-z_$][\w$]{0,80}$/;
