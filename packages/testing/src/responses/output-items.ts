import type { NextId } from '../ids.js';
import { isObject, type JsonObject } from '../json.js';
import { message, type OutputItem } from '../reply/outputs.js';
import { type DetailedReply, toOutputList } from '../reply/reply.js';
import { itemKind } from './item-kinds.js';
import type { ResponsesRequest } from './request.js';

/** An output item with everything in it that a response needs. */
export interface FinishedItem extends OutputItem {
  readonly id: string;
}

/** Makes the `output` of a response from a reply: fills in ids, statuses and empty lists. */
export function finishOutput(
  reply: DetailedReply,
  request: ResponsesRequest,
  nextId: NextId,
): readonly FinishedItem[] {
  const wantsEncrypted = request.include?.includes('reasoning.encrypted_content') ?? false;
  const items = toOutputList(reply.output).map((output) => {
    const item = finishItem(typeof output === 'string' ? message(output) : output, nextId);
    return item.type === 'reasoning' ? withEncryptedContent(item, wantsEncrypted) : item;
  });
  return reply.incomplete === undefined
    ? items
    : items.map((item, index) => (index === items.length - 1 ? cutShort(item) : item));
}

function finishItem(item: OutputItem, nextId: NextId): FinishedItem {
  const kind = itemKind(item.type);
  // A search of tools has one where the client is to answer it.
  const hasCallId = kind.hasCallId ?? item['execution'] === 'client';
  return {
    id: item.id ?? nextId(kind.idPrefix),
    ...kind.defaults,
    ...(hasCallId ? { call_id: item['call_id'] ?? nextId('call') } : {}),
    ...item,
    ...(item.type === 'message' && Array.isArray(item['content'])
      ? { content: item['content'].map(finishPart) }
      : {}),
  };
}

function finishPart(part: unknown): unknown {
  return isObject(part) && part['type'] === 'output_text'
    ? { annotations: [], logprobs: [], ...part }
    : part;
}

/** OpenAI sends encrypted reasoning when it was asked for and never otherwise. */
function withEncryptedContent(item: FinishedItem, wanted: boolean): FinishedItem {
  const content = wanted ? (item['encrypted_content'] ?? `encrypted-${item.id}`) : undefined;
  return { ...item, encrypted_content: content }; // `undefined` does not reach the wire
}

function cutShort(item: FinishedItem): FinishedItem {
  return 'status' in item ? { ...item, status: 'incomplete' } : item;
}

/** The parts of an item's list field; an item without the list has none. */
export function partsOf(item: JsonObject, field: string): readonly JsonObject[] {
  const parts = item[field];
  return Array.isArray(parts) ? parts.filter(isObject) : [];
}
