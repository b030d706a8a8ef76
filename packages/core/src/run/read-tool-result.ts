import { UserError } from '../error/index.js';
import { isRecord, toJsonText } from '../internal/json.js';
import type { ToolResult } from '../tool/index.js';

/**
 * What running a tool gave, as the run relies on it: tool middleware is anybody's.
 *
 * @throws UserError where it is no result.
 */
export function readToolResult(toolName: string, result: ToolResult): ToolResult {
  const given: unknown = result;
  const output = isRecord(given) ? given['output'] : undefined;
  if (typeof output === 'string' || (typeof output === 'object' && output !== null)) return result;
  throw new UserError(
    `Running tool "${toolName}" gave ${toJsonText(given)}. Expected { value, output } with output as a text, a list of parts, ` +
      'or an output of a local tool. Check the tool middleware.',
  );
}
