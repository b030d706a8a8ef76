import { type Exchange, jsonBody, sendJson } from '../http/exchange.js';
import { requireModel } from '../models/routes.js';
import type { ServerContext } from '../context.js';
import { isObject, type JsonObject } from '../json.js';
import type { ConversationItem } from '../reply/reply-request.js';
import { takeReply } from '../reply/take-reply.js';
import type { ServerStores } from '../stores.js';
import { checkItems, knownItems, resolvedInput } from './checks/check-request.js';
import { itemResource } from './item-resource.js';
import { finishOutput } from './output-items.js';
import { replyView } from '../reply/reply-view.js';
import { typedItems } from './request.js';
import { compactShape } from './shapes/compact.js';
import { usageOf } from './usage.js';

/**
 * `POST /v1/responses/compact`: what users said stays, all else becomes one item that only the server can read
 * (schema `CompactResource`).
 */
export async function compactConversation(
  context: ServerContext,
  stores: ServerStores,
  exchange: Exchange,
): Promise<void> {
  const body = jsonBody(exchange);
  compactShape(body, '');
  const request = { ...body, model: String(body['model'] ?? '') };
  requireModel(context, request.model);
  const previous = body['previous_response_id'];
  const known = knownItems(typeof previous === 'string' ? previous : null, stores.responses);
  const input = resolvedInput({ input: inputOf(body['input']) }, stores);
  checkItems({ known, input }, stores);
  const conversation = [...known, ...input];
  const view = replyView(exchange, request, conversation);
  const reply =
    context.compact === undefined ? {} : await takeReply(context.compact, exchange, view);
  const scripted = finishOutput(reply, request, context.nextId);
  const output =
    reply.output === undefined ? compacted(context, conversation) : scripted.map(itemResource);
  sendJson(exchange, {
    id: context.nextId('resp'),
    object: 'response.compaction',
    created_at: Math.floor(Date.now() / 1000),
    output,
    usage: usageOf({ request, known, input, output: scripted }, reply.usage),
  });
}

function compacted(
  { nextId }: ServerContext,
  conversation: readonly ConversationItem[],
): readonly JsonObject[] {
  const said = conversation.filter((item) => item.type === 'message' && item['role'] === 'user');
  const id = nextId('cmp');
  return [
    ...said.map((item) => itemResource({ ...item, id: item['id'] ?? nextId('msg') })),
    { type: 'compaction', id, encrypted_content: `encrypted-${id}` },
  ];
}

function inputOf(input: unknown): string | readonly JsonObject[] {
  if (typeof input === 'string') return input;
  return typedItems(Array.isArray(input) ? input.filter(isObject) : []);
}
