import { getHandoff, serializeHandoff } from '../agent/index.js';
import type { AnyAgent, Handoff } from '../agent/index.js';
import { UserError } from '../error/index.js';
import { allSettled } from '../internal/all-settled.js';
import { qualifiedToolName } from '../item/index.js';
import { mergeModelSettings } from '../model/index.js';
import type { Model, ModelSettings, SerializedHandoff, SerializedTool } from '../model/index.js';
import { keepEnabled, serializeTool } from '../tool/index.js';
import type { FunctionTool, Tool } from '../tool/index.js';
import { listServerTools } from './list-server-tools.js';
import { resolveModel } from './resolve-model.js';
import type { RunScope } from './run-scope.js';
import { checkLocalTools, indexTools } from './tool-for-call.js';
import type { ToolsByCall } from './tool-for-call.js';

/** An agent made ready for the turns it is active: resolved once, not once a turn [RUN-7]. */
export interface Activation extends ToolsByCall {
  readonly agent: AnyAgent;
  readonly model: Model;
  readonly modelSettings: ModelSettings;
  readonly tools: readonly Tool<never>[];
  readonly handoffs: ReadonlyMap<string, Handoff<never>>;
  readonly serializedTools: readonly SerializedTool[];
  readonly serializedHandoffs: readonly SerializedHandoff[];
}

/** Finds the agent's model, tools and handoffs. */
export function activateAgent(scope: RunScope): Activation | Promise<Activation> {
  const { currentAgent: agent, context: runContext } = scope.state;
  const found = allSettled([
    resolveModel(agent, scope.config),
    enabledTools(scope),
    keepEnabled(agent.handoffs.map(getHandoff), { runContext, agent }),
  ]);
  return found instanceof Promise ? found.then((all) => toActivation(scope, all)) : toActivation(scope, found);
}

function toActivation(
  scope: RunScope,
  [model, tools, handoffs]: readonly [Model, readonly Tool<never>[], readonly Handoff<never>[]],
): Activation {
  const agent = scope.state.currentAgent;
  checkLocalTools(agent, tools);
  const offered = settleCollisions(scope, tools);
  const byCall = indexTools(offered);
  return {
    agent,
    model,
    modelSettings: mergeModelSettings(agent.modelSettings, scope.config.modelSettings),
    tools: offered,
    ...byCall,
    handoffs: indexHandoffs(agent, handoffs, byCall),
    serializedTools: offered.map(serializeTool),
    serializedHandoffs: handoffs.map(serializeHandoff),
  };
}

/** The agent's own tools after those of its servers, as far as they are switched on. */
function enabledTools(scope: RunScope): readonly Tool<never>[] | Promise<readonly Tool<never>[]> {
  const { currentAgent: agent, context: runContext } = scope.state;
  const { mcpServers, tools } = agent;
  if (mcpServers.length === 0) return keepEnabled(tools, { runContext, agent });
  return listServerTools(scope).then((served) => keepEnabled([...served, ...tools], { runContext, agent }));
}

/**
 * Tools of one name in one namespace: refused, or only the last is offered, so that what is offered is what runs [JS-32]. Hosted
 * tools run elsewhere, and an agent may have two of a kind, such as two MCP servers.
 */
function settleCollisions(scope: RunScope, tools: readonly Tool<never>[]): readonly Tool<never>[] {
  if (tools.length < 2) return tools;
  const byName = new Map<string, Tool<never>>();
  const { name: agentName } = scope.state.currentAgent;
  for (const tool of tools) {
    if (tool.type === 'hosted_tool') continue;
    const name = nameOf(tool);
    const other = byName.get(name);
    if (other !== undefined) {
      const problem = `Agent "${agentName}" has two tools named "${name}"${originOf([other, tool])}.`;
      if (scope.config.toolNameCollisionPolicy !== 'warn') {
        throw new UserError(`${problem} ${wayOut([other, tool])}: the model could not tell them apart.`);
      }
      scope.logger.warn(`${problem} Only the last one is offered to the model.`);
    }
    byName.set(name, tool);
  }
  return tools.filter((tool) => tool.type === 'hosted_tool' || byName.get(nameOf(tool)) === tool);
}

function nameOf(tool: Tool<never>): string {
  return tool.type === 'function' ? qualifiedToolName(tool) : tool.name;
}

function originOf(tools: readonly Tool<never>[]): string {
  if (!tools.some(isServed)) return '';
  return `, ${tools.map((tool) => (isServed(tool) ? `one of MCP server "${tool.mcpServer}"` : 'one of its own')).join(' and ')}`;
}

function wayOut(tools: readonly Tool<never>[]): string {
  const servers = tools.filter(isServed).map((tool) => tool.mcpServer);
  if (servers.length === 0) return 'Rename one';
  // As servers are called by their command, two that npx starts have one name.
  const apart = new Set(servers).size < servers.length ? 'Give each server a name of its own, set' : 'Set';
  return `${apart} mcpConfig: { includeServerInToolNames: true }, or leave one out with a toolFilter`;
}

function isServed(tool: Tool<never>): tool is FunctionTool<never> & { readonly mcpServer: string } {
  return tool.type === 'function' && tool.mcpServer !== undefined;
}

const NO_HANDOFFS: ReadonlyMap<string, Handoff<never>> = new Map();

function indexHandoffs(
  agent: AnyAgent,
  handoffs: readonly Handoff<never>[],
  { functionTools }: ToolsByCall,
): ReadonlyMap<string, Handoff<never>> {
  if (handoffs.length === 0) return NO_HANDOFFS;
  const byName = new Map<string, Handoff<never>>();
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
  return byName;
}
