import { asRecord, firstString, fromJson, toJson } from './attributes.js';

type Json = Readonly<Record<string, unknown>>;

/** A message as the conventions' JSON schema has it. */
interface Message {
  readonly role: string;
  readonly parts: readonly Json[];
  readonly finish_reason?: string;
}

/**
 * A conversation as `gen_ai.input.messages`.
 *
 * @param input Items, a text, or whatever a limit of size has left of them.
 */
export function inputMessages(input: unknown): string {
  return toJson(toMessages(input, 'user'));
}

/** An answer as `gen_ai.output.messages`: one message, whatever number of items it has come in. */
export function outputMessages(output: unknown, finishReason: string | undefined): string {
  const parts = toMessages(output, 'assistant').flatMap((message) => message.parts);
  const message: Message = { role: 'assistant', parts, finish_reason: finishReason ?? 'stop' };
  return toJson([message]);
}

function toMessages(value: unknown, role: string): readonly Message[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.map((item) => toMessage(item, role));
}

function toMessage(value: unknown, fallbackRole: string): Message {
  const item = asRecord(value);
  if (item === undefined) {
    return { role: fallbackRole, parts: [text(typeof value === 'string' ? value : toJson(value))] };
  }
  const type = firstString(item['type']) ?? 'message';
  const role = firstString(item['role']);
  if (role !== undefined && type === 'message') {
    return { role: role === 'developer' ? 'system' : role, parts: contentParts(item['content']) };
  }
  if (RESULT_TYPES.has(type)) return { role: 'tool', parts: [toolResponse(item)] };
  return { role: 'assistant', parts: [assistantPart(item, type)] };
}

/** Items that answer a tool call. */
const RESULT_TYPES: ReadonlySet<string> = new Set([
  'function_call_result',
  'computer_call_result',
  'shell_call_output',
  'apply_patch_call_output',
  'hosted_approval_response',
]);

function assistantPart(item: Json, type: string): Json {
  if (type === 'reasoning') {
    const thoughts = [item['rawContent'], item['content']].find(
      (content) => Array.isArray(content) && content.length > 0,
    );
    return { type: 'reasoning', content: joinText(thoughts) };
  }
  if (type.endsWith('_call') || type === 'hosted_approval_request') return toolCall(item, type);
  return { ...item, type };
}

function toolCall(item: Json, type: string): Json {
  const given = item['arguments'] ?? item['action'] ?? item['actions'] ?? item['operation'];
  return {
    type: 'tool_call',
    ...idOf(item),
    name: firstString(item['name']) ?? type.replace(/_call$/, ''),
    arguments: typeof given === 'string' ? fromJson(given) : given,
  };
}

function toolResponse(item: Json): Json {
  const { output } = item;
  const response = Array.isArray(output) ? contentParts(output) : (output ?? item['approve']);
  return { type: 'tool_call_response', ...idOf(item), response };
}

function idOf(item: Json): { readonly id?: string } {
  const id = firstString(item['callId'], item['call_id'], item['id']);
  return id === undefined ? {} : { id };
}

function contentParts(content: unknown): readonly Json[] {
  if (typeof content === 'string') return [text(content)];
  if (!Array.isArray(content)) return [text(toJson(content))];
  return content.map((part) => contentPart(part));
}

function contentPart(value: unknown): Json {
  const part = asRecord(value);
  if (part === undefined) return text(typeof value === 'string' ? value : toJson(value));
  const written = firstString(part['text'], part['refusal'], part['transcript']);
  if (written !== undefined) return text(written);
  switch (part['type']) {
    case 'input_image':
    case 'image':
      return media('image', part['image']);
    case 'input_file':
      return media('file', part['file']);
    case 'audio':
      return media('audio', part['audio']);
    default:
      return { type: 'unknown', ...part };
  }
}

/** A picture, a file or sound: where it is, and not what is in it, which no backend shows from an attribute. */
function media(modality: string, value: unknown): Json {
  const source = asRecord(value);
  if (source?.['id'] !== undefined) return { type: 'file', modality, file_id: source['id'] };
  const uri = firstString(value, source?.['url']);
  if (uri === undefined) return { type: 'blob', modality, content: '' };
  if (/^https?:/i.test(uri)) return { type: 'uri', modality, uri };
  const mimeType = /^data:([^;,]+)/i.exec(uri)?.[1];
  return {
    type: 'blob',
    modality,
    ...(mimeType !== undefined && { mime_type: mimeType }),
    content: `[${uri.length} characters omitted]`,
  };
}

function text(content: string): Json {
  return { type: 'text', content };
}

function joinText(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return content.map((part) => firstString(asRecord(part)?.['text'], part) ?? '').join('\n');
}
