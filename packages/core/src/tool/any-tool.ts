import type { SerializedTool } from '../model/index.js';
import type { FunctionTool } from './function-tool.js';
import type { HostedTool } from './hosted-tool.js';

/** Any tool an agent can have. */
export type Tool<TContext = unknown> = FunctionTool<TContext> | HostedTool;

/** A tool as a model is told of it. */
export function serializeTool(tool: Tool<never>): SerializedTool {
  switch (tool.type) {
    case 'function':
      return {
        type: 'function',
        name: tool.name,
        description: tool.description,
        parameters: tool.parameters,
        strict: tool.strict,
        ...(tool.providerData !== undefined && { providerData: tool.providerData }),
      };
    case 'hosted_tool':
      return {
        type: 'hosted_tool',
        name: tool.name,
        ...(tool.providerData !== undefined && { providerData: tool.providerData }),
      };
    default:
      return tool satisfies never;
  }
}
