import type { RunContext } from '../context/index.js';
import { ModelBehaviorError, UserError } from '../error/index.js';
import type { AgentInputItem } from '../item/index.js';
import type { JsonSchema, SerializedHandoff } from '../model/index.js';
import { createSchemaParser, parseJson, toFunctionName } from '../tool/index.js';
import type { AnySchema, SchemaOutput, SchemaParser, ToolEnabledOptions } from '../tool/index.js';
import { Agent } from './agent.js';
import type { AnyAgent } from './agent.js';
import type { AgentOutputType } from './output-type.js';
import type { RunItem } from './run-item.js';

/** What a handoff filter is given, and what it gives back. */
export interface HandoffInputData {
  /** The conversation before this run began. */
  readonly inputHistory: readonly AgentInputItem[];
  /** What the run has produced before the turn that hands over. */
  readonly preHandoffItems: readonly RunItem[];
  /** What that turn has produced, the handoff call and its output included. */
  readonly newItems: readonly RunItem[];
  readonly runContext?: RunContext<never>;
}

/** Chooses what the next agent sees; the run's own record stays as it is. */
export type HandoffInputFilter = (
  input: HandoffInputData,
) => HandoffInputData | Promise<HandoffInputData>;

/** How a handoff differs from the default one. */
export interface HandoffOptions<TInputType extends AnySchema | undefined, TContext> {
  /** Default: `transfer_to_` and the agent's name in lower case [HO-2]. */
  readonly toolNameOverride?: string;
  /** Default: names the agent and adds its `handoffDescription` [HO-3]. */
  readonly toolDescriptionOverride?: string;
  /** Called when the model hands over, before the next agent starts. */
  readonly onHandoff?: (
    runContext: RunContext<TContext>,
    input: TInputType extends AnySchema ? SchemaOutput<TInputType> : undefined,
  ) => void | Promise<void>;
  /** What the model has to pass along; needs `onHandoff`. */
  readonly inputType?: TInputType;
  /** What the next agent sees; wins over the run's `handoffInputFilter`. */
  readonly inputFilter?: HandoffInputFilter;
  /** Whether the handoff is offered to the model; default `true`. */
  readonly isEnabled?:
    | boolean
    | ((options: ToolEnabledOptions<TContext>) => boolean | Promise<boolean>);
}

/** Where a handoff leads: an agent, or a function that returns one, so that agents can name each other. */
export type HandoffAgent<TContext, TOutput extends AgentOutputType = AgentOutputType> =
  | Agent<TContext, TOutput>
  | (() => Agent<TContext, TOutput>);

/** What can stand in an agent's `handoffs`. */
export type HandoffTarget<TContext, TOutput extends AgentOutputType = AgentOutputType> =
  | HandoffAgent<TContext, TOutput>
  | Handoff<TContext, TOutput>;

/** A way from one agent to another, which a model takes by calling a function; made by `handoff()`. */
export class Handoff<TContext = unknown, TOutput extends AgentOutputType = AgentOutputType> {
  readonly inputFilter: HandoffInputFilter | undefined;
  readonly inputJsonSchema: JsonSchema;
  readonly strictJsonSchema = true;
  readonly isEnabled:
    | boolean
    | ((options: ToolEnabledOptions<TContext>) => boolean | Promise<boolean>);
  /** Reads what the model passed along and calls `onHandoff`. */
  readonly onInvokeHandoff: (runContext: RunContext<TContext>, input: string) => Promise<void>;
  readonly #target: HandoffAgent<TContext, TOutput>;
  readonly #toolName: string | undefined;
  readonly #toolDescription: string | undefined;

  constructor(
    target: HandoffAgent<TContext, TOutput>,
    options: HandoffOptions<AnySchema | undefined, TContext> = {},
  ) {
    const { onHandoff, inputType } = options;
    checkOptions(target, options);
    this.#target = target;
    this.#toolName = options.toolNameOverride;
    this.#toolDescription = options.toolDescriptionOverride;
    this.inputFilter = options.inputFilter;
    this.isEnabled = options.isEnabled ?? true;
    const parser =
      inputType === undefined
        ? undefined
        : createSchemaParser(inputType, { what: 'a handoff input', strict: true });
    this.inputJsonSchema = parser?.jsonSchema ?? NO_INPUT;
    this.onInvokeHandoff = async (runContext, input) => {
      if (onHandoff === undefined) return;
      const parsed = parser === undefined ? undefined : await this.#parse(parser, input);
      // Checked by inputType's own validation, whose type the caller of handoff() sees.
      await onHandoff(runContext, parsed);
    };
  }

