import type { AgentOutputItem } from '../../item/index.js';
import type { ProviderReplyItem } from './provider-reply.js';

/** What an output says, without how a provider cuts it into items. */
export interface Said {
  readonly type: string;
  readonly text?: string;
  readonly callId?: string;
  readonly name?: string;
  readonly arguments?: unknown;
}

/** What was made of an answer; empty texts say nothing. */
export function said(output: readonly AgentOutputItem[]): readonly Said[] {
  return output.flatMap(saidByItem).filter(({ text }) => text !== '');
}

/** What the provider meant. */
export function meant(reply: readonly ProviderReplyItem[]): readonly Said[] {
  return reply.flatMap((item): readonly Said[] => {
    switch (item.type) {
      case 'text':
      case 'refusal':
      case 'reasoning':
        return item.text === '' ? [] : [{ type: item.type, text: item.text }];
      case 'function_call':
        return [
          {
            type: 'function_call',
            callId: item.callId,
            name: item.name,
            arguments: parsed(item.arguments),
          },
        ];
      case 'unknown':
        return [{ type: 'unknown' }];
      default:
        return item satisfies never;
    }
  });
}

function saidByItem(item: AgentOutputItem): readonly Said[] {
  if ('role' in item) {
    return item.content.map((part): Said => {
      switch (part.type) {
        case 'output_text':
          return { type: 'text', text: part.text };
        case 'refusal':
          return { type: 'refusal', text: part.refusal };
        case 'audio':
        case 'image':
          return { type: part.type };
        default:
          return part satisfies never;
      }
    });
  }
  switch (item.type) {
    case 'reasoning': {
      const texts = [...item.content, ...(item.rawContent ?? [])];
      return [{ type: 'reasoning', text: texts.map(({ text }) => text).join('') }];
    }
    case 'function_call':
      return [
        {
          type: 'function_call',
          callId: item.callId,
          name: item.name,
          arguments: parsed(item.arguments),
        },
      ];
    default:
      return [{ type: item.type }];
  }
}

/** Providers that send arguments as data have no text of their own, so spaces in it mean nothing. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
