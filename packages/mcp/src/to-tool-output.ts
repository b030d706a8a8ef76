import type { ToolStructuredOutput } from '@baton/core';
import type { CallToolResult, MCPContent } from './mcp-types.js';

/**
 * What a model is shown of what a tool gave: text as text, pictures as pictures, data as files, everything else
 * as JSON, sound without its data. Nothing at all is `[]`; of a failed tool always its own words.
 */
export function toToolOutput(
  result: CallToolResult,
  useStructuredContent: boolean,
): string | readonly ToolStructuredOutput[] {
  const { structuredContent, isError } = result;
  // A server that answers with something else has said nothing.
  const content = Array.isArray(result.content) ? result.content : [];
  const structured = isEmpty(structuredContent) ? undefined : JSON.stringify(structuredContent);
  if (structured !== undefined && isError !== true && (useStructuredContent || content.length === 0)) return structured;
  const parts = content.map(toPart);
  const [only] = parts;
  if (only === undefined) return '[]';
  return parts.length === 1 && only.type === 'text' ? only.text : parts;
}

function toPart(block: MCPContent): ToolStructuredOutput {
  const { type, text, data, mimeType, resource } = block;
  if (type === 'text' && typeof text === 'string') return { type, text };
  if (type === 'image' && typeof data === 'string') {
    return { type, image: { data, ...(typeof mimeType === 'string' && { mediaType: mimeType }) } };
  }
  if (type === 'audio' && typeof data === 'string') {
    // Models read no sound out of base64, and it would fill their context.
    return jsonPart({ ...block, data: `[${data.length} characters of base64 left out]` });
  }
  if (type === 'resource' && isRecord(resource)) return resourcePart(resource) ?? jsonPart(block);
  return jsonPart(block);
}

/** Data of a resource; its text stays with its URI, as JSON. */
function resourcePart(resource: Readonly<Record<string, unknown>>): ToolStructuredOutput | undefined {
  const { uri, blob, mimeType } = resource;
  if (typeof blob !== 'string') return undefined;
  const media = typeof mimeType === 'string' ? { mediaType: mimeType } : {};
  if (media.mediaType?.startsWith('image/') === true) return { type: 'image', image: { data: blob, ...media } };
  const filename = typeof uri === 'string' ? uri.split(/[?#]/)[0]?.split('/').at(-1) : undefined;
  return {
    type: 'file',
    file: { data: blob, ...media, ...(filename !== undefined && filename !== '' && { filename }) },
  };
}

function jsonPart(block: unknown): ToolStructuredOutput & { readonly type: 'text' } {
  return { type: 'text', text: JSON.stringify(block) };
}

/** Structure that says nothing. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
