import type { Agent, AgentOutputType, AnyAgent, RunHookEvents } from '../agent/index.js';
import { Agent as AgentClass } from '../agent/index.js';
import type { RunContext } from '../context/index.js';
import { UserError } from '../error/index.js';
import { HookEmitter } from '../internal/hook-emitter.js';
import { mergeModelSettings } from '../model/index.js';
import type { RunConfig, RunOptions } from './run-config.js';
import type { RunResult } from './run-result.js';
import type { RunState } from './run-state.js';
import { startRun, startStreamedRun } from './start-run.js';
import type { RunInput } from './start-run.js';
import type { StreamedRunResult } from './streamed-run-result.js';

/** The context a run needs: none where no agent or tool asks for one, or where a stored state has it. */
export type ContextOption<TContext, TInput> = unknown extends TContext
  ? unknown
  : TInput extends RunState
    ? unknown
    : { readonly context: TContext | RunContext<TContext> };

/** The options of a streamed run. */
export type StreamedOptions<TContext, TInput> = OpenOptions<TContext, TInput> &
  ContextOption<TContext, TInput> & { readonly stream: true };

/** The options of a run that is not streamed; they can be left out where no context is needed. */
export type WholeOptions<TContext, TInput> = OpenOptions<TContext, TInput> &
  ContextOption<TContext, TInput> & { readonly stream?: false };

/** Where a context is required, one property says so, not two that have to agree. */
type OpenOptions<TContext, TInput> = unknown extends ContextOption<TContext, TInput>
  ? RunOptions<TContext>
  : Omit<RunOptions<TContext>, 'context'>;

/** The signatures of `run`: whole, or streamed where the options say so. */
export interface RunFunction {
  <TContext, TOutput extends AgentOutputType, const TInput extends RunInput>(
    agent: Agent<TContext, TOutput>,
    input: TInput,
    options: StreamedOptions<TContext, TInput>,
  ): Promise<StreamedRunResult<TContext, Agent<TContext, TOutput>>>;
  <TContext, TOutput extends AgentOutputType, const TInput extends RunInput>(
    agent: Agent<TContext, TOutput>,
    input: TInput,
    ...options: unknown extends ContextOption<TContext, TInput>
      ? [options?: WholeOptions<TContext, TInput>]
      : [optionsWithContext: WholeOptions<TContext, TInput>]
  ): Promise<RunResult<TContext, Agent<TContext, TOutput>>>;
}

/**
 * Runs agents with shared settings and hooks. For one-off runs `run()` is enough.
 *
 * @example
 * ```ts
 * import { Agent, Runner, type Model } from '@baton/core';
 *
 * export async function greet(model: Model): Promise<string | undefined> {
 *   const runner = new Runner({ model, modelSettings: { temperature: 0 } });
 *   const result = await runner.run(new Agent({ name: 'Greeter' }), 'Say hello');
 *   return result.finalOutput;
 * }
 * ```
 */
export class Runner extends HookEmitter<RunHookEvents> {
  readonly config: RunConfig;

  /**
   * Runs an agent until it gives its final output, has to wait for a human, or fails.
   *
   * Takes the agent that starts, the input (a question, a conversation, or the state of a run that goes
   * on) and options, which win over the runner's own settings.
   *
   * @throws UserError for options or agents that cannot work, before any request.
   * @throws MaxTurnsExceededError, ModelBehaviorError, ModelRefusalError, ModelRequestError, tripwire
   * errors, ToolCallError, RunCancelledError; a streamed run throws them while it is read.
   */
  readonly run: RunFunction;

  constructor(config: RunConfig = {}) {
    super();
    this.config = config;
    // A function of its own, so that it can be handed around without its runner.
    this.run = (agent: AnyAgent, input: RunInput, options?: AnyRunOptions): Promise<never> => {
      try {
        // The signatures say what comes back; a start knows neither the context nor the output type.
        return this.#start(agent, input, options) as Promise<never>;
      } catch (error) {
        // Not an async function: its frame would wait as long as the run does.
        return Promise.reject(error);
      }
    };
  }

  #start(agent: AnyAgent, input: RunInput, options?: AnyRunOptions): Promise<RunResult<never>> {
    if (!(agent instanceof AgentClass)) {
      throw new UserError('The first argument of run() is not an agent. Pass an Agent.');
    }
    const start = { agent, input, options: withDefined(this.config, options), hooks: this };
    return options?.stream === true ? Promise.resolve(startStreamedRun(start)) : startRun(start);
  }
}

type AnyRunOptions = RunOptions<never> & { readonly stream?: boolean };

/** What the options leave open, or set to undefined, is the runner's; model settings field by field. */
function withDefined(config: RunConfig, options: AnyRunOptions = {}): AnyRunOptions {
  const left = Object.entries(config).filter(([key]) => Reflect.get(options, key) === undefined);
  if (left.length === 0 && config.modelSettings === undefined) return options;
  const merged = { ...options, ...Object.fromEntries(left) };
  if (config.modelSettings === undefined || options.modelSettings === undefined) return merged;
  return { ...merged, modelSettings: mergeModelSettings(config.modelSettings, options.modelSettings) };
}
