import type { SerializedTool } from '../model/index.js';
import type { ApplyPatchTool } from './apply-patch-tool.js';
import type { ComputerTool } from './computer-tool.js';
import type { FunctionTool } from './function-tool.js';
import type { HostedTool } from './hosted-tool.js';
import type { ShellTool } from './shell-tool.js';

/** A tool of this process that is no function: the model has words of its own for its calls. */
export type LocalTool<TContext = unknown> =
  | ComputerTool<TContext>
  | ShellTool<TContext>
  | ApplyPatchTool<TContext>;

/** Any tool an agent can have. */
export type Tool<TContext = unknown> = FunctionTool<TContext> | LocalTool<TContext> | HostedTool<TContext>;

/** A tool as a model is told of it. */
export function serializeTool(tool: Tool<never>): SerializedTool {
  const { name } = tool;
  switch (tool.type) {
    case 'function':
      return {
        type: 'function',
        name,
        description: tool.description,
        parameters: tool.parameters,
        strict: tool.strict,
        ...(tool.deferLoading === true && { deferLoading: true }),
        ...(tool.namespace !== undefined && { namespace: tool.namespace }),
        ...(tool.namespaceDescription !== undefined && { namespaceDescription: tool.namespaceDescription }),
        ...(tool.providerData !== undefined && { providerData: tool.providerData }),
      };
    case 'hosted_tool':
      return {
        type: 'hosted_tool',
        name,
        ...(tool.providerData !== undefined && { providerData: tool.providerData }),
      };
    case 'computer':
      return {
        type: 'computer',
        name,
        ...(tool.environment !== undefined && { environment: tool.environment }),
        ...(tool.dimensions !== undefined && { dimensions: tool.dimensions }),
      };
    case 'shell':
      return {
        type: 'shell',
        name,
        ...(tool.environment !== undefined && { environment: { ...tool.environment } }),
      };
    case 'apply_patch':
      return { type: 'apply_patch', name };
    default:
      return tool satisfies never;
  }
}
