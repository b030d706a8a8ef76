import type { HostedToolCallItem } from '@baton/core/model';
import { type JsonRecord, textOf } from '@baton/openai-shared';
import type { ConvertContext } from './convert-context.js';
import type { MessagePiece } from './message-piece.js';
import { argumentsFor, functionName, toolCall, toolOutput } from './to-wire-call.js';
import { toolOutputContent } from './tool-output.js';

/**
 * A call that a provider ran, which has call and output in one item: an assistant message and its tool message. What
 * was asked and what came of it is told, as far as the provider said it.
 */
export function convertHostedCall(item: HostedToolCallItem, context: ConvertContext): MessagePiece {
  const data: JsonRecord = item.providerData ?? NOTHING;
  // Ids of items are longer than OpenAI lets ids of tool calls be; their ends differ.
  const id = (item.id ?? `hosted_${item.name}`).slice(-MAX_CALL_ID);
  // The tool of an MCP server has a name of its own.
  const name = functionName(textOf(data, 'name') || item.name);
  const args = argumentsFor(context.dialect, item.arguments ?? argumentsOf(item, data));
  const pieces = [
    toolCall(id, { name, arguments: args }),
    toolOutput(id, outputOf(item, data, context)),
  ];
  const [made, answered] = pieces.map((piece) => ('json' in piece ? piece.json : ''));
  return {
    kind: 'message',
    json: `{"role":"assistant","content":null,"tool_calls":[${made}]},${answered}`,
  };
}

/** What was asked: a file search has `queries` [CC-12], a web search an `action`, an interpreter `code`. */
function argumentsOf({ status }: HostedToolCallItem, data: JsonRecord): string {
  const { queries, action, code, revised_prompt: prompt } = data;
  return JSON.stringify({ queries, action, code, prompt, status });
}

function outputOf(
  item: HostedToolCallItem,
  data: JsonRecord,
  context: ConvertContext,
): ReturnType<typeof toolOutputContent> {
  const { output, status = 'completed' } = item;
  // Base64, by the million: it is a picture or nothing.
  if (item.name === 'image_generation_call' && typeof output === 'string' && output !== '') {
    return toolOutputContent(
      [{ type: 'input_image', image: asDataURL(output, data) }],
      item,
      context,
    );
  }
  const { results, outputs, error } = data;
  if (error !== undefined && error !== null) return JSON.stringify({ error });
  // By its type it is a text; callers without types may have something else.
  const told: unknown = output ?? results ?? outputs ?? status;
  return typeof told === 'string' ? told : JSON.stringify(told);
}

function asDataURL(image: string, data: JsonRecord): string {
  if (/^(data|https?):/i.test(image)) return image;
  return `data:image/${textOf(data, 'output_format') ?? 'png'};base64,${image}`;
}

/** OpenAI answers 400 to a longer one. */
const MAX_CALL_ID = 40;
const NOTHING: JsonRecord = Object.freeze({});
