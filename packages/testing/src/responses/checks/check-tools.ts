import { invalidRequest } from '../../http/api-error.js';
import { isObject, type JsonObject, stringField } from '../../json.js';
import type { ResponsesRequest } from '../request.js';

/** Refuses tools that cannot be told apart, and a tool choice that none of them fits. */
export function checkTools(request: ResponsesRequest): void {
  const tools = request.tools ?? [];
  checkUnique(tools);
  const { tool_choice: choice } = request;
  // A prompt template may bring tools of its own.
  if (choice === undefined || isObject(request.prompt)) return;
  if (typeof choice !== 'string') checkChoice(choice, tools);
  else if (choice === 'required' && tools.length === 0) {
    throw invalidRequest(
      "Tool choice 'required' must be specified with 'tools' parameter.",
      'tool_choice',
    );
  }
}

function checkUnique(tools: readonly JsonObject[]): void {
  const seen = new Set<string>();
  for (const [index, tool] of tools.entries()) {
    const key = tool['type'] === 'mcp' ? 'server_label' : 'name';
    const name = stringField(tool, key);
    if (name === undefined) continue;
    const unique = `${key}:${name}`;
    if (seen.has(unique))
      throw invalidRequest(
        `Duplicate tool ${key} '${name}'. Tools must have unique names.`,
        `tools[${index}].${key}`,
      );
    seen.add(unique);
  }
}

function checkChoice(choice: JsonObject, tools: readonly JsonObject[]): void {
  if (choice['type'] === 'allowed_tools') {
    const allowed = Array.isArray(choice['tools']) ? choice['tools'].filter(isObject) : [];
    for (const tool of allowed) checkChoice(tool, tools);
    return;
  }
  if (tools.some((tool) => fits(choice, tool))) return;
  const name =
    stringField(choice, 'name') ?? stringField(choice, 'server_label') ?? String(choice['type']);
  throw invalidRequest(`Tool choice '${name}' not found in 'tools' parameter.`, 'tool_choice');
}

function fits(choice: JsonObject, tool: JsonObject): boolean {
  switch (choice['type']) {
    case 'function':
    case 'custom':
      return tool['type'] === choice['type'] && tool['name'] === choice['name'];
    case 'mcp':
      return tool['type'] === 'mcp' && tool['server_label'] === choice['server_label'];
    default:
      return family(choice['type']) === family(tool['type']);
  }
}

/** Dated and preview versions of a hosted tool answer to each other's names. */
function family(type: unknown): string {
  return /^(web_search|computer)/.exec(String(type))?.[0] ?? String(type);
}
