import type { JsonObject } from '../json.js';

/** What a reply function gets to see of the request it answers. */
export interface ReplyRequest {
  /** The body as it came, already checked. */
  readonly body: RequestBody;
  /** All headers, with `authorization` redacted. */
  readonly headers: Readonly<Record<string, string>>;
  /** How many requests this server replied to before this one. */
  readonly index: number;
  /**
   * All items the model would see: those the server stored for earlier responses of the chain, then this input. The
   * messages of Chat Completions are items here, too: their tool calls and tool messages as in the Responses API.
   */
  readonly conversation: readonly ConversationItem[];
  /** The text of the last user message of the conversation, if there is one. */
  readonly lastUserText: string | undefined;
  /** What tools answered since that message, in order. */
  readonly toolOutputs: readonly ToolOutput[];
  /** Aborted when the client goes away or the server is closed. */
  readonly signal: AbortSignal;
}

/** The fields of a request that replies are usually made from; all others can be read by name. */
export interface RequestBody extends JsonObject {
  /** `model-of-the-template` where a prompt template stands in for it. */
  readonly model: string;
  readonly instructions?: string | null;
  readonly stream?: boolean | null;
  readonly tools?: readonly RequestTool[];
}

/** A tool the model may call. */
export interface RequestTool extends JsonObject {
  readonly type: string;
  readonly name?: string;
  readonly description?: string | null;
}

/** An item of the conversation in wire form; messages always say `type: 'message'`. */
export interface ConversationItem extends JsonObject {
  readonly type: string;
}

/** The output of one tool call. */
export interface ToolOutput {
  readonly callId: string;
  /** The name in the call that it answers. */
  readonly name: string | undefined;
  /** The output as text; the texts of a list are joined by a newline. */
  readonly output: string;
}
