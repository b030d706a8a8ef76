import {
  type SerializedComputerTool,
  type SerializedFunctionTool,
  type SerializedHandoff,
  type SerializedHostedTool,
  type SerializedTool,
  UserError,
} from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import { SEARCH_TOOL } from '../search-call.js';

/** A tool as the wire takes it [RSP-9]. */
export function toWireTool(tool: SerializedTool, model: string | undefined): JsonRecord {
  switch (tool.type) {
    case 'function':
      return toWireFunction(tool);
    case 'hosted_tool':
      return toWireHostedTool(tool);
    case 'computer':
      return toWireComputer(tool, model);
    case 'shell':
      return { type: 'shell', environment: tool.environment ?? { type: 'local' } };
    case 'apply_patch':
      return { type: 'apply_patch' };
    default: {
      tool satisfies never;
      // Only a caller without types gets here, and then it may be anything.
      const { type } = tool as { type?: unknown };
      throw new UserError(`Unknown tool type: ${JSON.stringify(type)}`);
    }
  }
}

export function toWireFunction(tool: SerializedFunctionTool): JsonRecord {
  if (tool.providerData?.['type'] === SEARCH_TOOL) {
    // A search that this app runs; its arguments are what the model is to say of what it looks for.
    return { description: tool.description, parameters: tool.parameters, ...tool.providerData };
  }
  if (tool.providerData?.['type'] === 'custom') {
    // Its argument `input` is any text, or one of the grammar in `format`.
    return {
      type: 'custom',
      name: tool.name,
      description: tool.description,
      ...(tool.deferLoading && { defer_loading: true }),
      ...tool.providerData,
    };
  }
  return {
    type: 'function',
    name: tool.name,
    description: tool.description,
    parameters: tool.parameters,
    strict: tool.strict,
    ...(tool.deferLoading && { defer_loading: true }),
    ...tool.providerData,
  };
}

/** To the model a handoff is a function [RSP-10]. */
export function toWireHandoff(handoff: SerializedHandoff): JsonRecord {
  return {
    type: 'function',
    name: handoff.toolName,
    description: handoff.toolDescription,
    parameters: handoff.inputJsonSchema,
    strict: handoff.strictJsonSchema,
  };
}

/** Wishes for the request's `include` are no fields of the tool. */
function toWireHostedTool(tool: SerializedHostedTool): JsonRecord {
  const {
    include_search_results: _results,
    include_outputs: _outputs,
    ...fields
  } = tool.providerData ?? {};
  return { type: tool.name, ...fields };
}

/** Preview models want the screen described, later ones see it [RSP-04]. */
function toWireComputer(tool: SerializedComputerTool, model: string | undefined): JsonRecord {
  if (!model?.startsWith('computer-use-preview')) return { type: 'computer' };
  if (tool.environment === undefined || tool.dimensions === undefined) {
    throw new UserError(
      `The model ${model} wants to know the computer: give the computer tool its \`environment\` and \`dimensions\`.`,
    );
  }
  const [display_width, display_height] = tool.dimensions;
  return {
    type: 'computer_use_preview',
    environment: tool.environment,
    display_width,
    display_height,
  };
}