  /** The agent that takes over. */
  get agent(): Agent<TContext, TOutput> {
    const agent = this.#target instanceof Agent ? this.#target : this.#target();
    if (agent instanceof Agent) return agent;
    throw new UserError(
      `A handoff's function returned ${describe(agent)} instead of an agent. Return an Agent.`,
    );
  }

  /** The name of the agent that takes over. */
  get agentName(): string {
    return this.agent.name;
  }

  /** What the model calls to hand over. */
  get toolName(): string {
    return toFunctionName(this.#toolName ?? `transfer_to_${this.agentName}`.toLowerCase());
  }

  get toolDescription(): string {
    if (this.#toolDescription !== undefined) return this.#toolDescription;
    const { name, handoffDescription } = this.agent;
    return `Handoff to the ${name} agent to handle the request. ${handoffDescription}`.trim();
  }

  async #parse(parser: SchemaParser, input: string): Promise<unknown> {
    const json = parseJson(input);
    const parsed = json.ok ? await parser.parse(json.value) : json;
    if (parsed.ok) return parsed.value;
    throw new ModelBehaviorError(
      `The model passed an input to handoff ${this.toolName} that does not fit: ${parsed.problem}`,
    );
  }
}

/**
 * Describes a handoff that differs from the default: another name, an input from the model, a filter on
 * what the next agent sees. An agent alone in `handoffs` is enough where nothing differs.
 *
 * @throws UserError where the target is no agent, or `inputType` comes without `onHandoff`.
 *
 * @example
 * ```ts
 * import { Agent, handoff } from '@baton/core';
 * import * as z from 'zod';
 *
 * const refunds = new Agent({ name: 'Refund Agent' });
 * export const triage = new Agent({
 *   name: 'Triage',
 *   handoffs: [
 *     handoff(refunds, {
 *       inputType: z.object({ reason: z.string() }),
 *       onHandoff: (_context, { reason }) => void reason,
 *     }),
 *   ],
 * });
 * ```
 */
export function handoff<
  TContext = unknown,
  TOutput extends AgentOutputType = AgentOutputType,
  TInputType extends AnySchema | undefined = undefined,
>(
  agent: HandoffAgent<TContext, TOutput>,
  options: HandoffOptions<TInputType, TContext> = {},
): Handoff<TContext, TOutput> {
  // The class does not carry the input's type: only onHandoff sees it, and it was checked here.
  return new Handoff(agent, options);
}

/** The handoff behind an entry of an agent's `handoffs`. */
export function getHandoff<TContext, TOutput extends AgentOutputType>(
  target: HandoffTarget<TContext, TOutput>,
): Handoff<TContext, TOutput> {
  return target instanceof Handoff ? target : new Handoff(target);
}

/** What the model is told of a handoff. */
export function serializeHandoff(each: Handoff<never>): SerializedHandoff {
  return {
    toolName: each.toolName,
    toolDescription: each.toolDescription,
    inputJsonSchema: each.inputJsonSchema,
    strictJsonSchema: each.strictJsonSchema,
  };
}

/** The output of a handoff call: JSON that names who took over [HO-4]. */
export function getTransferMessage(agent: AnyAgent): string {
  return JSON.stringify({ assistant: agent.name });
}

const NO_INPUT: JsonSchema = {
  type: 'object',
  properties: {},
  required: [],
  additionalProperties: false,
};

function checkOptions(
  target: unknown,
  options: { readonly inputType?: unknown; readonly onHandoff?: unknown },
): void {
  if (!(target instanceof Agent) && typeof target !== 'function') {
    throw new UserError(
      `A handoff leads to ${describe(target)}. Pass an Agent, or a function that returns one.`,
    );
  }
  if (options.inputType !== undefined && options.onHandoff === undefined) {
    throw new UserError(
      'A handoff has inputType but no onHandoff. Add onHandoff, which receives the input, or leave inputType out.',
    );
  }
  if (options.onHandoff !== undefined && typeof options.onHandoff !== 'function') {
    throw new UserError('A handoff has an onHandoff that is not a function. Pass a function.');
  }
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === 'object' ? `a ${value.constructor?.name ?? 'object'}` : `a ${typeof value}`;
}
