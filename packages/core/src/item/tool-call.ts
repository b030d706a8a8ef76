import type { ToolCallItem } from './item.js';

/**
 * The name a call's tool goes by in approvals: a function's own, with its namespace, a server's and its tool's [JS-49],
 * or that of its kind.
 */
export function toolCallName(call: ToolCallItem): string {
  if (call.type === 'function_call') return qualifiedToolName(call);
  if (call.type === 'hosted_approval_request') return `${call.serverLabel}.${call.name}`;
  return toolKindName(call.type);
}

/** What tells a function from those of the same name in other namespaces; one that a search loaded is its own namespace. */
export function qualifiedToolName({ name, namespace }: { readonly name: string; readonly namespace?: string }): string {
  return namespace === undefined || namespace === name ? name : `${namespace}.${name}`;
}

/** The kind of tool that answers calls of a type. */
export function toolKindName(type: ToolCallItem['type']): string {
  return type.slice(0, -'_call'.length);
}

/** What a call asks its tool to do, as JSON text: arguments, actions, commands, or an operation. */
export function toolCallInput(call: ToolCallItem): string {
  switch (call.type) {
    case 'function_call':
    case 'hosted_approval_request':
      return call.arguments;
    case 'computer_call':
      return JSON.stringify(call.actions ?? call.action ?? null);
    case 'shell_call':
      return JSON.stringify(call.action);
    case 'apply_patch_call':
      return JSON.stringify(call.operation);
    default:
      return call satisfies never;
  }
}
