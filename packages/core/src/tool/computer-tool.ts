import type { RunContext } from '../context/index.js';
import { UserError } from '../error/index.js';
import { isRecord } from '../internal/json.js';
import type { ComputerAction, ProviderData } from '../item/index.js';
import { readAction } from './computer.js';
import type { Computer, ReadyAction } from './computer.js';
import { answerSafetyChecks } from './computer-safety.js';
import type { ComputerOnSafetyCheckFunction } from './computer-safety.js';
import type { ExecutableTool } from './executable-tool.js';
import { createLocalTool } from './local-tool.js';
import type { LocalToolCall, LocalToolOptions, ReadResult } from './local-tool.js';
import type { RunResource } from './tool-context.js';
import type { LocalToolOutput } from './tool-result.js';

/** What a computer is made with. */
export interface ComputerInitializerArgs<TContext = unknown> {
  readonly runContext: RunContext<TContext>;
}

/** Makes a computer for one run. */
export type ComputerCreate<TContext = unknown, TComputer extends Computer = Computer> = (
  args: ComputerInitializerArgs<TContext>,
) => TComputer | Promise<TComputer>;

/** Gives back a computer that was made for one run. */
export type ComputerDispose<TContext = unknown, TComputer extends Computer = Computer> = (
  args: ComputerInitializerArgs<TContext> & { readonly computer: TComputer },
) => void | Promise<void>;

/** A computer for every run: made when the run first uses it, given back when the run ends, however it ends. */
export interface ComputerProvider<TContext = unknown, TComputer extends Computer = Computer>
  extends Pick<Computer, 'environment' | 'dimensions'> {
  readonly create: ComputerCreate<TContext, TComputer>;
  readonly dispose?: ComputerDispose<TContext, TComputer>;
}

/** One computer for all runs, or one for each. */
export type ComputerConfig<TContext = unknown, TComputer extends Computer = Computer> =
  | TComputer
  | ComputerCreate<TContext, TComputer>
  | ComputerProvider<TContext, TComputer>;

/** What `computerTool()` takes. */
export interface ComputerToolOptions<TContext = unknown, TComputer extends Computer = Computer>
  extends Omit<LocalToolOptions<TContext, ComputerAction>, 'needsApproval'> {
  readonly computer: ComputerConfig<TContext, TComputer>;
  /** Whether a human has to agree first; a function is asked for each action of a call. Default `false`. */
  readonly needsApproval?: LocalToolOptions<TContext, ComputerAction>['needsApproval'];
  /**
   * Asked where the provider wants somebody to look before the actions of a call: `true` acknowledges, the
   * checks themselves acknowledge those, anything else refuses the call. Without it such a call ends the run.
   */
  readonly onSafetyCheck?: ComputerOnSafetyCheckFunction<TContext>;
}

/** A computer that the model may use: made by `computerTool()`. */
export interface ComputerTool<TContext = unknown> extends ExecutableTool<TContext> {
  readonly type: 'computer';
  readonly answers: 'computer_call';
  readonly environment?: Computer['environment'];
  readonly dimensions?: Computer['dimensions'];
}

/**
 * Lets the model use a computer: it looks at the screen, clicks and types. The actions of a turn are done one
 * after the other, and the model is shown the screen behind them. An agent has one at most.
 *
 * @throws UserError where there is no computer.
 *
 * @example
 * ```ts
 * import { Agent, computerTool, type Computer } from '@baton/core';
 *
 * export function clerk(openBrowser: () => Promise<Computer & { close(): Promise<void> }>): Agent {
 *   const browser = computerTool({
 *     computer: { create: () => openBrowser(), dispose: ({ computer }) => computer.close() },
 *     needsApproval: (_runContext, action) => action.type === 'type',
 *   });
 *   return new Agent({ name: 'Clerk', tools: [browser] });
 * }
 * ```
 */
