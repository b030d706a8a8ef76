import type {
  AssistantContent,
  InputFile,
  InputImage,
  OutputText,
  ToolCallOutputContent,
} from '@baton/core/model';
import { isRecord, type JsonRecord, textOf } from '@baton/openai-shared';
import { type ProviderMark, withWireFields } from '../provider-mark.js';

/** A part of an assistant message; `undefined` where core has no word for it. */
export function fromWireOutputPart(
  part: JsonRecord,
  mark: ProviderMark,
): AssistantContent | undefined {
  if (part['type'] === 'refusal')
    return { type: 'refusal', refusal: textOf(part, 'refusal') ?? '' };
  const text = textOf(part, 'text');
  if (part['type'] !== 'output_text' || text === undefined) return undefined;
  const extra = hasMore(part);
  return {
    type: 'output_text',
    text,
    ...(extra && { providerData: withWireFields(mark, part, OUTPUT_TEXT) }),
  } satisfies OutputText;
}

/** A part of a user message or of a tool output. */
export function fromWireInputPart(
  part: JsonRecord,
  mark: ProviderMark,
): ToolCallOutputContent | undefined {
  switch (part['type']) {
    case 'input_text':
    case 'output_text':
      return { type: 'input_text', text: textOf(part, 'text') ?? '', ...rest(part, mark, TEXT) };
    case 'input_image':
      return fromWireImage(part, mark);
    case 'input_file':
      return fromWireFile(part, mark);
    case 'input_audio': {
      const audio = part['input_audio'];
      if (!isRecord(audio)) return undefined;
      return {
        type: 'audio',
        audio: textOf(audio, 'data') ?? '',
        format: textOf(audio, 'format') ?? null,
        ...rest(part, mark, AUDIO),
      };
    }
    default:
      return undefined;
  }
}

function fromWireImage(part: JsonRecord, mark: ProviderMark): InputImage {
  const url = textOf(part, 'image_url');
  const id = textOf(part, 'file_id');
  const detail = textOf(part, 'detail');
  return {
    type: 'input_image',
    ...(url !== undefined ? { image: url } : id !== undefined ? { image: { id } } : {}),
    ...(detail !== undefined && { detail }),
    ...rest(part, mark, IMAGE),
  };
}

function fromWireFile(part: JsonRecord, mark: ProviderMark): InputFile {
  const data = textOf(part, 'file_data');
  const url = textOf(part, 'file_url');
  const id = textOf(part, 'file_id');
  const filename = textOf(part, 'filename');
  const file = data ?? (url !== undefined ? { url } : id !== undefined ? { id } : undefined);
  return {
    type: 'input_file',
    ...(file !== undefined && { file }),
    ...(filename !== undefined && { filename }),
    ...rest(part, mark, FILE),
  };
}

/** Provider data only where there is something to keep: parts of user messages are many and plain. */
function rest(
  part: JsonRecord,
  mark: ProviderMark,
  known: ReadonlySet<string>,
): { providerData?: ReturnType<typeof withWireFields> } {
  for (const field in part) {
    if (!known.has(field) && part[field] !== null) {
      return { providerData: withWireFields(mark, part, known) };
    }
  }
  return {};
}

/** Annotations, logprobs and whatever else came with a text; empty lists are what is always there. */
function hasMore(part: JsonRecord): boolean {
  for (const field in part) {
    if (OUTPUT_TEXT.has(field)) continue;
    const value = part[field];
    if (!Array.isArray(value) || value.length > 0) return true;
  }
  return false;
}

const OUTPUT_TEXT: ReadonlySet<string> = new Set(['type', 'text']);
const TEXT = OUTPUT_TEXT;
const IMAGE: ReadonlySet<string> = new Set(['type', 'image_url', 'file_id', 'detail']);
const FILE: ReadonlySet<string> = new Set(['type', 'file_data', 'file_url', 'file_id', 'filename']);
const AUDIO: ReadonlySet<string> = new Set(['type', 'input_audio']);
