import { invalidRequest } from '../../http/api-error.js';
import { isObject, type JsonObject, stringField } from '../../json.js';
import { schemaProblem } from '../../shape/json-schema.js';
import { type ChatRequest, detailsOf } from '../request.js';

/** Refuses tools that cannot be told apart, what only makes sense with tools, and a choice that none of them fits. */
export function checkTools(request: ChatRequest): void {
  const { tools, tool_choice: choice } = request;
  if (tools === undefined) {
    onlyWithTools(request, 'tool_choice');
    onlyWithTools(request, 'parallel_tool_calls');
    return;
  }
  const names = new Set<string>();
  for (const [index, tool] of tools.entries()) {
    const { name } = detailsOf(tool);
    if (names.has(String(name))) {
      const message = `Duplicate tool name '${String(name)}'. Tools must have unique names.`;
      throw invalidRequest(message, `tools[${index}].${tool.type}.name`);
    }
    names.add(String(name));
  }
  if (isObject(choice)) checkChoice(choice, tools);
}

/** Refuses schemas of tools and of the response format that OpenAI cannot hold the model to. */
export function checkSchemas(request: ChatRequest): void {
  for (const [index, { function: tool }] of (request.tools ?? []).entries()) {
    const schema = tool?.['parameters'];
    if (!isObject(schema)) continue;
    const problem = schemaProblem(schema, tool?.['strict'] === true);
    if (problem === undefined) continue;
    const message = `Invalid schema for function '${String(tool?.['name'])}': ${problem}`;
    const param = `tools[${index}].function.parameters`;
    throw invalidRequest(message, param, 'invalid_function_parameters');
  }
  const format = request.response_format?.['json_schema'];
  if (!isObject(format) || !isObject(format['schema'])) return;
  const problem = schemaProblem(format['schema'], format['strict'] === true);
  if (problem === undefined) return;
  const message = `Invalid schema for response_format '${String(format['name'])}': ${problem}`;
  throw invalidRequest(message, 'response_format');
}

function onlyWithTools(request: ChatRequest, parameter: string): void {
  if (request[parameter] === undefined) return;
  throw invalidRequest(
    `Invalid value for '${parameter}': '${parameter}' is only allowed when 'tools' are specified.`,
    parameter,
  );
}

function checkChoice(choice: JsonObject, tools: readonly JsonObject[]): void {
  if (choice['type'] === 'allowed_tools') {
    const allowed = isObject(choice['allowed_tools']) ? choice['allowed_tools']['tools'] : [];
    for (const tool of Array.isArray(allowed) ? allowed.filter(isObject) : [])
      checkChoice(tool, tools);
    return;
  }
  const name = nameOf(choice);
  if (tools.some((tool) => tool['type'] === choice['type'] && nameOf(tool) === name)) return;
  throw invalidRequest(
    `Tool choice '${name ?? String(choice['type'])}' not found in 'tools' parameter.`,
    'tool_choice',
  );
}

function nameOf(tool: JsonObject): string | undefined {
  const details = tool[String(tool['type'])];
  return isObject(details) ? stringField(details, 'name') : undefined;
}
