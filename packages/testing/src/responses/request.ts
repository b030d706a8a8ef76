import type { JsonObject } from '../json.js';
import type { ConversationItem, RequestBody } from '../reply/reply-request.js';

/** The body of `POST /v1/responses`, once checked (schema `CreateResponse`). */
export interface ResponsesRequest extends RequestBody {
  readonly input?: string | readonly JsonObject[];
  readonly previous_response_id?: string | null;
  readonly conversation?: string | (JsonObject & { readonly id: string }) | null;
  readonly prompt?: JsonObject | null;
  readonly store?: boolean | null;
  readonly include?: readonly string[] | null;
  readonly reasoning?: JsonObject | null;
  readonly text?: JsonObject & { readonly format?: JsonObject & { readonly type: string } };
  readonly tool_choice?: string | (JsonObject & { readonly type: string });
  readonly stream_options?: JsonObject | null;
}

/** The items of a request's input; a string is a user message. */
export function inputItems(request: Pick<ResponsesRequest, 'input'>): readonly ConversationItem[] {
  const { input = [] } = request;
  if (typeof input === 'string') return [{ type: 'message', role: 'user', content: input }];
  return typedItems(input);
}

/** Gives every item a `type`: one with a role is a message, one with an id alone refers to another. */
export function typedItems(items: readonly JsonObject[]): readonly ConversationItem[] {
  return items.map((item) => {
    const type = item['type'] ?? ('role' in item ? 'message' : 'item_reference');
    return { ...item, type: String(type) };
  });
}

/** The id of the conversation that a request names. */
export function conversationIdOf({ conversation }: ResponsesRequest): string | undefined {
  if (conversation === undefined || conversation === null) return undefined;
  return typeof conversation === 'string' ? conversation : conversation.id;
}
