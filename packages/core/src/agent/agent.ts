import type { RunContext } from '../context/index.js';
import { UserError } from '../error/index.js';
import { allSettled } from '../internal/all-settled.js';
import { HookEmitter } from '../internal/hook-emitter.js';
import { isRecord, toJsonText } from '../internal/json.js';
import { unknownOption } from '../internal/unknown-option.js';
import type { Model, ModelSettings, Prompt } from '../model/index.js';
import { keepEnabled } from '../tool/index.js';
import type { AnySchema, FunctionTool, MCPConfig, Tool, ToolServer } from '../tool/index.js';
import { createAgentTool } from './agent-tool.js';
import type { AgentToolOptions } from './agent-tool.js';
import type { InputGuardrail, OutputGuardrail } from './guardrail.js';
import type { HandoffTarget } from './handoff.js';
import type { AgentHookEvents } from './hooks.js';
import { createOutputSpec } from './output-type.js';
import type { AgentOutputType, OutputSpec, ResolvedOutput } from './output-type.js';
import type { ToolUseBehavior } from './tool-use-behavior.js';

/** Text, or a function that makes it for each turn. */
export type Instructions<TContext> =
  | string
  | ((
      runContext: RunContext<TContext>,
      agent: AnyAgent,
    ) => string | undefined | Promise<string | undefined>);

/** What an agent is made of. Only the name is required. */
export interface AgentOptions<TContext = unknown, TOutput extends AgentOutputType = 'text'> {
  /** Names the agent in handoffs, traces and errors. */
  readonly name: string;
  /** The system prompt; a function is asked again in every turn. */
  readonly instructions?: Instructions<TContext>;
  /** A prompt template stored at the provider; a function is asked again in every turn. */
  readonly prompt?:
    | Prompt
    | ((runContext: RunContext<TContext>, agent: AnyAgent) => Prompt | Promise<Prompt>);
  /** Told to other agents' models: when to hand over to this one. */
  readonly handoffDescription?: string;
  /** Agents that can take over. Functions that return one let agents name each other. */
  readonly handoffs?: readonly HandoffTarget<TContext>[];
  /** A model, or the name of one for the run's model provider; the run's `model` wins over it. */
  readonly model?: string | Model;
  /** The run's `modelSettings` win over them, field by field. */
  readonly modelSettings?: ModelSettings;
  readonly tools?: readonly Tool<TContext>[];
  /** Servers whose tools it has too; they are connected before a run and closed after it, by the app. */
  readonly mcpServers?: readonly ToolServer[];
  readonly mcpConfig?: MCPConfig;
  /** Checks on the run's input, where this agent is the first. */
  readonly inputGuardrails?: readonly InputGuardrail<TContext>[];
  /** Checks on the final output, where this agent gives it. */
  readonly outputGuardrails?: readonly OutputGuardrail<TContext, ResolvedOutput<TOutput>>[];
  /** Default `'text'`. */
  readonly outputType?: TOutput;
  /** What follows its function tools; default `'run_llm_again'`. */
  readonly toolUseBehavior?: ToolUseBehavior<TContext>;
  /** Leave `toolChoice` out once the agent has used a tool, so that it cannot loop; default `true`. */
  readonly resetToolChoice?: boolean;
}

/** Any agent, whatever context it needs and output it gives. */
export type AnyAgent = Agent<never, AgentOutputType>;

/** The output types of handoff targets. */
export type HandoffOutput<TTarget> = TTarget extends {
  readonly agent: Agent<never, infer TOutput>;
}
  ? TOutput
  : TTarget extends () => Agent<never, infer TOutput>
    ? TOutput
    : TTarget extends Agent<never, infer TOutput>
      ? TOutput
      : never;

/**
 * A model with instructions, tools, handoffs and guardrails: what to run. An agent holds no state of any
 * run; one agent serves any number of runs at once.
 *
 * @throws UserError where the name is empty, an entry is of the wrong kind, or the output type cannot be used.
 *
 * @example
 * ```ts
 * import { Agent } from '@baton/core';
 *
 * export const poet = new Agent({
 *   name: 'Poet',
 *   instructions: 'Answer in two lines that rhyme.',
 * });
 * ```
 */
export class Agent<TContext = unknown, TOutput extends AgentOutputType = 'text'> extends HookEmitter<
  AgentHookEvents<TContext>
