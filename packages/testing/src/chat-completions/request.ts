import type { JsonObject } from '../json.js';
import type { RequestBody, RequestTool } from '../reply/reply-request.js';

/** The body of `POST /v1/chat/completions`, once checked (schema `CreateChatCompletionRequest`). */
export interface ChatRequest extends RequestBody {
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ChatTool[];
  readonly tool_choice?: string | (JsonObject & { readonly type: string });
  readonly response_format?: JsonObject & { readonly type: string };
  readonly stream_options?: JsonObject | null;
  readonly n?: number | null;
  readonly logprobs?: boolean | null;
  readonly top_logprobs?: number | null;
}

/** One message of a request. */
export interface ChatMessage extends JsonObject {
  readonly role: string;
  readonly content?: string | readonly JsonObject[] | null;
  readonly tool_calls?: readonly ChatToolCall[];
  readonly tool_call_id?: string;
}

/** A call in a message of the assistant. */
export interface ChatToolCall extends JsonObject {
  readonly id: string;
  readonly type: string;
}

/** A tool of a request; its name is inside of the field that its type names. */
export interface ChatTool extends RequestTool {
  readonly function?: JsonObject;
  readonly custom?: JsonObject;
}

/** What a tool or a call says of itself: the object in the field that its type names. */
export function detailsOf(toolOrCall: JsonObject): JsonObject {
  const details = toolOrCall[toolOrCall['type'] === 'custom' ? 'custom' : 'function'];
  return details as JsonObject; // the shapes of tools and calls have proved it
}
