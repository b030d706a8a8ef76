import {
  type AgentInputItem,
  type AssistantMessageItem,
  type MessageItem,
  UserError,
} from '@baton/core/model';
import { isRecord, type JsonRecord } from '@baton/openai-shared';
import type { ConvertContext } from './convert-context.js';
import { convertForeignItem } from './convert-foreign-item.js';
import type { MessagePiece } from './message-piece.js';
import { reasoningFields } from './replay-reasoning.js';
import { argumentsFor, functionName, toolCall, toolOutput } from './to-wire-call.js';
import { textsOf, toWirePart } from './to-wire-content.js';
import { toolOutputContent } from './tool-output.js';
import { areTexts, unhandled } from './unhandled.js';
import { appFields, callFields } from './wire-fields.js';

/**
 * Converts one item into its piece of the messages [CC-12].
 *
 * @throws UserError for what Chat Completions cannot be told, and in strict mode for what would be lost.
 */
export function convertItem(item: AgentInputItem, context: ConvertContext): MessagePiece {
  if (!isRecord(item)) throw unhandled(item);
  if (isMessage(item)) return convertMessage(item, context);
  switch (item.type) {
    case 'function_call': {
      if (!areTexts(item.callId, item.name)) throw unhandled(item);
      const name = functionName(item.name);
      const args = argumentsFor(context.dialect, item.arguments);
      return toolCall(item.callId, { name, arguments: args }, callFields(item, context.model));
    }
    case 'function_call_result': {
      if (!areTexts(item.callId)) throw unhandled(item);
      const content = toolOutputContent(item.output, item, context);
      return toolOutput(item.callId, content, appFields(item, TOOL_FIELDS));
    }
    case 'reasoning': {
      const fields = reasoningFields(item, context);
      return fields === undefined ? NOTHING : { kind: 'reasoning', fields };
    }
    default:
      return convertForeignItem(item, context);
  }
}

function isMessage(item: AgentInputItem): item is MessageItem {
  return item.type === 'message' || (item.type === undefined && 'role' in item);
}

function convertMessage(item: MessageItem, context: ConvertContext): MessagePiece {
  switch (item.role) {
    case 'user': {
      const { content } = item;
      if (typeof content === 'string') return message('user', content, item);
      if (!Array.isArray(content)) throw unhandled(item);
      return message('user', content.map(toWirePart), item);
    }
    case 'system':
    case 'developer': {
      // By its type it is a text; callers without types may give parts.
      const text = textsOf(item.content).join('\n');
      if (text === '') return NOTHING;
      const role = context.dialect.developerRole === false ? 'system' : item.role;
      return message(role, text, item);
    }
    case 'assistant':
      return convertAssistantMessage(item, context);
    default:
      item satisfies never;
      throw unhandled(item);
  }
}

function message(
  role: string,
  content: string | readonly JsonRecord[],
  item: MessageItem,
): MessagePiece {
  return {
    kind: 'message',
    json: JSON.stringify({ role, content, ...appFields(item, MESSAGE_FIELDS) }),
  };
}

function convertAssistantMessage(
  item: AssistantMessageItem,
  context: ConvertContext,
): MessagePiece {
  const { dialect, strict, warnings } = context;
  checkPhase(item, context);
  const parts: readonly unknown[] = Array.isArray(item.content) ? item.content : [];
  const texts = [...textsOf(item.content)];
  let refusal: string | undefined;
  let audio: string | undefined;
  for (const part of parts) {
    if (!isRecord(part)) continue;
    if (part['type'] === 'refusal' && typeof part['refusal'] === 'string') {
      if (dialect.refusals === false) texts.push(part['refusal']);
      else refusal = refusal === undefined ? part['refusal'] : `${refusal}\n${part['refusal']}`;
    } else if (part['type'] === 'audio') {
      audio = audioId(part);
      // What was said is better than nothing where the recording is gone.
      if (audio === undefined && typeof part['transcript'] === 'string')
        texts.push(part['transcript']);
    } else if (part['type'] === 'image') {
      const lost = 'Chat Completions cannot be shown a picture that a model made.';
      if (strict) throw new UserError(lost);
      warnings.ofItem('assistant_image_dropped', `${lost} It is left out.`, item);
    }
  }
  return {
    kind: 'assistant',
    text: texts.length === 0 ? undefined : texts.join('\n'),
    refusal,
    audio,
    fields: appFields(item, ASSISTANT_FIELDS),
  };
}

/** Whether a message comments or answers is a thing of the Responses API; what it says is not touched. */
function checkPhase({ phase }: AssistantMessageItem, { strict, warnings }: ConvertContext): void {
  if (phase === undefined || phase === null) return;
  const problem =
    'Assistant message phase is not supported by the Chat Completions API. Use the Responses API to preserve ' +
    'assistant message phases.';
  if (strict) throw new UserError(problem);
  warnings.once('message_phase', `${problem} The phase will be dropped.`);
}

/** Recordings go back by id only. */
function audioId(part: JsonRecord): string | undefined {
  const { audio, providerData } = part;
  const id = isRecord(audio)
    ? audio['id']
    : isRecord(providerData)
      ? providerData['id']
      : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

const NOTHING: MessagePiece = { kind: 'nothing' };
const MESSAGE_FIELDS: ReadonlySet<string> = new Set(['role', 'content', 'type']);
const ASSISTANT_FIELDS: ReadonlySet<string> = new Set([
  ...MESSAGE_FIELDS,
  'tool_calls',
  'refusal',
  'audio',
]);
const TOOL_FIELDS: ReadonlySet<string> = new Set([...MESSAGE_FIELDS, 'tool_call_id']);
