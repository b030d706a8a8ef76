import type { JsonRecord } from '@baton/openai-shared';
import type { MessagePiece } from './message-piece.js';

/** A tool call of an assistant message; arguments that are missing are an empty object [C7]. */
export function toolCall(
  id: string,
  { name, arguments: args }: { readonly name: string; readonly arguments: string },
  fields: JsonRecord = {},
): MessagePiece {
  const own = { name, arguments: args || '{}' };
  return {
    kind: 'call',
    callId: id,
    json: JSON.stringify({ id, type: 'function', function: own, ...fields }),
  };
}

/** The message that answers a tool call. */
export function toolOutput(
  id: string,
  content: string | readonly JsonRecord[],
  fields: JsonRecord = {},
): MessagePiece {
  return {
    kind: 'output',
    callId: id,
    json: JSON.stringify({ role: 'tool', tool_call_id: id, content, ...fields }),
  };
}

/** Other APIs have names with dots; this one refuses the request for them. */
export function functionName(name: string): string {
  return name.replaceAll(/[^a-zA-Z0-9_-]/g, '_');
}
