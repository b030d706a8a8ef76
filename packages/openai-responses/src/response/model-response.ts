import { type AgentOutputItem, isToolCall, type ModelResponse } from '@baton/core/model';
import { isRecord, type JsonRecord, recordsOf, textOf, toUsage } from '@baton/openai-shared';
import type { ProviderMark } from '../provider-mark.js';
import { fromWireItem } from './from-wire-item.js';

/** What a response is read with. */
export interface ReadOptions {
  readonly mark: ProviderMark;
  readonly requestId: string | undefined;
  readonly preserveRawUsage: boolean;
}

/** The output of a wire response as items. */
export function readOutput(response: JsonRecord, mark: ProviderMark): AgentOutputItem[] {
  const next = itemReader(mark);
  return recordsOf(response, 'output').map((wire) => next(wire));
}

/**
 * Reads the items of one response in order. What follows a reasoning item remembers its id: the API takes
 * such an item back under its own id only together with its reasoning.
 */
export function itemReader(mark: ProviderMark): (wire: JsonRecord) => AgentOutputItem {
  let current = mark;
  return (wire) => {
    if (wire['type'] !== 'reasoning') return fromWireItem(wire, current);
    const reasoningId = textOf(wire, 'id');
    if (reasoningId !== undefined) current = { ...mark, reasoningId };
    return fromWireItem(wire, mark);
  };
}

/** A completed wire response, with its output already read. */
export function toModelResponse(
  response: JsonRecord,
  output: readonly AgentOutputItem[],
  options: ReadOptions,
): ModelResponse {
  const usage = response['usage'];
  const model = textOf(response, 'model');
  return {
    output,
    usage: toUsage(usage, 'responses.create'),
    responseId: textOf(response, 'id'),
    requestId: options.requestId,
    finishReason: output.some(isToolCall) ? 'tool_calls' : 'stop',
    ...(model !== undefined && { providerData: { model } }),
    ...(options.preserveRawUsage && isRecord(usage) && { rawUsage: usage }),
  };
}
