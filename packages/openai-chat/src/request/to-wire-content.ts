import {
  type AudioContent,
  type InputFile,
  type InputImage,
  type ToolCallOutputContent,
  UserError,
} from '@baton/core/model';
import { isRecord, type JsonRecord, textOf } from '@baton/openai-shared';
import { appFields } from './wire-fields.js';

/**
 * A part of a user message [CC-14]. Parts that are in the wire's own form already go as they are [CHT-19].
 *
 * @throws UserError for what the wire cannot say.
 */
export function toWirePart(part: ToolCallOutputContent): JsonRecord {
  if (!isRecord(part)) return asWirePart(part);
  switch (part.type) {
    case 'input_text':
      return { type: 'text', text: part.text, ...appFields(part, TEXT_FIELDS) };
    case 'input_image':
      return toWireImage(part);
    case 'input_file':
      return toWireFile(part);
    case 'audio':
      return toWireAudio(part);
    default:
      part satisfies never;
      return asWirePart(part);
  }
}

/** The text of a message's content; other parts have none. */
export function textsOf(content: unknown): readonly string[] {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  return content.flatMap((part: unknown) => {
    const isText = isRecord(part) && TEXTS.has(String(part['type']));
    return isText ? [textOf(part, 'text') ?? ''] : [];
  });
}

function toWireImage(part: InputImage): JsonRecord {
  const { image, detail = 'auto' } = part;
  const { image_url: more, ...fields } = appFields(part, TYPE);
  if (typeof image !== 'string' || image === '') {
    throw new UserError(
      'Only image URLs are supported for input_image: Chat Completions takes pictures as URLs or data URLs, not by the id of a file.',
    );
  }
  // `original` is a word of the Responses API for the most there is.
  const image_url = { url: image, detail: detail === 'original' ? 'high' : detail };
  return {
    type: 'image_url',
    image_url: isRecord(more) ? { ...image_url, ...more } : image_url,
    ...fields,
  };
}

function toWireFile(part: InputFile): JsonRecord {
  const { filename } = part;
  const { filename: more, file: _file, ...fields } = appFields(part, TYPE);
  const name = filename === undefined || filename === '' ? more : filename;
  return {
    type: 'file',
    file: { ...sourceOf(part), ...(typeof name === 'string' && name !== '' && { filename: name }) },
    ...fields,
  };
}

function sourceOf({ file }: InputFile): JsonRecord {
  if (typeof file === 'string' && !/^https?:/i.test(file)) return { file_data: file };
  const id = isRecord(file) ? textOf(file, 'id') : undefined;
  if (id !== undefined) return { file_id: id };
  throw new UserError(
    'Only file_data or file_id is supported for input_file: Chat Completions takes files as data URLs or by id, not by URL.',
  );
}

function toWireAudio(part: AudioContent): JsonRecord {
  const { audio } = part;
  const { input_audio: _more, ...fields } = appFields(part, TYPE);
  if (typeof audio !== 'string' || audio === '') {
    throw new UserError('Chat Completions takes audio as base64 data, not by id.');
  }
  const format = part.format ?? 'wav';
  if (format !== 'wav' && format !== 'mp3') {
    throw new UserError(
      `Chat Completions takes audio as wav or mp3; the format is ${JSON.stringify(format)}.`,
    );
  }
  return { type: 'input_audio', input_audio: { data: audio, format }, ...fields };
}

/** Only callers without types get here: a part in the wire's form, or something that is none. */
function asWirePart(part: unknown): JsonRecord {
  const type = isRecord(part) ? part['type'] : undefined;
  if (!isRecord(part) || !WIRE_TYPES.has(String(type))) {
    throw new UserError(
      `Unknown content: ${JSON.stringify(type)}. Expected input_text, input_image, input_file or audio.`,
    );
  }
  const { image_url: image } = part;
  return isRecord(image) ? { ...part, image_url: { detail: 'auto', ...image } } : part;
}

const TEXTS: ReadonlySet<string> = new Set(['input_text', 'output_text', 'text']);
const WIRE_TYPES: ReadonlySet<string> = new Set([
  'text',
  'image_url',
  'input_audio',
  'file',
  'video_url',
]);
const TYPE: ReadonlySet<string> = new Set(['type']);
const TEXT_FIELDS: ReadonlySet<string> = new Set(['type', 'text']);
