import { ApiError } from '../../http/api-error.js';
import { type Exchange, jsonBody } from '../../http/exchange.js';
import type { ConversationItem } from '../../reply/reply-request.js';
import { inputItems, type ResponsesRequest } from '../request.js';
import type { ResponseStore } from '../response-store.js';
import { requestShape } from '../shapes/request.js';
import { checkCallPairs, checkDuplicates } from './check-conversation.js';
import { checkJsonMode, checkParameters } from './check-parameters.js';
import { checkReasoning, itemNotFound } from './check-reasoning.js';
import { checkSchemas } from './check-schemas.js';
import { checkTools } from './check-tools.js';

/** A request that OpenAI would accept. */
export interface CheckedRequest {
  readonly request: ResponsesRequest;
  /** The items of the responses it continues. */
  readonly known: readonly ConversationItem[];
  /** Its own items, with references replaced by what they refer to. */
  readonly input: readonly ConversationItem[];
}

/** Everything that can be wrong with a request in itself. */
export function checkBody(exchange: Exchange): ResponsesRequest {
  const body = jsonBody(exchange);
  requestShape(body, '');
  const request = body as ResponsesRequest; // the shape has just proved it
  checkParameters(request);
  checkTools(request);
  checkSchemas(request);
  return request;
}

/** Everything that can be wrong with a request in the light of what the server remembers. */
export function checkAgainstStore(request: ResponsesRequest, store: ResponseStore): CheckedRequest {
  const known = knownItems(request, store);
  const input = inputItems(request).map((item) => resolveReference(item, store));
  const conversation = [...known, ...input];
  checkDuplicates(conversation);
  checkReasoning(store, known, input);
  checkCallPairs(conversation);
  checkJsonMode(request, conversation);
  return { request, known, input };
}

function knownItems(
  { previous_response_id: previous }: ResponsesRequest,
  store: ResponseStore,
): readonly ConversationItem[] {
  if (previous === undefined || previous === null) return [];
  if (store.get(previous) !== undefined) return store.conversation(previous);
  throw new ApiError(404, `Previous response with id '${previous}' not found.`, {
    param: 'previous_response_id',
    code: 'previous_response_not_found',
  });
}

function resolveReference(item: ConversationItem, store: ResponseStore): ConversationItem {
  if (item.type !== 'item_reference') return item;
  const id = String(item['id']);
  const found = store.findItem(id);
  if (found === undefined) throw itemNotFound(id);
  return found;
}
