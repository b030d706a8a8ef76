import type { ModelRequest } from '../model/index.js';
import type { Activation } from './activate-agent.js';
import { conversationInput } from './conversation.js';
import { mayShowData } from './run-scope.js';
import type { RunScope } from './run-scope.js';

/** Step 1: what this turn asks the model. */
export async function prepareRequest(
  scope: RunScope,
  activation: Activation,
): Promise<ModelRequest> {
  const { state, config } = scope;
  const { agent } = activation;
  const [systemInstructions, prompt] = await Promise.all([
    agent.getSystemPrompt(state.context),
    agent.getPrompt(state.context),
  ]);
  return {
    systemInstructions,
    prompt,
    ...conversationInput(state, activation.model),
    modelSettings: turnSettings(scope, activation),
    tools: activation.serializedTools,
    handoffs: activation.serializedHandoffs,
    outputType: agent.outputSpec.serialized,
    overridePromptModel: prompt !== undefined && (config.model ?? agent.model) !== undefined,
    tracing: config.tracingDisabled === true ? false : mayShowData(scope) || 'enabled_without_data',
    runMemory: scope.runMemory,
  };
}

/** Once an agent has used a tool, a forced tool choice would make it loop; `none` is no such force. */
function turnSettings(scope: RunScope, { agent, modelSettings }: Activation): ModelRequest['modelSettings'] {
  const { toolChoice } = modelSettings;
  if (toolChoice === undefined || toolChoice === 'none' || !agent.resetToolChoice) return modelSettings;
  if (!scope.state.agentsWithUsedTools.has(scope.state.agentKey)) return modelSettings;
  const { toolChoice: _used, ...rest } = modelSettings;
  return rest;
}