export function computerTool<TContext = unknown, TComputer extends Computer = Computer>(
  options: ComputerToolOptions<TContext, TComputer>,
): ComputerTool<TContext> {
  const { computer, needsApproval, onSafetyCheck, ...rest } = options;
  if (typeof computer !== 'function' && !isRecord(computer)) {
    throw new UserError('computerTool() has no computer. Pass one, or a function that makes one for each run.');
  }
  const owner = {};
  const tool = createLocalTool<TContext, readonly ReadyAction[], 'computer_call'>(
    {
      answers: 'computer_call',
      name: 'computer_use_preview',
      lane: 'computer',
      read: readActions,
      run: async (call) => {
        const { runContext, details } = call;
        const verdict = await answerSafetyChecks(runContext, details, onSafetyCheck);
        if (verdict.type === 'refused') return verdict.text;
        const opened = await details.useResource(owner, () => openComputer(computer, runContext));
        return act(opened, call, verdict.providerData);
      },
    },
    {
      ...rest,
      ...(needsApproval !== undefined && { needsApproval: forAny(needsApproval) }),
    },
  );
  const { environment, dimensions } = typeof computer === 'function' ? NOTHING_KNOWN : computer;
  return {
    type: 'computer',
    ...tool,
    ...(environment !== undefined && { environment }),
    ...(dimensions !== undefined && { dimensions }),
  };
}

const NOTHING_KNOWN: Pick<Computer, 'environment' | 'dimensions'> = {};

/** A call has one action or several; a human who edits them may write either. */
function readActions(input: unknown): ReadResult<readonly ReadyAction[]> {
  const actions: ReadyAction[] = [];
  for (const each of Array.isArray(input) ? (input as readonly unknown[]) : [input]) { // a list, whatever is in it
    const ready = readAction(each);
    if (typeof ready === 'string') return { ok: false, problem: ready };
    actions.push(ready);
  }
  return { ok: true, value: actions };
}

function forAny<TContext>(
  needsApproval: NonNullable<ComputerToolOptions<TContext>['needsApproval']>,
): NonNullable<LocalToolOptions<TContext, readonly ReadyAction[]>['needsApproval']> {
  if (typeof needsApproval === 'boolean') return needsApproval;
  return async (runContext, actions, callId) => {
    for (const { action } of actions) {
      if (await needsApproval(runContext, action, callId)) return true;
    }
    return false;
  };
}

async function openComputer<TContext, TComputer extends Computer>(
  config: ComputerConfig<TContext, TComputer>,
  runContext: RunContext<TContext>,
): Promise<RunResource<Computer>> {
  if (isShared(config)) {
    await config.initRun?.(runContext);
    return { value: config };
  }
  const { create, dispose } = typeof config === 'function' ? { create: config, dispose: undefined } : config;
  const computer = await create({ runContext });
  const resource: RunResource<Computer> = {
    value: computer,
    ...(dispose !== undefined && { dispose: () => dispose({ runContext, computer }) }),
  };
  try {
    await computer.initRun?.(runContext);
  } catch (error) {
    await resource.dispose?.();
    throw error;
  }
  return resource;
}

function isShared<TContext, TComputer extends Computer>(
  config: ComputerConfig<TContext, TComputer>,
): config is TComputer {
  return typeof config !== 'function' && !('create' in config);
}

/** Does the actions, then takes a picture of what has become of them [CU-2]. */
async function act<TContext>(
  computer: Computer,
  { runContext, input, details }: LocalToolCall<TContext, readonly ReadyAction[]>,
  providerData: ProviderData | undefined,
): Promise<LocalToolOutput> {
  for (const { step } of input) {
    details.signal.throwIfAborted();
    await step(computer, runContext);
  }
  details.signal.throwIfAborted();
  const picture = await computer.screenshot(runContext);
  return {
    type: 'computer_call_result',
    output: {
      type: 'computer_screenshot',
      data: picture.startsWith('data:') ? picture : `data:image/png;base64,${picture}`,
    },
    ...(providerData !== undefined && { providerData }),
  };
}
