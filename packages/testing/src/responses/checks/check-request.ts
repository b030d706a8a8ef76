import type { Conversation } from '../../conversations/conversation-store.js';
import { conversationOrNotFound } from '../../conversations/not-found.js';
import { ApiError, invalidRequest } from '../../http/api-error.js';
import { type Incoming, jsonBody } from '../../http/exchange.js';
import type { ConversationItem } from '../../reply/reply-request.js';
import type { ServerStores } from '../../stores.js';
import { conversationIdOf, inputItems, type ResponsesRequest } from '../request.js';
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
  /** The conversation it is made on. */
  readonly conversation: Conversation | undefined;
  /** The items of the conversation, or of the responses, that it continues. */
  readonly known: readonly ConversationItem[];
  /** Its own items, with references replaced by what they refer to. */
  readonly input: readonly ConversationItem[];
}

/** The model that every prompt template names. */
const TEMPLATE_MODEL = 'model-of-the-template';

/** Everything that can be wrong with a request in itself. */
export function checkBody(incoming: Incoming): ResponsesRequest {
  const body = jsonBody(incoming);
  requestShape(body, '');
  checkParameters(body);
  const request = { ...body, model: body['model'] ?? TEMPLATE_MODEL } as ResponsesRequest; // the shape has just proved it
  checkTools(request);
  checkSchemas(request);
  return request;
}

/** Everything that can be wrong with a request in the light of what the server remembers. */
export function checkAgainstStores(
  request: ResponsesRequest,
  stores: ServerStores,
): CheckedRequest {
  const conversationId = conversationIdOf(request);
  const conversation =
    conversationId === undefined
      ? undefined
      : conversationOrNotFound(stores.conversations, conversationId);
  if (conversation?.locked === true) throw lockedError();
  const known = [
    ...(conversation?.items ?? knownItems(request.previous_response_id, stores.responses)),
  ];
  const input = resolvedInput(request, stores);
  checkItems({ known, input }, stores);
  checkJsonMode(request, [...known, ...input]);
  return { request, conversation, known, input };
}

/** Everything that can be wrong with what a model is to read. */
export function checkItems(
  { known, input }: Pick<CheckedRequest, 'known' | 'input'>,
  stores: ServerStores,
): void {
  const all = [...known, ...input];
  checkDuplicates(all);
  checkReasoning(stores, known, input);
  checkCallPairs(all);
}

/** The items of the responses that this one was the last of. */
export function knownItems(
  previous: string | null | undefined,
  store: ResponseStore,
): readonly ConversationItem[] {
  if (previous === undefined || previous === null) return [];
  if (store.get(previous) !== undefined) return store.conversation(previous);
  throw new ApiError(404, `Previous response with id '${previous}' not found.`, {
    param: 'previous_response_id',
    code: 'previous_response_not_found',
  });
}

/** The items of a request, with references replaced by what they refer to. */
export function resolvedInput(
  request: Pick<ResponsesRequest, 'input'>,
  stores: ServerStores,
): readonly ConversationItem[] {
  return inputItems(request).map((item) => {
    if (item.type !== 'item_reference') return item;
    const id = String(item['id']);
    const found = stores.findItem(id);
    if (found === undefined) throw itemNotFound(id);
    return found;
  });
}

function lockedError(): ApiError {
  return invalidRequest(
    'Another process is currently operating on this conversation. Please retry in a few seconds.',
    null,
    'conversation_locked',
  );
}
