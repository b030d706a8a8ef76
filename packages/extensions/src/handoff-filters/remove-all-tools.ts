import type { AgentInputItem, HandoffInputData } from '@baton/core';
import { selectItems } from './select-items.js';

/**
 * Takes out everything that has to do with tools: calls and outputs of function, hosted, MCP and local tools,
 * approvals, the handoff itself, and the reasoning that led to them. Use it where the next agent should read what
 * was said, not how it was found out. The run's own record and the session keep everything.
 *
 * @returns The conversation without them: messages, reasoning that led to a message, and compactions.
 *
 * @example
 * ```ts
 * import { Agent, handoff } from '@baton/core';
 * import { removeAllTools } from '@baton/extensions/handoff-filters';
 *
 * const faq = new Agent({ name: 'FAQ' });
 * export const triage = new Agent({
 *   name: 'Triage',
 *   handoffs: [handoff(faq, { inputFilter: removeAllTools })],
 * });
 * ```
 */
export function removeAllTools(data: HandoffInputData): HandoffInputData {
  return selectItems(data, () => isNoToolItem);
}

function isNoToolItem(item: AgentInputItem): boolean {
  switch (item.type) {
    case undefined: // a message, as it may be written without a type
    case 'message':
    case 'reasoning':
    case 'compaction':
      return true;
    case 'function_call':
    case 'function_call_result':
    case 'hosted_tool_call':
    case 'computer_call':
    case 'computer_call_result':
    case 'shell_call':
    case 'shell_call_output':
    case 'apply_patch_call':
    case 'apply_patch_call_output':
    case 'hosted_approval_request':
    case 'hosted_approval_response':
    case 'unknown': // lists of MCP tools, tool searches, programs: none may stay without the calls around it
      return false;
    default:
      return item satisfies never;
  }
}
