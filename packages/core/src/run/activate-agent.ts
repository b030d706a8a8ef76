import { getHandoff, serializeHandoff } from '../agent/index.js';
import type { AnyAgent, Handoff } from '../agent/index.js';
import { UserError } from '../error/index.js';
import { mergeModelSettings } from '../model/index.js';
import type { Model, ModelSettings, SerializedHandoff, SerializedTool } from '../model/index.js';
import { serializeTool } from '../tool/index.js';
import type { FunctionTool, Tool } from '../tool/index.js';
import { resolveModel } from './resolve-model.js';
import type { RunScope } from './run-scope.js';

/** An agent made ready for the turns it is active: resolved once, not once a turn [RUN-7]. */
export interface Activation {
  readonly agent: AnyAgent;
  readonly model: Model;
  readonly modelSettings: ModelSettings;
  readonly tools: readonly Tool<never>[];
  readonly functionTools: ReadonlyMap<string, FunctionTool<never>>;
  readonly handoffs: ReadonlyMap<string, Handoff<never>>;
  readonly serializedTools: readonly SerializedTool[];
  readonly serializedHandoffs: readonly SerializedHandoff[];
}

/** Finds the agent's model, tools and handoffs. */
export async function activateAgent(scope: RunScope): Promise<Activation> {
  const agent = scope.state.currentAgent;
  const [model, tools, handoffs] = await Promise.all([
    resolveModel(agent, scope.config),
    keepEnabled(agent.tools, scope),
    keepEnabled(agent.handoffs.map(getHandoff), scope),
  ]);
  return {
    agent,
    model,
    modelSettings: mergeModelSettings(agent.modelSettings, scope.config.modelSettings),
    tools,
    ...indexByName(agent, tools, handoffs),
    serializedTools: tools.map(serializeTool),
    serializedHandoffs: handoffs.map(serializeHandoff),
  };
}

interface Switchable {
  readonly isEnabled?:
    | boolean
    | ((options: {
        readonly runContext: RunScope['state']['context'];
        readonly agent: AnyAgent;
      }) => boolean | Promise<boolean>);
}

async function keepEnabled<T extends Switchable>(
  all: readonly T[],
  scope: RunScope,
): Promise<T[]> {
  if (all.every((each) => (each.isEnabled ?? true) === true)) return [...all];
  const { context: runContext, currentAgent: agent } = scope.state;
  const enabled = await Promise.all(
    all.map(async (each) =>
      typeof each.isEnabled === 'function'
        ? each.isEnabled({ runContext, agent })
        : (each.isEnabled ?? true),
    ),
  );
  return all.filter((_each, index) => enabled[index] === true);
}

function indexByName(
  agent: AnyAgent,
  tools: readonly Tool<never>[],
  handoffs: readonly Handoff<never>[],
): Pick<Activation, 'functionTools' | 'handoffs'> {
  const functionTools = new Map<string, FunctionTool<never>>();
  const byName = new Map<string, Handoff<never>>();
  for (const tool of tools) {
    if (tool.type !== 'function') continue;
    if (functionTools.has(tool.name)) {
      throw new UserError(
        `Agent "${agent.name}" has two tools named "${tool.name}". Rename one: the model could not tell them apart.`,
      );
    }
    functionTools.set(tool.name, tool);
  }
  for (const handoff of handoffs) {
    const { toolName } = handoff;
    const other = byName.get(toolName);
    if (other !== undefined || functionTools.has(toolName)) {
      throw new UserError(
        `Agent "${agent.name}" has a handoff to "${handoff.agentName}" named "${toolName}", which is also the name of ` +
          `${other === undefined ? 'a tool' : `the handoff to "${other.agentName}"`}. Set toolNameOverride on one of them.`,
      );
    }
    byName.set(toolName, handoff);
  }
  return { functionTools, handoffs: byName };
}
