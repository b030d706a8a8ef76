import { invalidRequest } from '../../http/api-error.js';
import type { ChatMessage } from '../request.js';

/** Refuses a call without its tool message, a tool message without its call, and a second one for one call. */
export function checkMessages(messages: readonly ChatMessage[]): void {
  let open: Set<string> | undefined;
  let answered = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === 'tool') {
      answer({ open, answered, index }, message.tool_call_id ?? '');
      continue;
    }
    requireAnswers(open, answered);
    open = callsOf(message, index);
    answered = new Set();
  }
  requireAnswers(open, answered);
}

interface Place {
  /** The calls of the assistant message that the tool messages follow. */
  readonly open: ReadonlySet<string> | undefined;
  readonly answered: Set<string>;
  readonly index: number;
}

function answer({ open, answered, index }: Place, callId: string): void {
  if (open === undefined) {
    throw invalidRequest(
      "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
      `messages.[${index}].role`,
    );
  }
  const param = `messages.[${index}].tool_call_id`;
  if (!open.has(callId)) {
    throw invalidRequest(
      `Invalid parameter: 'tool_call_id' of '${callId}' not found in 'tool_calls' of previous message.`,
      param,
    );
  }
  if (answered.has(callId)) {
    throw invalidRequest(`Duplicate value for 'tool_call_id' of '${callId}'.`, param);
  }
  answered.add(callId);
}

function requireAnswers(open: ReadonlySet<string> | undefined, answered: Set<string>): void {
  const missing = [...(open ?? [])].filter((callId) => !answered.has(callId));
  if (missing.length === 0) return;
  throw invalidRequest(
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
      `The following tool_call_ids did not have response messages: ${missing.join(', ')}`,
    'messages',
  );
}

function callsOf(message: ChatMessage, index: number): Set<string> | undefined {
  if (message.role !== 'assistant' || message.tool_calls === undefined) return undefined;
  const ids = new Set<string>();
  for (const { id } of message.tool_calls) {
    if (ids.has(id)) {
      throw invalidRequest(
        `Duplicate value for 'id' of '${id}' in 'tool_calls'.`,
        `messages.[${index}].tool_calls`,
      );
    }
    ids.add(id);
  }
  return ids;
}
