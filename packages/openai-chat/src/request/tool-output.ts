import { type AgentInputItem, type ToolCallOutputContent, UserError } from '@baton/core/model';
import { isRecord, type JsonRecord, textOf } from '@baton/openai-shared';
import type { ConvertContext } from './convert-context.js';
import { toWirePart } from './to-wire-content.js';

/** What stands where a tool output has nothing that the wire can carry. */
export const OMITTED_TOOL_OUTPUT = '[tool output omitted]';

/**
 * The content of a `tool` message [S3]: text as it is, and of a list its text. A list of which nothing is left
 * becomes a placeholder, as empty tool messages are refused or misread.
 *
 * @throws UserError in strict mode where anything would be lost.
 */
export function toolOutputContent(
  output: string | readonly ToolCallOutputContent[],
  item: AgentInputItem,
  context: ConvertContext,
): string | readonly JsonRecord[] {
  if (typeof output === 'string') return output;
  const parts = listOf(output).map((part) => toParts(part, context));
  const kept = parts.flatMap(({ wire }) => (wire === undefined ? [] : [wire]));
  const lost = [...new Set(parts.flatMap(({ dropped }) => dropped ?? []))];
  if (kept.length === 0) return placeholder(item, context);
  if (lost.length > 0) reportLost(lost, item, context);
  if (context.dialect.toolOutputParts !== false) return kept;
  return kept.every(({ type }) => type === 'text')
    ? kept.map((part) => textOf(part, 'text') ?? '').join('\n')
    : kept;
}

interface Part {
  readonly wire?: JsonRecord;
  /** The kind of a part that cannot be sent. */
  readonly dropped?: string;
}

function toParts(part: ToolCallOutputContent, context: ConvertContext): Part {
  // Callers without types may give anything.
  const type = String(isRecord(part) ? part.type : part);
  const isText = type === 'input_text' || type === 'text';
  if (!isText && !context.preserveToolOutputAllContent) return { dropped: kindOf(type) };
  try {
    return { wire: toWirePart(part) };
  } catch (error) {
    // One part that the wire cannot say does not end the run.
    if (error instanceof UserError) return { dropped: kindOf(type) };
    throw error;
  }
}

function placeholder(item: AgentInputItem, context: ConvertContext): string {
  const { strict, warnings, preserveToolOutputAllContent: preserve } = context;
  const message =
    'Chat Completions tool outputs cannot be empty or contain only non-text content unless ' +
    'preserveToolOutputAllContent=true.';
  if (strict && !preserve) throw new UserError(message);
  warnings.ofItem(
    'tool_output_omitted',
    `${message} Replacing the tool output with a placeholder; enable strict feature validation to raise an error instead.`,
    item,
  );
  return OMITTED_TOOL_OUTPUT;
}

function reportLost(
  kinds: readonly string[],
  item: AgentInputItem,
  { strict, warnings, preserveToolOutputAllContent: preserve }: ConvertContext,
): void {
  const what = kinds.join(', ');
  const message = preserve
    ? `Chat Completions cannot carry some parts of a tool output (${what}).`
    : `Chat Completions tool outputs carry text only unless preserveToolOutputAllContent=true: parts would be lost (${what}).`;
  if (strict && !preserve) throw new UserError(message);
  warnings.ofItem(
    'tool_output_parts_dropped',
    `${message} Sending the rest; enable strict feature validation to raise an error instead.`,
    item,
  );
}

/** Only callers without types get here with something else. */
function listOf(output: unknown): readonly ToolCallOutputContent[] {
  if (Array.isArray(output)) return output as readonly ToolCallOutputContent[]; // as its type says
  throw new UserError(
    `The output of a tool call is ${isRecord(output) ? 'an object' : String(output)}. Expected text or a list of parts.`,
  );
}

function kindOf(type: string): string {
  return type.replace(/^input_/, '');
}
