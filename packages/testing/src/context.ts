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
}
