import {
  type ModelRequest,
  type SerializedHandoff,
  type SerializedTool,
  UserError,
} from '@baton/core/model';
import { type JsonRecord, recordsOf } from '@baton/openai-shared';
import { choosableTools, type ChoosableTools } from './choosable-tools.js';
import { toWireFunction, toWireHandoff, toWireTool } from './to-wire-tool.js';

/** The tools of a request as JSON, with what they ask for besides. */
export interface ConvertedTools {
  readonly handoffs: readonly SerializedHandoff[];
  readonly model: string | undefined;
  /** `undefined` where there are no tools and no handoffs. */
  readonly json: string | undefined;
  readonly include: readonly string[];
  readonly choosable: ChoosableTools;
  /** Whether there are tools that nothing could ever load. */
  readonly unreachable: boolean;
}

/** What tools are converted for and remembered in. */
export interface ToolOptions {
  readonly known: Map<readonly SerializedTool[], ConvertedTools>;
  readonly model: string | undefined;
}

/** The tools and handoffs of a request, tools first [RSP-6]; converted once per list of tools. */
export function convertTools(
  { tools, handoffs }: Pick<ModelRequest, 'tools' | 'handoffs'>,
  { known, model }: ToolOptions,
): ConvertedTools {
  const before = known.get(tools);
  if (before?.handoffs === handoffs && before.model === model) return before;
  const wires = [...toWireTools(tools, model), ...handoffs.map(toWireHandoff)];
  const computers = tools.filter((tool) => tool.type === 'computer');
  if (computers.length > 1) {
    throw new UserError(`You can only provide one computer tool. Got ${computers.length}`);
  }
  checkCallableByPrograms(wires);
  const converted: ConvertedTools = {
    handoffs,
    model,
    json: wires.length === 0 ? undefined : JSON.stringify(wires),
    include: [...new Set(tools.flatMap(includesOf))],
    choosable: choosableTools(wires),
    unreachable: tools.some(isDeferred) && !wires.some(({ type }) => type === 'tool_search'),
  };
  known.set(tools, converted);
  return converted;
}

/** Tools of one namespace go into one namespace tool, where the first of them stands [R6]. */
export function toWireTools(tools: readonly SerializedTool[], model: string | undefined): JsonRecord[] {
  const wires: JsonRecord[] = [];
  const namespaces = new Map<string, { description: string; tools: JsonRecord[] }>();
  for (const tool of tools) {
    if (tool.type !== 'function' || tool.namespace === undefined) {
      wires.push(toWireTool(tool, model));
      continue;
    }
    const name = tool.namespace;
    const description = tool.namespaceDescription ?? '';
    const group = namespaces.get(name);
    if (group === undefined) {
      const members = [toWireFunction(tool)];
      namespaces.set(name, { description, tools: members });
      wires.push({ type: 'namespace', name, description, tools: members });
    } else if (group.description !== description) {
      throw new UserError(
        `The tools of namespace ${JSON.stringify(name)} describe it differently: ` +
          `${JSON.stringify(group.description)} and ${JSON.stringify(description)}. Give all of them the same description.`,
      );
    } else {
      group.tools.push(toWireFunction(tool));
    }
  }
  return wires;
}

/** What a hosted tool wants to come with its calls [R3]. */
function includesOf(tool: SerializedTool): readonly string[] {
  if (tool.type !== 'hosted_tool') return [];
  const data = tool.providerData ?? {};
  const kinds = data['search_content_types'];
  return [
    ...(data['include_search_results'] === true ? ['file_search_call.results'] : []),
    ...(data['include_outputs'] === true ? ['code_interpreter_call.outputs'] : []),
    ...(Array.isArray(kinds) && kinds.includes('image') ? ['web_search_call.results'] : []),
  ];
}

/** @throws UserError where the model may write programs, and there is no tool that a program may call. */
function checkCallableByPrograms(wires: readonly JsonRecord[]): void {
  if (!wires.some(({ type }) => type === 'programmatic_tool_calling')) return;
  const all = wires.flatMap((wire) => [wire, ...recordsOf(wire, 'tools')]);
  const callable = all.some(({ allowed_callers: callers }) => {
    return Array.isArray(callers) && callers.includes('programmatic');
  });
  if (callable) return;
  throw new UserError(
    'programmaticToolCallingTool() has nothing to call: no tool lets programs call it. Set allowedCallers of a hosted ' +
      "tool, or providerData: { allowed_callers: ['programmatic'] } of a function tool.",
  );
}

function isDeferred(tool: SerializedTool): boolean {
  if (tool.type === 'function') return tool.deferLoading === true;
  return tool.type === 'hosted_tool' && tool.providerData?.['defer_loading'] === true;
}
