import { toJsonText, isRecord } from '../internal/json.js';
import type { ToolCallOutputContent } from '../item/index.js';
import type { LocalToolOutput, ToolOutput } from './tool-result.js';
import { isLocalToolOutput } from './tool-result.js';

/** Text from a tool, as a part among others. */
export interface ToolOutputText {
  readonly type: 'text';
  readonly text: string;
}

/** A picture from a tool: a URL or data URL, raw data, or the id of an uploaded file. */
export interface ToolOutputImage {
  readonly type: 'image';
  readonly image:
    | string
    | { readonly url: string }
    | { readonly fileId: string }
    | { readonly data: string | Uint8Array; readonly mediaType?: string };
  readonly detail?: 'auto' | 'low' | 'high' | (string & {});
}

/** A file from a tool: base64 or data URL, raw data, a URL, or the id of an uploaded file. */
export interface ToolOutputFile {
  readonly type: 'file';
  readonly file:
    | string
    | { readonly url: string; readonly filename?: string }
    | { readonly id: string; readonly filename?: string }
    | {
        readonly data: string | Uint8Array;
        readonly mediaType?: string;
        readonly filename?: string;
      };
}

/** A part of a tool output that a tool may return, alone or in a list. */
export type ToolStructuredOutput =
  | ToolOutputText
  | ToolOutputImage
  | ToolOutputFile
  | ToolCallOutputContent;

/**
 * What a tool returned in the form a model is shown: text as it is, structured parts as parts, a list
 * only where every entry is a part, everything else as JSON text [JS-33, TOL-06].
 */
export function toToolOutput(value: unknown): string | readonly ToolCallOutputContent[] {
  if (typeof value === 'string') return value;
  if (value === undefined) return 'null';
  if (isStructuredOutput(value)) return [toContent(value)];
  if (Array.isArray(value) && value.length > 0 && value.every(isStructuredOutput)) {
    return value.map(toContent);
  }
  return toJsonText(value);
}

/** The text a model is shown of an output, for hooks, traces and final outputs. */
export function toolOutputText(output: ToolOutput): string {
  if (typeof output === 'string') return output;
  if (isLocalToolOutput(output)) return localOutputText(output);
  const only = output[0];
  return output.length === 1 && only?.type === 'input_text' ? only.text : toJsonText(output);
}

function localOutputText(output: LocalToolOutput): string {
  switch (output.type) {
    case 'computer_call_result':
      return output.output.data;
    case 'shell_call_output':
      return toJsonText(output.output);
    case 'apply_patch_call_output':
      return output.output ?? output.status;
    case 'hosted_approval_response':
      return output.reason ?? (output.approve ? 'approved' : 'rejected');
    default:
      return output satisfies never;
  }
}

function isStructuredOutput(value: unknown): value is ToolStructuredOutput {
  if (!isRecord(value)) return false;
  switch (value['type']) {
    case 'text':
    case 'input_text':
      return typeof value['text'] === 'string';
    case 'image':
      return isSource(value['image'], ['url', 'fileId']);
    case 'file':
      return isSource(value['file'], ['url', 'id']);
    case 'input_image':
    case 'input_file':
    case 'audio': {
      const source = value[value['type'].replace('input_', '')];
      return typeof source === 'string' || isRecord(source);
    }
    default:
      return false;
  }
}

/** Whether something is a text, raw data, or says under one of these names where it is. */
function isSource(source: unknown, names: readonly string[]): boolean {
  if (typeof source === 'string') return true;
  if (!isRecord(source)) return false;
  const { data } = source;
  return typeof data === 'string' || data instanceof Uint8Array || names.some((name) => typeof source[name] === 'string');
}

function toContent(part: ToolStructuredOutput): ToolCallOutputContent {
  switch (part.type) {
    case 'text':
      return { type: 'input_text', text: part.text };
    case 'image':
      return {
        type: 'input_image',
        image: imageSource(part.image),
        ...(part.detail !== undefined && { detail: part.detail }),
      };
    case 'file':
      return fileContent(part.file);
    default:
      return part;
  }
}

function imageSource(image: ToolOutputImage['image']): string | { readonly id: string } {
  if (typeof image === 'string') return image;
  if ('url' in image) return image.url;
  if ('fileId' in image) return { id: image.fileId };
  return dataUrl(image.data, image.mediaType ?? 'image/png');
}

function fileContent(file: ToolOutputFile['file']): ToolCallOutputContent {
  if (typeof file === 'string') return { type: 'input_file', file };
  const filename = file.filename === undefined ? {} : { filename: file.filename };
  if ('url' in file) return { type: 'input_file', file: { url: file.url }, ...filename };
  if ('id' in file) return { type: 'input_file', file: { id: file.id }, ...filename };
  const data = dataUrl(file.data, file.mediaType ?? 'application/octet-stream');
  return { type: 'input_file', file: data, ...filename };
}

function dataUrl(data: string | Uint8Array, mediaType: string): string {
  if (typeof data === 'string') {
    return data.startsWith('data:') ? data : `data:${mediaType};base64,${data}`;
  }
  let binary = '';
  for (const byte of data) binary += String.fromCharCode(byte);
  return `data:${mediaType};base64,${btoa(binary)}`;
}