> {
  readonly name: string;
  readonly instructions: Instructions<TContext>;
  readonly prompt: AgentOptions<TContext, TOutput>['prompt'];
  readonly handoffDescription: string;
  readonly handoffs: readonly HandoffTarget<TContext>[];
  readonly model: string | Model | undefined;
  readonly modelSettings: ModelSettings;
  readonly tools: readonly Tool<TContext>[];
  readonly mcpServers: readonly ToolServer[];
  readonly mcpConfig: MCPConfig;
  readonly inputGuardrails: readonly InputGuardrail<TContext>[];
  readonly outputGuardrails: readonly OutputGuardrail<TContext>[];
  readonly outputType: TOutput;
  readonly toolUseBehavior: ToolUseBehavior<TContext>;
  readonly resetToolChoice: boolean;
  /** The output type made ready. */
  readonly outputSpec: OutputSpec;

  constructor(options: AgentOptions<TContext, TOutput>) {
    super();
    checkOptions(options);
    this.name = options.name;
    this.instructions = options.instructions ?? '';
    this.prompt = options.prompt;
    this.handoffDescription = options.handoffDescription ?? '';
    this.handoffs = options.handoffs ?? [];
    this.model = options.model;
    this.modelSettings = options.modelSettings ?? {};
    this.tools = options.tools ?? [];
    this.mcpServers = options.mcpServers ?? [];
    this.mcpConfig = options.mcpConfig ?? {};
    this.inputGuardrails = options.inputGuardrails ?? [];
    // Given the output of this very agent, which has the type they ask for.
    this.outputGuardrails = (options.outputGuardrails ?? []) as readonly OutputGuardrail<TContext>[];
    // 'text' is TOutput's default, which is what is left out.
    this.outputType = options.outputType ?? ('text' as TOutput);
    this.toolUseBehavior = options.toolUseBehavior ?? 'run_llm_again';
    this.resetToolChoice = options.resetToolChoice ?? true;
    this.outputSpec = createOutputSpec(this.outputType, this.name);
  }

  /**
   * Makes an agent whose `finalOutput` is typed as whatever it or any agent it hands over to can give.
   *
   * @example
   * ```ts
   * import { Agent } from '@baton/core';
   * import * as z from 'zod';
   *
   * const weather = new Agent({ name: 'Weather', outputType: z.object({ degrees: z.number() }) });
   * // finalOutput: string | { degrees: number }
   * export const triage = Agent.create({ name: 'Triage', handoffs: [weather] });
   * ```
   */
  static create<
    TContext = unknown,
    TOutput extends AgentOutputType = 'text',
    const THandoffs extends readonly HandoffTarget<TContext>[] = readonly [],
  >(
    options: Omit<AgentOptions<TContext, TOutput>, 'handoffs'> & { readonly handoffs?: THandoffs },
  ): Agent<TContext, TOutput | HandoffOutput<THandoffs[number]>> {
    // The wider output type is a promise about the run, not about this agent's own output.
    return new Agent<TContext, TOutput>(options);
  }

  /** A new agent with some options replaced; lists that are not replaced are shared. Hooks do not go along. */
  clone<TNewOutput extends AgentOutputType = TOutput>(
    options: Partial<AgentOptions<TContext, TNewOutput>>,
  ): Agent<TContext, TNewOutput> {
    const { name, instructions, prompt, handoffDescription, handoffs, model, modelSettings } = this;
    const { tools, mcpServers, mcpConfig, inputGuardrails, outputGuardrails, toolUseBehavior, resetToolChoice } = this;
    return new Agent<TContext, TNewOutput>({
      name,
      instructions,
      ...(prompt !== undefined && { prompt }),
      handoffDescription,
      handoffs,
      ...(model !== undefined && { model }),
      modelSettings,
      tools,
      mcpServers,
      mcpConfig,
      inputGuardrails,
      outputGuardrails,
      toolUseBehavior,
      resetToolChoice,
      // Without another output type the new agent keeps this one's, and TNewOutput is TOutput.
      outputType: this.outputType as unknown as TNewOutput,
      ...options,
    });
  }

  /**
   * Makes a tool of the agent: the calling model gives it an input and stays in charge. Unlike a handoff, the
   * agent does not see the conversation. The nested run shares context, usage, settings and cancellation.
   *
   * @example
   * ```ts
   * import { Agent } from '@baton/core';
   *
   * const translator = new Agent({ name: 'Translator', instructions: 'Translate into French.' });
   * export const writer = new Agent({
   *   name: 'Writer',
   *   tools: [translator.asTool({ toolDescription: 'Translates a text into French' })],
   * });
   * ```
   */
  asTool<TParameters extends AnySchema | undefined = undefined>(
    options: AgentToolOptions<TContext, TParameters, ResolvedOutput<TOutput>> = {},
  ): FunctionTool<TContext> {
    return createAgentTool(this, options);
  }

  /** The system prompt of this turn, if there is one. */
  async getSystemPrompt(runContext: RunContext<TContext>): Promise<string | undefined> {
    const { instructions } = this;
    const text = typeof instructions === 'string' ? instructions : await instructions(runContext, this);
    return text === '' ? undefined : text;
  }

  /** The prompt template of this turn, if there is one. */
  async getPrompt(runContext: RunContext<TContext>): Promise<Prompt | undefined> {
    const { prompt } = this;
    return typeof prompt === 'function' ? prompt(runContext, this) : prompt;
  }

  /** The tools that its MCP servers have for it now. */
  async getMcpTools(runContext: RunContext<TContext>): Promise<FunctionTool<TContext>[]> {
    const request = { agent: this, runContext, config: this.mcpConfig };
    return (await allSettled(this.mcpServers.map((server) => server.listAgentTools(request)))).flat();
  }

  /** The tools that it has now: those of its MCP servers, then its own as far as they are switched on. */
  async getAllTools(runContext: RunContext<TContext>): Promise<Tool<TContext>[]> {
    const tools = [...(await this.getMcpTools(runContext)), ...this.tools];
    return [...(await keepEnabled(tools, { runContext, agent: this }))];
  }

  /** Only the name: an agent is code, not data. */
  toJSON(): { name: string } {
    return { name: this.name };
  }
}

