import type { ModelRequest, SerializedHandoff } from '@baton/core/model';
import type { ChatMemory } from './run-memory.js';
import { toWireHandoff, toWireTool, type ToolWireOptions } from './to-wire-tool.js';

/** The tools and handoffs of a request. */
export interface ConvertedTools {
  readonly handoffs: readonly SerializedHandoff[];
  /** `undefined` where there are none. */
  readonly json: string | undefined;
  /** What a tool choice can name. */
  readonly names: ReadonlySet<string>;
}

/** The tools, then the handoffs; converted once per list of tools. */
export function convertTools(
  { tools, handoffs }: Pick<ModelRequest, 'tools' | 'handoffs'>,
  known: ChatMemory['tools'],
  options: ToolWireOptions,
): ConvertedTools {
  const before = known.get(tools);
  if (before?.handoffs === handoffs) return before;
  const wires = [
    ...tools.map((tool) => toWireTool(tool, options)),
    ...handoffs.map((handoff) => toWireHandoff(handoff, options)),
  ];
  const converted: ConvertedTools = {
    handoffs,
    json: wires.length === 0 ? undefined : JSON.stringify(wires),
    names: new Set([...tools.map(({ name }) => name), ...handoffs.map(({ toolName }) => toolName)]),
  };
  known.set(tools, converted);
  return converted;
}
