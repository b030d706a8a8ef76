import type { RunToolApprovalItem, RunToolCallItem } from '@baton/core';

/** A tool call as a person would say it: `refund(order: "12", all: true)`, `shell: ls`. */
export function describeCall(item: (RunToolCallItem | RunToolApprovalItem)['rawItem']): string {
  switch (item.type) {
    case 'function_call':
      return `${item.namespace === undefined ? '' : `${item.namespace}.`}${item.name}(${describeArguments(item.arguments)})`;
    case 'hosted_approval_request':
      return `${item.serverLabel}.${item.name}(${describeArguments(item.arguments)})`;
    case 'hosted_tool_call':
      return item.arguments === undefined ? item.name : `${item.name}(${describeArguments(item.arguments)})`;
    case 'shell_call':
      return `shell: ${item.action.commands.join('; ')}`;
    case 'apply_patch_call':
      return `apply_patch: ${item.operation.type} ${item.operation.path}`;
    case 'computer_call': {
      const actions = item.actions ?? (item.action === undefined ? [] : [item.action]);
      return `computer: ${actions.map(({ type }) => type).join(', ')}`;
    }
    case 'unknown':
      return 'something that the provider does by itself';
    default:
      return item satisfies never;
  }
}

/** A value in one piece: text as it is, everything else as JSON. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value); // a circle, or a bigint
  }
}

function describeArguments(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null) return json;
    return Object.entries(value)
      .map(([name, inner]) => `${name}: ${JSON.stringify(inner)}`)
      .join(', ');
  } catch {
    return json;
  }
}
