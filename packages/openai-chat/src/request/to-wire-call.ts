import { isRecord, type JsonRecord } from '@baton/openai-shared';
import type { ChatDialect } from '../chat-dialect.js';
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

/** Arguments as the endpoint takes them, which may be as broken as the model wrote them, or may not. */
export function argumentsFor({ brokenArguments }: ChatDialect, args: string): string {
  if (brokenArguments !== false || !args || isObject(args)) return args;
  return JSON.stringify({ arguments: args });
}

function isObject(json: string): boolean {
  try {
    return isRecord(JSON.parse(json));
  } catch {
    return false;
  }
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
