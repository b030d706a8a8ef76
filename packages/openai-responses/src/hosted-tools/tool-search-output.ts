import type { SerializedTool } from '@baton/core/model';
import { toWireTools } from '../request/convert-tools.js';

/**
 * The output of a search that this app runs: the tools it found, as the Responses API reads them. For a function tool
 * `tool_search` with `providerData: { type: 'tool_search', execution: 'client' }`; `toolSearchTool()` of
 * `@baton/agents` is one.
 *
 * @param tools Some of `details.tools`, as the tool's `execute` is told them.
 *
 * @example
 * ```ts
 * import { tool } from '@baton/core';
 * import { toolSearchOutput } from '@baton/openai-responses';
 * import * as z from 'zod';
 *
 * export const search = tool({
 *   name: 'tool_search',
 *   description: 'Finds tools by a word of their names.',
 *   parameters: z.object({ word: z.string() }),
 *   providerData: { type: 'tool_search', execution: 'client' },
 *   execute: ({ word }, _runContext, { tools }) =>
 *     toolSearchOutput(tools.filter(({ name }) => name.includes(word))),
 *   errorFunction: null,
 * });
 * ```
 */
export function toolSearchOutput(tools: readonly SerializedTool[]): string {
  return JSON.stringify(toWireTools(tools, undefined));
}
