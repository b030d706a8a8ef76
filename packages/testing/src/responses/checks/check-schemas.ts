import { invalidRequest } from '../../http/api-error.js';
import { isObject, type JsonObject } from '../../json.js';
import type { ResponsesRequest } from '../request.js';
import { schemaProblem } from '../../shape/json-schema.js';

/** Refuses schemas of tools and of the text format that OpenAI cannot hold the model to. */
export function checkSchemas(request: ResponsesRequest): void {
  for (const [index, tool] of (request.tools ?? []).entries())
    checkToolSchema(tool, `tools[${index}]`);
  const format = request.text?.format;
  if (format?.type !== 'json_schema' || !isObject(format['schema'])) return;
  const problem = schemaProblem(format['schema'], format['strict'] === true);
  if (problem === undefined) return;
  const message = `Invalid schema for response_format '${String(format['name'])}': ${problem}`;
  throw invalidRequest(message, 'text.format.schema', 'invalid_json_schema');
}

function checkToolSchema(tool: JsonObject, path: string): void {
  if (tool['type'] === 'namespace' && Array.isArray(tool['tools'])) {
    for (const [index, inner] of tool['tools'].entries())
      checkToolSchema(inner, `${path}.tools[${index}]`);
  }
  if (tool['type'] !== 'function' || !isObject(tool['parameters'])) return;
  // Without a word on `strict` OpenAI makes the schema strict by itself where it can.
  const problem = schemaProblem(tool['parameters'], tool['strict'] === true);
  if (problem === undefined) return;
  const message = `Invalid schema for function '${String(tool['name'])}': ${problem}`;
  throw invalidRequest(message, `${path}.parameters`, 'invalid_function_parameters');
}
