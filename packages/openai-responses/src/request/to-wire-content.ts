import {
  type AssistantContent,
  type InputFile,
  type InputImage,
  type ToolCallOutputContent,
  UserError,
} from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import { wireFieldsOf } from '../provider-mark.js';

/** A part of a user message. */
export function toWireInputPart(part: ToolCallOutputContent): JsonRecord {
  switch (part.type) {
    case 'input_text':
      return { type: 'input_text', text: part.text, ...wireFieldsOf(part) };
    case 'input_image':
      return toWireImage(part);
    case 'input_file':
      return toWireFile(part);
    case 'audio': {
      if (typeof part.audio !== 'string') {
        throw new UserError('The Responses API takes audio as base64 data, not by id.');
      }
      const input_audio = { data: part.audio, format: part.format ?? 'wav' };
      return { type: 'input_audio', input_audio, ...wireFieldsOf(part) };
    }
    default:
      part satisfies never;
      throw unknownPart(part, 'a user message');
  }
}

/** A part of a tool output: text, image or file. */
export function toWireOutputPart(part: ToolCallOutputContent): JsonRecord {
  if (part.type === 'audio') {
    throw new UserError(
      'The Responses API takes no audio in a tool output; return text, images or files from the tool.',
    );
  }
  return toWireInputPart(part);
}

/** The text and the refusals of an assistant message, in the wire's own form; other parts have none. */
export function toWireAssistantParts(content: readonly AssistantContent[]): readonly JsonRecord[] {
  const parts: JsonRecord[] = [];
  for (const part of content) {
    switch (part.type) {
      case 'output_text':
        parts.push({
          type: 'output_text',
          text: part.text,
          annotations: [],
          logprobs: [],
          ...wireFieldsOf(part),
        });
        break;
      case 'refusal':
        parts.push({ type: 'refusal', refusal: part.refusal });
        break;
      case 'audio':
        if (part.transcript) {
          parts.push({ type: 'output_text', text: part.transcript, annotations: [], logprobs: [] });
        }
        break;
      case 'image':
        break;
      default:
        part satisfies never;
    }
  }
  return parts;
}

/** What an assistant message says, as one text; `undefined` where the wire can say none of it. */
export function assistantText(content: readonly AssistantContent[]): string | undefined {
  let text: string | undefined;
  for (const part of content) {
    if (part.type === 'output_text') text = (text ?? '') + part.text;
    else if (part.type === 'refusal') text = (text ?? '') + part.refusal;
    else if (part.type === 'audio' && part.transcript) text = (text ?? '') + part.transcript;
  }
  return text;
}

function toWireImage(part: InputImage): JsonRecord {
  const { image } = part;
  return {
    type: 'input_image',
    ...(typeof image === 'string' ? { image_url: image } : image && { file_id: image.id }),
    detail: part.detail ?? 'auto',
    ...wireFieldsOf(part),
  };
}

function toWireFile(part: InputFile): JsonRecord {
  const { file, filename } = part;
  return {
    type: 'input_file',
    ...(filename !== undefined && { filename }),
    ...(typeof file === 'string'
      ? { [/^https?:/i.test(file) ? 'file_url' : 'file_data']: file }
      : file && ('id' in file ? { file_id: file.id } : { file_url: file.url })),
    ...wireFieldsOf(part),
  };
}

function unknownPart(part: { readonly type?: unknown }, where: string): UserError {
  return new UserError(
    `Unknown part ${JSON.stringify(part.type)} in ${where}; expected input_text, input_image, input_file or audio.`,
  );
}
