import type { AnyAgent } from '../agent/index.js';
import { UserError } from '../error/index.js';
import { orAbort } from '../internal/abort-scope.js';
import type { Model } from '../model/index.js';
import { keepsConversation } from './conversation.js';
import { resolveModel } from './resolve-model.js';
import type { AnyRunState, RunScope } from './run-scope.js';

/**
 * What the run asks for, held against what the models of all agents within reach can do, before the first call
 * [S1-6, S1-7]. A model is never given half a conversation: where the provider cannot keep it, the run sends its
 * full history on every turn, and says so once. Nothing is looked up where nothing is asked for.
 *
 * @throws UserError where a strict model could not keep the conversation or take the prompt, and where a model
 *   would be given hosted tools that it cannot run.
 */
export function checkCapabilities(scope: RunScope): Promise<void> | undefined {
  const { state } = scope;
  const askers: Asker[] = [];
  for (const agent of state.graph.agents()) {
    const asker = {
      agent,
      conversation: state.server !== undefined,
      prompt: typeof agent.prompt === 'object',
      special: specialTools(agent),
    };
    if (asker.conversation || asker.prompt || asker.special.length > 0) askers.push(asker);
  }
  return askers.length === 0 ? undefined : orAbort(checkAll(scope, askers), scope.signal);
}

/** An agent that wants something of its model that not every model can do. */
interface Asker {
  readonly agent: AnyAgent;
  readonly conversation: boolean;
  readonly prompt: boolean;
  readonly special: readonly SpecialTool[];
}

/** A tool that is more than a function, and the capability it needs. */
interface SpecialTool {
  readonly name: string;
  readonly needs: 'hostedTools' | 'localTools' | 'deferredTools';
}

async function checkAll(scope: RunScope, askers: readonly Asker[]): Promise<void> {
  const forgetful: string[] = [];
  for (const asker of askers) {
    const model = await modelOf(asker.agent, scope);
    if (model === undefined) continue;
    checkTools(asker, model);
    checkPrompt(asker, model);
    if (!asker.conversation) continue;
    if (keepsConversation(model)) {
      checkOutputGuardrails(asker, scope);
      continue;
    }
    if (isStrict(model)) throw noServerState(describe(asker, model), scope.state);
    forgetful.push(describe(asker, model));
  }
  if (forgetful.length > 0) warnOfHistory(scope, forgetful);
}

/** A model that cannot be found is said where its agent becomes active, if it does. */
async function modelOf(agent: AnyAgent, { config }: RunScope): Promise<Model | undefined> {
  try {
    return await resolveModel(agent, config);
  } catch {
    return undefined;
  }
}

function checkTools(asker: Asker, model: Model): void {
  for (const [capability, does] of Object.entries(TOOL_CAPABILITIES)) {
    const names = asker.special.filter(({ needs }) => needs === capability).map(({ name }) => name);
    // The keys of the table are capabilities.
    if (names.length === 0 || model.capabilities?.[capability as SpecialTool['needs']] !== false) continue;
    throw new UserError(
      `${describe(asker, model)} does not ${does}, and would be given: ${names.join(', ')}. ` +
        'Take them away from the agent, or give it a model whose provider knows them, such as a Responses model.',
    );
  }
}

const TOOL_CAPABILITIES = {
  hostedTools: 'run hosted tools',
  localTools: 'know computers, shells and apply_patch',
  deferredTools: 'take tools with deferLoading or in a namespace',
} as const satisfies Record<SpecialTool['needs'], string>;

function checkPrompt(asker: Asker, model: Model): void {
  if (!asker.prompt || model.capabilities?.prompt !== false || !isStrict(model)) return;
  throw new UserError(
    `${describe(asker, model)} does not support prompt templates (\`prompt\`), and its strict feature validation is on. ` +
      'Give the agent instructions instead, or a model whose provider has the template, such as a Responses model.',
  );
}

/** What a guardrail refuses would stay in the provider's conversation, which has it before the guardrail sees it [B19]. */
function checkOutputGuardrails({ agent }: Asker, { state, config }: RunScope): void {
  const guardrails = [...agent.outputGuardrails, ...(config.outputGuardrails ?? [])];
  if (guardrails.length === 0) return;
  throw new UserError(
    `Agent "${agent.name}" has output guardrails (${guardrails.map(({ name }) => name).join(', ')}), which cannot be combined with ` +
      `${optionsOf(state)}: the provider would keep what they refuse. Leave out one of the two, or keep the conversation in a session.`,
  );
}

function noServerState(who: string, state: AnyRunState): UserError {
  return new UserError(
    `${who} does not support server-managed conversation state (${optionsOf(state)}), and its strict feature validation ` +
      'is on. Pass the full conversation history without it, or give the agent a model whose provider keeps ' +
      'conversations, such as a Responses model.',
  );
}

function warnOfHistory({ state, logger }: RunScope, who: readonly string[]): void {
  logger.warn(
    `${who.join(' and ')} ${who.length === 1 ? 'does' : 'do'} not support server-managed conversation state ` +
      `(${optionsOf(state)}). What the server held before this run is out of reach there; the full history of this run ` +
      'is sent on every turn. Enable strict feature validation to raise an error instead.',
  );
}

/** The options as the app has set them. */
function optionsOf({ server }: AnyRunState): string {
  return [
    ...(server?.previousResponseId === undefined || server.auto ? [] : ['previousResponseId']),
    ...(server?.conversationId === undefined ? [] : ['conversationId']),
    ...(server?.auto === true ? ['autoPreviousResponseId'] : []),
  ].join(', ');
}

function describe({ agent }: Asker, { name }: Model): string {
  return `The model${name === undefined ? '' : ` "${name}"`} of agent "${agent.name}"`;
}

function isStrict(model: Model): boolean {
  return model.strictFeatureValidation === true;
}

/** Tools that may be switched off are only known in their turn. */
function specialTools({ tools }: AnyAgent): readonly SpecialTool[] {
  const special: SpecialTool[] = [];
  for (const tool of tools) {
    if ((tool.isEnabled ?? true) !== true) continue;
    if (tool.type === 'hosted_tool') special.push({ name: tool.name, needs: 'hostedTools' });
    else if (tool.type !== 'function') special.push({ name: tool.name, needs: 'localTools' });
    else if (tool.deferLoading === true || tool.namespace !== undefined) {
      special.push({ name: tool.name, needs: 'deferredTools' });
    }
  }
  return special;
}
