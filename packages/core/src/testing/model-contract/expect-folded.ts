import type { AgentOutputItem } from '../../item/index.js';
import type { FoldedItem } from '../../model/index.js';
import { expectSame } from '../contract/expect-same.js';

/** Fails where the deltas of an item do not add up to it; an empty text needs none. */
export function expectFolded(
  folded: FoldedItem | undefined,
  item: AgentOutputItem,
  index: number,
): void {
  expectSame(addedUp(folded), complete(item), `What the deltas of item ${index} add up to`);
}

function addedUp(folded: FoldedItem | undefined): unknown {
  return {
    content: partsOf(folded?.content, ({ type, text, audio }) => ({
      type,
      text,
      ...(type === 'audio' && { audio }),
    })),
    summary: partsOf(folded?.summary, (text) => ({ text })),
    reasoning: partsOf(folded?.reasoning, (text) => ({ text })),
    call: folded?.call,
  };
}

function complete(item: AgentOutputItem): unknown {
  const nothing = { content: {}, summary: {}, reasoning: {}, call: undefined };
  if ('role' in item) return { ...nothing, content: contentOf(item.content) };
  switch (item.type) {
    case 'reasoning':
      return {
        ...nothing,
        summary: partsOf(item.content.entries(), ({ text }) => ({ text })),
        reasoning: partsOf(item.rawContent?.entries(), ({ text }) => ({ text })),
      };
    case 'function_call': {
      const { callId, name, arguments: text } = item;
      return { ...nothing, call: { callId, name, arguments: text } };
    }
    default:
      return nothing;
  }
}

type Content = Extract<AgentOutputItem, { readonly role: 'assistant' }>['content'];

function contentOf(content: Content): unknown {
  return partsOf(content.entries(), (part) => {
    switch (part.type) {
      case 'output_text':
        return { type: part.type, text: part.text };
      case 'refusal':
        return { type: part.type, text: part.refusal };
      case 'audio':
        return {
          type: part.type,
          text: part.transcript ?? '',
          audio: typeof part.audio === 'string' ? part.audio : '',
        };
      case 'image':
        return { text: '' }; // comes whole, with its item
      default:
        return part satisfies never;
    }
  });
}

/** What is not empty, by position. */
function partsOf<T>(
  parts: Iterable<readonly [number, T]> | undefined,
  view: (part: T) => { readonly text: string; readonly audio?: string },
): unknown {
  const told = [...(parts ?? [])].map(([index, part]) => [index, view(part)] as const);
  return Object.fromEntries(told.filter(([, { text, audio = '' }]) => text !== '' || audio !== ''));
}
