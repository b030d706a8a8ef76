import type { ModelRequest, SerializedFunctionTool, SerializedHandoff } from '@baton/core/model';

/** A request that asks for nothing in particular, changed where a test says so. */
export function aRequest(changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    input: 'Hello',
    modelSettings: {},
    tools: [],
    handoffs: [],
    outputType: 'text',
    ...changes,
  };
}

/** A strict function tool with one text parameter. */
export function aTool(
  name: string,
  more: Partial<SerializedFunctionTool> = {},
): SerializedFunctionTool {
  return {
    type: 'function',
    name,
    description: `Does ${name}.`,
    parameters: objectSchema({ city: { type: 'string' } }),
    strict: true,
    ...more,
  };
}

export function aHandoff(toolName: string): SerializedHandoff {
  return {
    toolName,
    toolDescription: `Hands off to ${toolName}.`,
    inputJsonSchema: objectSchema({}),
    strictJsonSchema: true,
  };
}

export function objectSchema(properties: Readonly<Record<string, unknown>>): {
  readonly [keyword: string]: unknown;
} {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}
