import { type JsonRecord, recordsOf, textOf } from '@baton/openai-shared';

/** The tools of a request by what a tool choice may call them. */
export interface ChoosableTools {
  readonly functions: ReadonlySet<string>;
  readonly customs: ReadonlySet<string>;
  /** The labels of hosted MCP servers. */
  readonly servers: ReadonlySet<string>;
  /** The type of the computer tool, if there is one. */
  readonly computer: string | undefined;
  /** Names that can not be chosen, and why not. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Sorts the tools of a request, in wire form, by how they can be chosen [R5]. */
export function choosableTools(wires: readonly JsonRecord[]): ChoosableTools {
  const functions = new Set<string>();
  const customs = new Set<string>();
  const servers = new Set<string>();
  const refused = new Map<string, string>();
  let computer: string | undefined;
  for (const wire of wires) {
    const name = textOf(wire, 'name') ?? '';
    switch (wire['type']) {
      case 'function':
      case 'custom':
        if (wire['defer_loading'] === true) {
          refused.set(name, 'is only there after a tool search has loaded it');
        } else {
          (wire['type'] === 'custom' ? customs : functions).add(name);
        }
        break;
      case 'namespace':
        refused.set(name, 'is a namespace and not a tool');
        for (const member of recordsOf(wire, 'tools')) {
          refused.set(textOf(member, 'name') ?? '', `is inside the namespace ${name}`);
        }
        break;
      case 'tool_search':
        refused.set('tool_search', 'is what the model does by itself');
        break;
      case 'mcp':
        servers.add(textOf(wire, 'server_label') ?? '');
        break;
      case 'computer':
      case 'computer_use_preview':
        computer = wire['type'];
        break;
      default:
      // The rest is chosen by its type.
    }
  }
  return { functions, customs, servers, computer, refused };
}
