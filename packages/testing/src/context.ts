import type { NextId } from './ids.js';
import type { Chunk } from './reply/reply.js';
import type { ReplySource } from './reply/reply-source.js';

/** What the APIs of one server share. */
export interface ServerContext {
  readonly nextId: NextId;
  readonly nextReply: ReplySource;
  readonly chunk: Chunk;
  /** Makes what a conversation is compacted to; without it the server does. */
  readonly compact: ReplySource | undefined;
  /** The only models there are; without it every name is a model. */
  readonly models: readonly string[] | undefined;
  readonly compatible: CompatibleEndpoint;
}

/** What an endpoint for Chat Completions takes beyond OpenAI's own. */
export interface CompatibleEndpoint {
  /** Fields that it knows, at any depth of the body, such as `reasoning_content`. Default: none. */
  readonly fields?: readonly string[];
  /** `true` takes any content parts in any message, such as images in tool messages. Default: false. */
  readonly anyContent?: boolean;
}
