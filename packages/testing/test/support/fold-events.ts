import type { WireEvent } from './post.js';

type Item = Record<string, unknown>;

/**
 * Rebuilds the output from deltas alone, as a client does that never looks at a `done` event's content: what is added,
 * then every delta in its place, then the fields that only the end can know.
 */
export function foldEvents(events: readonly WireEvent[]): readonly Item[] {
  const items: Item[] = [];
  for (const event of events) fold(items, event);
  return items;
}

function fold(items: Item[], event: WireEvent): void {
  const item = items[event['output_index'] as number] as Item;
  const delta = event['delta'] as string;
  switch (event.type) {
    case 'response.output_item.added':
      items[event['output_index'] as number] = structuredClone(event['item']) as Item;
      return;
    case 'response.content_part.added':
      return add(item, 'content', event['content_index'], event['part']);
    case 'response.reasoning_summary_part.added':
      return add(item, 'summary', event['summary_index'], event['part']);
    case 'response.output_text.delta':
    case 'response.reasoning_text.delta':
      return append(part(item, 'content', event['content_index']), 'text', delta);
    case 'response.refusal.delta':
      return append(part(item, 'content', event['content_index']), 'refusal', delta);
    case 'response.reasoning_summary_text.delta':
      return append(part(item, 'summary', event['summary_index']), 'text', delta);
    case 'response.function_call_arguments.delta':
    case 'response.mcp_call_arguments.delta':
      return append(item, 'arguments', delta);
    case 'response.custom_tool_call_input.delta':
      return append(item, 'input', delta);
    case 'response.code_interpreter_call_code.delta':
      return append(item, 'code', delta);
    case 'response.output_item.done':
      return finish(item, event['item'] as Item);
    default:
  }
}

/** Status, outputs and encrypted content have no deltas. */
function finish(item: Item, done: Item): void {
  for (const field of ['status', 'output', 'outputs', 'error', 'encrypted_content']) {
    if (field in done) item[field] = done[field];
  }
}

function add(item: Item, list: string, index: unknown, added: unknown): void {
  (item[list] as unknown[])[index as number] = structuredClone(added);
}

function part(item: Item, list: string, index: unknown): Item {
  return (item[list] as Item[])[index as number] as Item;
}

function append(target: Item, field: string, delta: string): void {
  target[field] = String(target[field]) + delta;
}
