import type { FunctionCallItem, FunctionCallResultItem, ProviderData } from '@baton/core/model';
import { isRecord, type JsonRecord, textOf } from '@baton/openai-shared';
import { isOwn, type ProviderMark, wireFieldsOf, withWireFields } from './provider-mark.js';

/** A custom tool takes any text, which a function tool gets as its argument `input`. */
export const CUSTOM_CALL = 'custom_tool_call';
export const CUSTOM_OUTPUT = 'custom_tool_call_output';

/** The text of a custom call as the arguments of a function. */
export function customArguments(wire: JsonRecord): string {
  return JSON.stringify({ input: textOf(wire, 'input') ?? '' });
}

/** A call of a custom tool as a call of a function, to be answered by a tool of its name. */
export function fromWireCustomCall(wire: JsonRecord, mark: ProviderMark): FunctionCallItem {
  const id = textOf(wire, 'id');
  const namespace = textOf(wire, 'namespace');
  return {
    type: 'function_call',
    ...(id !== undefined && { id }),
    callId: textOf(wire, 'call_id') ?? '',
    name: textOf(wire, 'name') ?? '',
    ...(namespace !== undefined && { namespace }),
    arguments: customArguments(wire),
    status: 'completed',
    // Keeps `type`, which is what tells it from the call of a function.
    providerData: withWireFields(mark, wire, CALL_FIELDS),
    outputProviderData: { ...callerData(wire, mark), type: CUSTOM_OUTPUT },
  };
}

/** What the output of a call has to say again: who called, where that was a program. */
export function callerData(wire: JsonRecord, mark: ProviderMark): ProviderData | undefined {
  const { caller } = wire;
  return isRecord(caller) ? { ...mark, caller } : wire['type'] === CUSTOM_CALL ? mark : undefined;
}

/** The wire's form of a call that came as one of a custom tool; `undefined` for all others. */
export function toWireCustomCall(item: FunctionCallItem, id: string | undefined): JsonRecord | undefined {
  const fields = isOwn(item) ? wireFieldsOf(item) : NOTHING;
  if (fields['type'] !== CUSTOM_CALL) return undefined;
  const { type, status: _status, created_by: _createdBy, ...rest } = fields;
  return {
    type,
    ...(id !== undefined && { id }),
    call_id: item.callId,
    name: item.name,
    ...(item.namespace !== undefined && { namespace: item.namespace }),
    input: inputOf(item.arguments),
    ...rest,
  };
}

/** The wire's form of what answers such a call; `undefined` for all others. */
export function toWireCustomResult(
  item: FunctionCallResultItem,
  output: unknown,
): JsonRecord | undefined {
  const fields = isOwn(item) ? wireFieldsOf(item) : NOTHING;
  if (fields['type'] !== CUSTOM_OUTPUT) return undefined;
  const { status: _status, created_by: _createdBy, ...rest } = fields;
  return {
    ...(item.id !== undefined && { id: item.id }),
    call_id: item.callId,
    output,
    ...rest,
  };
}

function inputOf(args: string): string {
  try {
    const value: unknown = JSON.parse(args);
    if (isRecord(value)) return textOf(value, 'input') ?? args;
  } catch {
    // Written by hand; it is the text itself.
  }
  return args;
}

const CALL_FIELDS = new Set(['id', 'call_id', 'name', 'namespace', 'input', 'status']);
const NOTHING: JsonRecord = Object.freeze({});
