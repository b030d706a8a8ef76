import type { FunctionCallItem, FunctionCallResultItem } from '@baton/core/model';
import { isRecord, type JsonRecord, textOf } from '@baton/openai-shared';
import { isOwn, type ProviderMark, wireFieldsOf, withWireFields } from './provider-mark.js';

/** The wire's word for a search of tools; whoever is to run it is named in `execution`. */
export const SEARCH_CALL = 'tool_search_call';
export const SEARCH_OUTPUT = 'tool_search_output';

/** The name of the tool that answers a search, and its type on the wire. */
export const SEARCH_TOOL = 'tool_search';

/** Whether a search, or its output, is the app's business and not OpenAI's. */
export function isSearchHere(wire: JsonRecord): boolean {
  return wire['execution'] === 'client' && typeof wire['call_id'] === 'string';
}

/** What is searched for as the arguments of a function. */
export function searchArguments({ arguments: args }: JsonRecord): string {
  return typeof args === 'string' ? args : JSON.stringify(args ?? {});
}

/** A search that the app runs as a call of a function, to be answered by the tool `tool_search`. */
export function fromWireSearchCall(wire: JsonRecord, mark: ProviderMark): FunctionCallItem {
  const id = textOf(wire, 'id');
  return {
    type: 'function_call',
    ...(id !== undefined && { id }),
    callId: textOf(wire, 'call_id') ?? '',
    name: SEARCH_TOOL,
    arguments: searchArguments(wire),
    status: 'completed',
    // Keeps `type`, which is what tells it from the call of a function.
    providerData: withWireFields(mark, wire, CALL_FIELDS),
    outputProviderData: { ...mark, type: SEARCH_OUTPUT },
  };
}

/** The tools that were found as the output of that call: their JSON. */
export function fromWireSearchOutput(wire: JsonRecord, mark: ProviderMark): FunctionCallResultItem {
  const id = textOf(wire, 'id');
  return {
    type: 'function_call_result',
    ...(id !== undefined && { id }),
    callId: textOf(wire, 'call_id') ?? '',
    name: SEARCH_TOOL,
    status: 'completed',
    output: JSON.stringify(wire['tools'] ?? []),
    providerData: withWireFields(mark, wire, OUTPUT_FIELDS),
  };
}

/** The wire's form of a call that came as a search; `undefined` for all others. */
export function toWireSearchCall(
  item: FunctionCallItem,
  id: string | undefined,
): JsonRecord | undefined {
  const fields = isOwn(item) ? wireFieldsOf(item) : NOTHING;
  if (fields['type'] !== SEARCH_CALL) return undefined;
  const { type, created_by: _createdBy, ...rest } = fields;
  return {
    type,
    ...(id !== undefined && { id }),
    call_id: item.callId,
    arguments: objectOf(item.arguments),
    ...(item.status !== undefined && { status: item.status }),
    ...rest,
  };
}

/** The wire's form of what answers such a call; `undefined` for all others. */
export function toWireSearchResult(item: FunctionCallResultItem): JsonRecord | undefined {
  const fields = isOwn(item) ? wireFieldsOf(item) : NOTHING;
  if (fields['type'] !== SEARCH_OUTPUT) return undefined;
  const tools = typeof item.output === 'string' ? parsed(item.output) : undefined;
  const { created_by: _createdBy, ...rest } = fields;
  return {
    ...(item.id !== undefined && { id: item.id }),
    call_id: item.callId,
    execution: 'client',
    // There is no place for words about a search that failed.
    status: Array.isArray(tools) ? 'completed' : 'incomplete',
    tools: Array.isArray(tools) ? tools : [],
    ...rest,
  };
}

function objectOf(args: string): JsonRecord {
  const value = parsed(args);
  return isRecord(value) ? value : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const CALL_FIELDS = new Set(['id', 'call_id', 'arguments', 'status']);
const OUTPUT_FIELDS = new Set(['id', 'call_id', 'tools', 'status', 'execution']);
const NOTHING: JsonRecord = Object.freeze({});
