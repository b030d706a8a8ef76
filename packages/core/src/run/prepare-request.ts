import type { AnyAgent } from '../agent/index.js';
import { UserError } from '../error/index.js';
import { allSettled } from '../internal/all-settled.js';
import { isRecord } from '../internal/json.js';
import type { AgentInputItem } from '../item/index.js';
import type { ModelRequest, Prompt } from '../model/index.js';
import type { Activation } from './activate-agent.js';
import { conversationInput, keepsConversation, unsentEntries } from './conversation.js';
import type { ConversationInput } from './conversation.js';
import { keepOffered } from './keep-offered.js';
import { dropNewlyUnpaired } from './drop-unpaired.js';
import type { ModelInputData } from './run-config.js';
import { mayShowData } from './run-scope.js';
import type { RunScope } from './run-scope.js';

/** Step 1: what this turn asks the model. */
export function prepareRequest(
  scope: RunScope,
  activation: Activation,
): ModelRequest | Promise<ModelRequest> {
  const prompts = resolvePrompts(scope, activation.agent);
  scope.state.markLeavingOut([]);
  return prompts instanceof Promise || scope.config.callModelInputFilter !== undefined
    ? prepareSlowly(scope, activation, prompts)
    : toRequest(scope, activation, { prompts, conversation: conversationInput(scope.state, activation.model) });
}

/** With functions of the app to wait for. */
async function prepareSlowly(
  scope: RunScope,
  activation: Activation,
  prompts: Prompts | Promise<Prompts>,
): Promise<ModelRequest> {
  const [given, prompt] = await prompts;
  const conversation = conversationInput(scope.state, activation.model);
  const { input, instructions } = await filterInput(scope, activation, {
    input: conversation.input,
    instructions: given,
  });
  return toRequest(scope, activation, {
    prompts: [instructions, prompt],
    conversation: { ...conversation, input },
  });
}

interface RequestParts {
  readonly prompts: Prompts;
  readonly conversation: ConversationInput;
}

function toRequest(scope: RunScope, activation: Activation, parts: RequestParts): ModelRequest {
  const { config } = scope;
  const { agent } = activation;
  const [systemInstructions, prompt] = parts.prompts;
  const { input, previousResponseId, conversationId } = parts.conversation;
  return {
    systemInstructions,
    prompt,
    previousResponseId,
    conversationId,
    signal: scope.signal,
    input: config.reasoningItemIdPolicy === 'omit' ? input.map(withoutReasoningId) : input,
    modelSettings: turnSettings(scope, activation),
    tools: activation.serializedTools,
    handoffs: activation.serializedHandoffs,
    outputType: agent.outputSpec.serialized,
    overridePromptModel: prompt !== undefined && (config.model ?? agent.model) !== undefined,
    tracing: config.tracingDisabled === true ? false : mayShowData(scope) || 'enabled_without_data',
    runMemory: scope.runMemory,
    logger: scope.logger,
  };
}

type Prompts = readonly [instructions: string | undefined, prompt: Prompt | undefined];

/** The texts of this turn; what is no function costs no wait. */
function resolvePrompts({ state }: RunScope, agent: AnyAgent): Prompts | Promise<Prompts> {
  const { instructions, prompt } = agent;
  if (typeof instructions === 'string' && typeof prompt !== 'function') {
    return [instructions === '' ? undefined : instructions, prompt];
  }
  return allSettled([agent.getSystemPrompt(state.context), agent.getPrompt(state.context)]);
}

/** Reasoning that is sent back without its id is taken as text, and needs no pair [RUN-14]. */
function withoutReasoningId(item: AgentInputItem): AgentInputItem {
  if (item.type !== 'reasoning' || item.id === undefined) return item;
  const { id: _id, ...rest } = item;
  return rest;
}

/** What the run's own filter makes of it. Half a pair that it leaves behind goes too, as no model takes it. */
async function filterInput(
  scope: RunScope,
  { agent, model }: Activation,
  modelData: ModelInputData,
): Promise<ModelInputData> {
  const filter = scope.config.callModelInputFilter;
  if (filter === undefined) return modelData;
  // A list of its own, which it may change: what was offered is needed afterwards.
  const own = { ...modelData, input: [...modelData.input] };
  const filtered = await filter({ modelData: own, agent, context: scope.state.context });
  if (!isRecord(filtered) || !Array.isArray(filtered.input)) {
    throw new UserError(
      'callModelInputFilter did not return { input, instructions } with input as a list. Return what each model call is to be given.',
    );
  }
  const { state } = scope;
  if (state.server !== undefined && keepsConversation(model)) {
    const { input, leftOut } = keepOffered(modelData.input, filtered.input);
    const offered = unsentEntries(state);
    state.markLeavingOut(leftOut.flatMap((index) => offered[index]?.seq ?? []));
    return { ...filtered, input };
  }
  return { ...filtered, input: dropNewlyUnpaired(filtered.input, modelData.input) };
}

/** Once an agent has used a tool, a forced tool choice would make it loop; `none` is no such force. */
function turnSettings(scope: RunScope, { agent, modelSettings }: Activation): ModelRequest['modelSettings'] {
  const { toolChoice } = modelSettings;
  if (toolChoice === undefined || toolChoice === 'none' || !agent.resetToolChoice) return modelSettings;
  if (!scope.state.agentsWithUsedTools.includes(scope.state.agentKey)) return modelSettings;
  const { toolChoice: _used, ...rest } = modelSettings;
  return rest;
}
