import type { AgentInputItem, ModelRequest } from '@baton/core/model';
import type { ConvertContext } from './convert-context.js';
import { convertItem } from './convert-item.js';
import type { MessagePiece } from './message-piece.js';
import { MessageWriter } from './message-writer.js';
import type { ChatMemory } from './run-memory.js';

/** An input as it was sent, to go on from. */
export interface SentMessages {
  readonly items: AgentInputItem[];
  readonly writer: MessageWriter;
}

/**
 * The messages of the body, without the instructions: JSON with commas between. Each item is converted once per
 * run; where the input begins as the last one did, as it does from turn to turn, only what is new is looked at.
 */
export function messagesJson(
  input: ModelRequest['input'],
  context: ConvertContext,
  memory: ChatMemory,
): string {
  if (typeof input === 'string') return JSON.stringify({ role: 'user', content: input });
  const { items, writer } = startOf(input, memory);
  // Gone until it is whole again: an item that cannot be converted must not leave half a conversation behind.
  delete memory.last;
  for (let at = items.length; at < input.length; at++) {
    const item = input[at];
    if (item === undefined) continue;
    writer.add(pieceOf(item, context, memory));
    items.push(item);
  }
  memory.last = { items, writer };
  return writer.json();
}

function startOf(input: readonly AgentInputItem[], { last }: ChatMemory): SentMessages {
  const goesOn =
    last !== undefined &&
    last.items.length <= input.length &&
    last.items.every((item, at) => item === input[at]);
  return goesOn ? last : { items: [], writer: new MessageWriter() };
}

function pieceOf(
  item: AgentInputItem,
  context: ConvertContext,
  { items }: ChatMemory,
): MessagePiece {
  let piece = items.get(item);
  if (piece === undefined) {
    piece = convertItem(item, context);
    items.set(item, piece);
  }
  return piece;
}
