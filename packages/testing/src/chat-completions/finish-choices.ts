import { setupError } from '../http/api-error.js';
import type { NextId } from '../ids.js';
import { isObject, type JsonObject } from '../json.js';
import { message, type OutputItem } from '../reply/outputs.js';
import { type DetailedReply, type ReplyOutput, toOutputList } from '../reply/reply.js';
import { messageOf } from './finish-message.js';
import type { FinishedLogprobs } from './logprobs.js';
import type { ChatRequest } from './request.js';

/** A choice as a completion that is sent in one piece has it. */
export interface FinishedChoice extends JsonObject {
  readonly index: number;
  readonly message: FinishedMessage;
  readonly logprobs: FinishedLogprobs | null;
  readonly finish_reason: string;
}

/** What the assistant says (schema `ChatCompletionResponseMessage`). */
export interface FinishedMessage extends JsonObject {
  readonly content: string | null;
  readonly refusal: string | null;
  readonly tool_calls?: readonly JsonObject[];
}

/** What one choice is made of: the message, and what OpenAI tells of it only in numbers. */
export interface ChoiceSource {
  readonly items: readonly OutputItem[];
  readonly message: FinishedMessage;
  readonly finishReason: string;
}

/** Makes the choices of a completion from a reply: as many as were asked for, or as many as the reply has. */
export function choiceSources(
  reply: DetailedReply,
  request: ChatRequest,
  nextId: NextId,
): readonly ChoiceSource[] {
  const outputs: readonly (ReplyOutput | undefined)[] = [reply.output, ...(reply.choices ?? [])];
  const count = Math.max(request.n ?? 1, outputs.length);
  return Array.from({ length: count }, (_, index) => {
    const items = toOutputList(index < outputs.length ? outputs[index] : reply.output).map(
      (output) => (typeof output === 'string' ? message(output) : output),
    );
    for (const item of items) requireChatItem(item);
    const finished = messageOf(items, nextId);
    return { items, message: finished, finishReason: finishReason(reply, request, finished) };
  });
}

function finishReason(
  { incomplete }: DetailedReply,
  { tool_choice: choice }: ChatRequest,
  { tool_calls: calls = [] }: FinishedMessage,
): string {
  if (incomplete !== undefined) return incomplete === 'content_filter' ? incomplete : 'length';
  // A model that was made to call this one tool has not decided to call tools.
  const forced = isObject(choice) && choice['type'] !== 'allowed_tools';
  return calls.length > 0 && !forced ? 'tool_calls' : 'stop';
}

const CHAT_ITEMS = ['message', 'reasoning', 'function_call', 'custom_tool_call'];

function requireChatItem({ type }: OutputItem): void {
  if (CHAT_ITEMS.includes(type)) return;
  throw setupError(
    `Chat Completions cannot say an item of type '${type}'; reply with ${CHAT_ITEMS.join(', ')}, ` +
      'or send the request to the Responses API.',
  );
}
