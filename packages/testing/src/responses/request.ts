import type { JsonObject } from '../json.js';
import type { ConversationItem, RequestBody } from '../reply/reply-request.js';

/** The body of `POST /v1/responses`, once checked (schema `CreateResponse`). */
export interface ResponsesRequest extends RequestBody {
  readonly input?: string | readonly JsonObject[];
  readonly previous_response_id?: string | null;
  readonly conversation?: string | JsonObject | null;
  readonly prompt?: JsonObject | null;
  readonly store?: boolean | null;
  readonly include?: readonly string[] | null;
  readonly reasoning?: JsonObject | null;
  readonly text?: JsonObject & { readonly format?: JsonObject & { readonly type: string } };
  readonly tool_choice?: string | (JsonObject & { readonly type: string });
  readonly stream_options?: JsonObject | null;
}

/** Gives every input item a `type`: a string is a user message, an item with a role is a message. */
export function inputItems(request: ResponsesRequest): readonly ConversationItem[] {
  const { input = [] } = request;
  if (typeof input === 'string') return [{ type: 'message', role: 'user', content: input }];
  return input.map((item) => {
    const type = item['type'] ?? ('role' in item ? 'message' : 'item_reference');
    return { ...item, type: String(type) };
  });
}
