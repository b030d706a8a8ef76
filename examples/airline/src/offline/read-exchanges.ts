import type { ConversationItem } from '@baton/testing';

/** A tool call with its output, both read from JSON; the output of a tool that threw is `{ error: 'failed' }`. */
export interface ToolResult {
  readonly name: string;
  readonly args: Fields;
  readonly output: Fields;
  /** Whether the model has said something since, and so has told of it. */
  readonly told: boolean;
}

export type Fields = Readonly<Record<string, unknown>>;

/** One message of the customer and what followed it. */
export interface Exchange {
  readonly user: string;
  /** All that the model said in answer. */
  readonly said: string;
  readonly results: readonly ToolResult[];
}

/** The conversation of a request, cut before each message of the customer. */
export function readExchanges(conversation: readonly ConversationItem[]): Exchange[] {
  const starts = [...conversation.keys()].filter((index) => isUser(conversation[index]));
  return starts.map((start, index) => readExchange(conversation.slice(start, starts[index + 1])));
}

function readExchange([user, ...rest]: readonly ConversationItem[]): Exchange {
  const lastSaid = rest.findLastIndex(isAssistant);
  const results = rest.flatMap((item, index) => {
    if (item.type !== 'function_call_output') return [];
    const call = rest.find(
      (each) => each.type === 'function_call' && each['call_id'] === item['call_id'],
    );
    return [
      {
        name: String(call?.['name']),
        args: toFields(call?.['arguments']),
        output: toFields(item['output']),
        told: index < lastSaid,
      },
    ];
  });
  const said = rest.filter(isAssistant).map(textOf).join('\n');
  return { user: textOf(user), said, results };
}

function isUser(item: ConversationItem | undefined): boolean {
  return item?.type === 'message' && item['role'] === 'user';
}

function isAssistant(item: ConversationItem): boolean {
  return item.type === 'message' && item['role'] === 'assistant';
}

/** The text of a message, which is a string or a list of parts. */
function textOf(item: ConversationItem | undefined): string {
  const content = item?.['content'];
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: unknown) => String(asFields(part)['text'] ?? '')).join('\n');
}

function toFields(json: unknown): Fields {
  try {
    return asFields(JSON.parse(String(json)));
  } catch {
    return { error: 'failed' }; // a tool that failed answers with a sentence
  }
}

function asFields(value: unknown): Fields {
  // An object's fields are looked up by name and checked where they are used.
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
