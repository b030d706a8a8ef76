import { ApiError } from '../http/api-error.js';
import { type Exchange, jsonBody, sendJson } from '../http/exchange.js';
import { requireModel } from '../models/routes.js';
import type { ServerContext } from '../context.js';
import { isObject, type JsonObject } from '../json.js';
import type { ConversationItem } from '../reply/reply-request.js';
import type { DetailedReply } from '../reply/reply.js';
import { pause } from '../reply/send.js';
import type { ServerStores } from '../stores.js';
import { checkItems, knownItems, resolvedInput } from './checks/check-request.js';
import { itemResource } from './item-resource.js';
import { finishOutput } from './output-items.js';
import { replyView } from './reply-view.js';
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
  const reply = await replyOf(context, exchange, replyView(exchange, request, conversation));
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

async function replyOf(
  { compact }: ServerContext,
  exchange: Exchange,
  view: ReturnType<typeof replyView>,
): Promise<DetailedReply> {
  const reply = (await compact?.(view)) ?? {};
  await pause(exchange, reply.delayMs);
  if (reply.httpError === undefined) return reply;
  throw new ApiError(reply.httpError.status, reply.httpError.message, reply.httpError);
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
