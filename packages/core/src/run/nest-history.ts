import { UserError } from '../error/index.js';
import { toJsonText } from '../internal/json.js';
import { user } from '../item/index.js';
import type { AgentInputItem } from '../item/index.js';
import { visibleItems } from './conversation.js';
import type { RunScope } from './run-scope.js';

/** What the next agent of a handoff sees where it is told in one message what was before; the run's record stays whole. */
export async function nestedHistory(
  { state, config, logger }: RunScope,
  output: AgentInputItem,
): Promise<readonly AgentInputItem[] | undefined> {
  if (config.nestHandoffHistory !== true) return undefined;
  if (state.server !== undefined) {
    logger.warn(
      'nestHandoffHistory has no effect while the provider keeps the conversation: it already has every item.',
    );
    return undefined;
  }
  const history = [...visibleItems(state), output];
  const mapped = await (config.handoffHistoryMapper ?? toOneMessage)(history);
  if (!Array.isArray(mapped)) {
    throw new UserError('handoffHistoryMapper must return a list of items.');
  }
  return mapped;
}

const BEGIN = '<conversation_history>';
const END = '</conversation_history>';

/** The conversation as a numbered list in one user message; one that is there already is taken apart first. */
function toOneMessage(history: readonly AgentInputItem[]): AgentInputItem[] {
  const lines = history.flatMap((item) => earlierLines(item) ?? [describe(item)]);
  const list = lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
  return [
    user(`What has been said and done before you took over, in order:\n${BEGIN}\n${list}\n${END}`),
  ];
}

/** The lines of an earlier handoff's message, so that lists do not end up inside lists. */
function earlierLines(item: AgentInputItem): string[] | undefined {
  if (!('role' in item) || item.role !== 'user' || typeof item.content !== 'string') return undefined;
  const from = item.content.indexOf(`\n${BEGIN}\n`);
  if (from < 0 || !item.content.endsWith(`\n${END}`)) return undefined;
  const list = item.content.slice(from + BEGIN.length + 2, -(END.length + 1));
  return list.split(/\n(?=\d+\. )/).map((line) => line.replace(/^\d+\. /, ''));
}

function describe(item: AgentInputItem): string {
  if ('role' in item) {
    const { content } = item;
    if (typeof content === 'string') return `${item.role}: ${indent(content)}`;
    const parts = content.map((part) => ('text' in part ? part.text : toJsonText(part)));
    return `${item.role}: ${indent(parts.join(' '))}`;
  }
  switch (item.type) {
    case 'function_call':
      return `tool call ${item.name}(${item.arguments})`;
    case 'function_call_result':
      return `tool output of ${item.name}: ${indent(toJsonText(item.output))}`;
    default:
      return `${item.type}: ${toJsonText(item)}`;
  }
}

/** A text of several lines stays one entry of the list. */
function indent(text: string): string {
  return text.replaceAll('\n', '\n   ');
}
