import type { NextId } from '../ids.js';
import { isObject, type JsonObject } from '../json.js';
import type { OutputItem } from '../reply/outputs.js';
import type { FinishedMessage } from './finish-choices.js';

/** The fields of items that the Responses API has and Chat Completions have elsewhere, or not at all. */
const RESPONSES_ONLY = new Set([
  'type',
  'id',
  'role',
  'status',
  'content',
  'phase',
  'call_id',
  'namespace',
]);

const AUDIO_LIVES_SECONDS = 3600;

/**
 * One message of all items. Raw reasoning goes into `reasoning_content`, where endpoints with open models put it, and a
 * summary nowhere; fields that no item of the Responses API has are fields of the message, or of the call.
 */
export function messageOf(items: readonly OutputItem[], nextId: NextId): FinishedMessage {
  const messages = items.filter(({ type }) => type === 'message');
  const parts = messages.flatMap((item) => partsOf(item, 'content'));
  const reasoning = items
    .filter(({ type }) => type === 'reasoning')
    .flatMap((item) => partsOf(item, 'content'));
  const calls = items
    .filter(({ type }) => type.endsWith('_call'))
    .map((item) => call(item, nextId));
  const audio = parts.find(({ type }) => type === 'output_audio');
  return {
    role: 'assistant',
    ...(reasoning.length > 0 ? { reasoning_content: joined(reasoning, 'text') } : {}),
    ...Object.assign({}, ...messages.map(others)),
    content: joined(parts, 'text'),
    refusal: joined(parts, 'refusal'),
    annotations: parts.flatMap((part) => partsOf(part, 'annotations')).map(annotation),
    ...(audio === undefined ? {} : { audio: audioOf(audio, nextId) }),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

function call(item: OutputItem, nextId: NextId): JsonObject {
  const { name, arguments: args, input, ...more } = item;
  const id = item['call_id'] ?? nextId('call');
  return item.type === 'custom_tool_call'
    ? { id, type: 'custom', custom: { name, input }, ...others(more) }
    : { id, type: 'function', function: { name, arguments: args }, ...others(more) };
}

function others(item: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([field]) => !RESPONSES_ONLY.has(field)));
}

/** All texts of one kind in one, or `null` where there is none. */
function joined(parts: readonly JsonObject[], field: string): string | null {
  const texts = parts.map((part) => part[field]).filter((text) => typeof text === 'string');
  return texts.length === 0 ? null : texts.join('');
}

function annotation(given: JsonObject): JsonObject {
  const { type, ...citation } = given;
  return type === 'url_citation' && !('url_citation' in given)
    ? { type, url_citation: citation }
    : given;
}

function audioOf({ data = '', transcript = '' }: JsonObject, nextId: NextId): JsonObject {
  const expires = Math.floor(Date.now() / 1000) + AUDIO_LIVES_SECONDS;
  return { id: nextId('audio'), data, transcript, expires_at: expires };
}

function partsOf(item: JsonObject, field: string): readonly JsonObject[] {
  const parts = item[field];
  return Array.isArray(parts) ? parts.filter(isObject) : [];
}
