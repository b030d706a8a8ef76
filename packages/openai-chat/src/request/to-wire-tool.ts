import {
  type SerializedFunctionTool,
  type SerializedHandoff,
  type SerializedTool,
  UserError,
} from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';

/** What tools are converted for. */
export interface ToolWireOptions {
  /** Whether functions say if they are strict. */
  readonly strictTools: boolean;
}

/**
 * A tool as the wire takes it [CC-16].
 *
 * @throws UserError for a tool that only the Responses API has, whatever the mode.
 */
export function toWireTool(tool: SerializedTool, options: ToolWireOptions): JsonRecord {
  if (tool.type === 'function') return toWireFunction(tool, options);
  const name = tool.type === 'hosted_tool' ? tool.name : tool.type;
  throw new UserError(
    `Hosted tools are not supported with the ChatCompletions API. Got tool type: ${name}. ` +
      'Take the tool away from this agent, or give the agent a Responses model.',
  );
}

/** To the model a handoff is a function. */
export function toWireHandoff(handoff: SerializedHandoff, options: ToolWireOptions): JsonRecord {
  return functionTool(
    {
      name: handoff.toolName,
      description: handoff.toolDescription,
      parameters: handoff.inputJsonSchema,
      strict: handoff.strictJsonSchema,
    },
    options,
  );
}

function toWireFunction(tool: SerializedFunctionTool, options: ToolWireOptions): JsonRecord {
  const { name, description, parameters, strict, providerData } = tool;
  const onlyThere = responsesOnly(tool);
  if (onlyThere.length > 0) {
    throw new UserError(
      `The following function-tool features are only supported with OpenAI Responses models: ${onlyThere.join(', ')} ` +
        `(tool "${name}"). Take them away, or give the agent a Responses model.`,
    );
  }
  return { ...functionTool({ name, description, parameters, strict }, options), ...providerData };
}

function functionTool(
  { strict, ...fields }: JsonRecord,
  { strictTools }: ToolWireOptions,
): JsonRecord {
  // Said in both cases: without it servers choose for themselves [CHT-21].
  return { type: 'function', function: strictTools ? { ...fields, strict } : fields };
}

function responsesOnly(tool: SerializedFunctionTool): readonly string[] {
  const { namespace, deferLoading, providerData = {} } = tool;
  return [
    ...(namespace === undefined ? [] : ['toolNamespace()']),
    ...(deferLoading === true ? ['deferLoading'] : []),
    ...(providerData['type'] === 'custom' ? ['custom tools'] : []),
    ...(providerData['allowed_callers'] === undefined ? [] : ['allowed_callers']),
  ];
}
