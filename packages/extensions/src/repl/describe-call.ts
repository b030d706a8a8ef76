import type { RunToolApprovalItem, RunToolCallItem } from '@baton/core';

/** A tool call as a person would say it: `refund(order: "12", all: true)`, `shell: ls`. */
export function describeCall(item: (RunToolCallItem | RunToolApprovalItem)['rawItem']): string {
  switch (item.type) {
    case 'function_call':
      return `${item.namespace === undefined ? '' : `${item.namespace}.`}${item.name}(${describeArguments(item.arguments)})`;
    case 'hosted_approval_request':
      return `${item.serverLabel}.${item.name}(${describeArguments(item.arguments)})`;
    case 'hosted_tool_call':
      return item.arguments === undefined
        ? item.name
        : `${item.name}(${describeArguments(item.arguments)})`;
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

/** A value in one piece: text as it is, everything else as JSON with space to break lines at. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return describeJson(value) ?? value;
  try {
    return spaced(value);
  } catch {
    return String(value); // a circle, or a bigint
  }
}

function describeArguments(json: string): string {
  return describeJson(json) ?? json;
}

/** The fields of an object, or the elements of a list, that is written as JSON; else nothing. */
function describeJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? spaced(value) : undefined;
  } catch {
    return undefined;
  }
}

/** JSON without the outermost braces, with a space after each comma and colon. */
function spaced(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return nested(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name}: ${nested(inner)}`)
    .join(', ');
}

function nested(value: unknown): string {
  return (JSON.stringify(value, null, 1) ?? String(value)).replaceAll(
    /([[{]?)\n\s*([\]}]?)/g,
    joinLines,
  );
}

/** Line breaks of indented JSON are never in its texts: there they are written as `\n`. */
function joinLines(_all: string, open: string, close: string): string {
  return open === '' && close === '' ? ' ' : open + close;
}
