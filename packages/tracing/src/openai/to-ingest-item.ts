import { DEFAULT_LIMITS, finishValue } from '../finish-value.js';
import { createRedactor } from '../redaction.js';
import type { SpanRecord, TracingItem } from '../trace-record.js';

/**
 * An item as OpenAI's backend takes it; it refuses a whole batch for one field that it does not know or that is too
 * long [TRC-09].
 */
export function toIngestItem(item: TracingItem): object | null {
  const json = item.toJSON();
  if (json === null || item.type === 'trace') return json;
  return { ...json, span_data: forTheWire(toIngestData(item)), error: toIngestError(item) };
}

/** Without the fields that are for processors in the app. */
function forTheWire(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !key.startsWith('_')));
}

function toIngestData({ spanData: data }: SpanRecord): object {
  switch (data.type) {
    case 'generation': {
      const { type, model, model_config, usage, response_id, instructions, input, output } = data;
      // OpenAI has a response that it keeps, and shows it whole.
      if (response_id?.startsWith('resp_') === true && model_config?.['store'] !== false) return { type: 'response', response_id };
      return {
        type,
        model,
        model_config,
        input: limited(withInstructions(instructions, input)),
        output: limited(Array.isArray(output) || output === undefined ? output : [output]),
        usage: usage === undefined ? undefined : toIngestUsage(usage),
      };
    }
    case 'response':
      return { type: data.type, response_id: data.response_id };
    case 'function':
      return { ...data, input: limited(data.input), output: limited(data.output) };
    case 'speech_group':
      return { ...data, input: limited(data.input) };
    case 'custom':
      return { ...data, data: limited(data.data ?? {}) };
    case 'speech':
      return { ...data, input: limited(data.input) };
    case 'transcription':
      return { ...data, output: limited(data.output) };
    case 'agent':
    case 'guardrail':
    case 'handoff':
    case 'mcp_tools':
    case 'task':
    case 'turn':
      return data;
    default:
      return data satisfies never;
  }
}

function withInstructions(instructions: string | undefined, input: unknown): unknown[] | undefined {
  if (input === undefined) return undefined;
  const items: unknown[] = Array.isArray(input) ? input : [{ role: 'user', content: input }];
  return instructions === undefined ? items : [{ role: 'system', content: instructions }, ...items];
}

/** The backend knows two numbers; whatever else was counted is under `details`. */
function toIngestUsage(usage: Readonly<Record<string, unknown>>): object {
  const { input_tokens, output_tokens, details, ...more } = usage;
  const all = { ...more, ...(typeof details === 'object' ? details : {}) };
  return { input_tokens, output_tokens, ...(Object.keys(all).length > 0 && { details: all }) };
}

/** Errors have a message and data there. */
function toIngestError({ error }: SpanRecord): object | null {
  if (error === null) return null;
  const { message, name, data } = error;
  return { message, data: name === undefined || name === message ? (data ?? null) : { ...data, name } };
}

/** Most bytes of an input or output, as JSON, that the backend takes. */
const MAX_FIELD_BYTES = 100_000;

/** Characters that are several bytes each, and JSON's own, make a field longer than its texts: it is cut until it fits. */
function limited(value: unknown): unknown {
  if (value === undefined || sizeOf(value) <= MAX_FIELD_BYTES) return value;
  for (let fieldLength = MAX_FIELD_BYTES / 2; fieldLength >= 1_000; fieldLength /= 2) {
    // Redacted already.
    const cut = finishValue(value, { redactor: createRedactor(false), limits: { ...DEFAULT_LIMITS, fieldLength } });
    if (sizeOf(cut) <= MAX_FIELD_BYTES) return cut;
  }
  return `[left out: more than ${MAX_FIELD_BYTES} bytes]`;
}

function sizeOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value) ?? '').byteLength;
}