/** Every option there is; the compiler sees to it that none is missing. */
const OPTIONS: Readonly<Record<keyof AgentOptions, true>> = {
  name: true,
  instructions: true,
  prompt: true,
  handoffDescription: true,
  handoffs: true,
  model: true,
  modelSettings: true,
  tools: true,
  mcpServers: true,
  mcpConfig: true,
  inputGuardrails: true,
  outputGuardrails: true,
  outputType: true,
  toolUseBehavior: true,
  resetToolChoice: true,
};

function checkOptions(options: AgentOptions<never, AgentOutputType>): void {
  if (typeof options !== 'object' || options === null) {
    throw new UserError('new Agent() needs an object with at least a name, e.g. { name: "Assistant" }.');
  }
  const { name, instructions } = options;
  if (typeof name !== 'string' || name.trim() === '') {
    throw new UserError(
      `An agent has ${name === '' ? 'an empty' : 'no'} name. Give it one: it is used in handoffs, traces and errors.`,
    );
  }
  const unknown = unknownOption(options, OPTIONS);
  if (unknown !== undefined) throw new UserError(`Agent "${name}" has an ${unknown}`);
  if (instructions !== undefined && typeof instructions !== 'string' && typeof instructions !== 'function') {
    throw new UserError(
      `The instructions of agent "${name}" are of type ${typeof instructions}. Pass a string or a function that returns one.`,
    );
  }
  const { modelSettings } = options;
  if (modelSettings !== undefined && !isRecord(modelSettings)) {
    throw new UserError(
      `The modelSettings of agent "${name}" are not an object. Pass settings by name, e.g. { temperature: 0 }.`,
    );
  }
  for (const field of ['tools', 'mcpServers', 'handoffs', 'inputGuardrails', 'outputGuardrails'] as const) {
    const list = options[field];
    if (list !== undefined && !Array.isArray(list)) {
      throw new UserError(`${field} of agent "${name}" must be a list.`);
    }
    list?.forEach((entry: unknown, index) => {
      if (entry === null || entry === undefined || (typeof entry !== 'object' && typeof entry !== 'function')) {
        throw new UserError(`${field}[${index}] of agent "${name}" is ${String(entry)}. Check the import it comes from.`);
      }
    });
  }
  for (const [index, entry] of (options.handoffs ?? []).entries()) {
    if (entry instanceof Agent || typeof entry === 'function' || 'onInvokeHandoff' in entry) continue;
    throw new UserError(
      `handoffs[${index}] of agent "${name}" is not an agent. Pass an Agent, handoff(agent), or a function that returns an Agent.`,
    );
  }
  for (const [index, entry] of (options.tools ?? []).entries()) {
    if (typeof entry.type !== 'string' || typeof entry.name !== 'string') {
      throw new UserError(`tools[${index}] of agent "${name}" is not a tool. Make it with tool().`);
    }
  }
  for (const [index, entry] of (options.mcpServers ?? []).entries()) {
    if (typeof entry.name === 'string' && typeof entry.listAgentTools === 'function') continue;
    throw new UserError(
      `mcpServers[${index}] of agent "${name}" is not a tool server. Pass a server of @baton/mcp, or extend its BaseMCPServer.`,
    );
  }
  for (const field of ['inputGuardrails', 'outputGuardrails'] as const) {
    for (const [index, { execute }] of (options[field] ?? []).entries()) {
      if (typeof execute === 'function') continue;
      throw new UserError(
        `${field}[${index}] of agent "${name}" has no execute function. Pass { name, execute }.`,
      );
    }
  }
  checkChoices(options);
}

function checkChoices({ name, model, toolUseBehavior }: AgentOptions<never, AgentOutputType>): void {
  if (model !== undefined && typeof model !== 'string' && typeof model?.getResponse !== 'function') {
    throw new UserError(
      `The model of agent "${name}" is not a model. Pass a Model, or the name of one for the run's model provider.`,
    );
  }
  const behavior: unknown = toolUseBehavior;
  const known =
    behavior === undefined ||
    behavior === 'run_llm_again' ||
    behavior === 'stop_on_first_tool' ||
    typeof behavior === 'function' ||
    (isRecord(behavior) && Array.isArray(behavior['stopAtToolNames']));
  if (known) return;
  throw new UserError(
    `Invalid toolUseBehavior of agent "${name}": ${toJsonText(behavior)}. ` +
      "Use 'run_llm_again', 'stop_on_first_tool', { stopAtToolNames: [...] } or a function.",
  );
}
