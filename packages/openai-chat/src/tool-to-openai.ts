import type { SerializedTool } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import { toWireTool } from './request/to-wire-tool.js';

/**
 * A tool as Chat Completions takes it.
 *
 * @throws UserError for a tool that only the Responses API has.
 *
 * @example
 * ```ts
 * import { toolToOpenAI } from '@baton/openai-chat';
 *
 * export const wire = toolToOpenAI({
 *   type: 'function',
 *   name: 'now',
 *   description: 'Tells the time.',
 *   parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
 *   strict: true,
 * });
 * ```
 */
export function toolToOpenAI(tool: SerializedTool): JsonRecord {
  return toWireTool(tool, { strictTools: true });
}
