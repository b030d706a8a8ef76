import type { RunContext } from '../context/index.js';
import { InvalidToolOutputError, ToolTimeoutError, UserError } from '../error/index.js';
import { isRecord } from '../internal/json.js';
import type { ProviderData, ShellCallItem, ShellOutput } from '../item/index.js';
import type { ExecutableTool } from './executable-tool.js';
import { createLocalTool } from './local-tool.js';
import type { LocalToolOptions, ReadResult } from './local-tool.js';
import type { LocalToolOutput } from './tool-result.js';

/** The commands a model wants run, and the limits it sets itself. */
export type ShellAction = ShellCallItem['action'];

/** What one command printed and how it ended. */
export type ShellOutputResult = ShellOutput;

/** What a shell gives back. */
export interface ShellResult {
  /** One entry per command, in order. */
  readonly output: readonly ShellOutputResult[];
  /** The limit the shell kept to, in characters per command. */
  readonly maxOutputLength?: number;
  /** Goes to the provider beside the output. */
  readonly providerData?: ProviderData;
}

/** What a shell is told beside its commands. */
export interface ShellInvocationContext {
  readonly runContext: RunContext;
  /** Aborts when the run is cancelled or the tool's time is up: end what runs. */
  readonly signal: AbortSignal;
}

/**
 * Runs the commands a model asks for: implement it with a child process, a container or a remote machine. The
 * model reads what it throws.
 */
export interface Shell {
  /**
   * @param action The commands, to be run in order. `timeoutMs` is a limit for each of them: one that takes
   *   longer has the outcome `timeout`.
   */
  run(action: ShellAction, context: ShellInvocationContext): ShellResult | Promise<ShellResult>;
}

/** A skill that lies beside a local shell. */
export interface ShellToolLocalSkill {
  readonly name: string;
  readonly description: string;
  readonly path: string;
}

/** The shell runs here, with these skills. */
export interface ShellToolLocalEnvironment {
  readonly type: 'local';
  readonly skills?: readonly ShellToolLocalSkill[];
}

/** What `shellTool()` takes. */
export interface ShellToolOptions<TContext = unknown> extends LocalToolOptions<TContext, ShellAction> {
  readonly shell: Shell;
  /** What the model is told of the place the commands run in. */
  readonly environment?: ShellToolLocalEnvironment;
}

/** A shell that the model may use: made by `shellTool()`. */
export interface ShellTool<TContext = unknown> extends ExecutableTool<TContext> {
  readonly type: 'shell';
  readonly answers: 'shell_call';
  readonly environment?: ShellToolLocalEnvironment;
}

/**
 * Lets the model run shell commands here. Commands can do anything that the process may: ask for approval, or
 * keep the shell in a sandbox.
 *
 * @throws UserError where there is no shell.
 *
 * @example
 * ```ts
 * import { Agent, shellTool, type Shell } from '@baton/core';
 *
 * export function operator(shell: Shell): Agent {
 *   const needsApproval = (_runContext: unknown, { commands }: { commands: readonly string[] }): boolean =>
 *     commands.some((command) => !command.startsWith('ls'));
 *   return new Agent({ name: 'Operator', tools: [shellTool({ shell, needsApproval })] });
 * }
 * ```
 */
export function shellTool<TContext = unknown>(options: ShellToolOptions<TContext>): ShellTool<TContext> {
  const { shell, environment, ...rest } = options;
  if (!isRecord(shell) || typeof shell.run !== 'function') {
    throw new UserError('shellTool() has no shell. Pass { shell } with a method run(action).');
  }
  const tool = createLocalTool<TContext, ShellAction, 'shell_call'>(
    {
      answers: 'shell_call',
      name: 'shell',
      read: readShellAction,
      run: async ({ runContext, input, details }) => {
        const result = await shell.run(input, { runContext, signal: details.signal });
        return toShellOutput(result, input);
      },
      failed: (error, text) => ({
        type: 'shell_call_output',
        output: [
          {
            stdout: '',
            stderr: text,
            outcome: error instanceof ToolTimeoutError ? { type: 'timeout' } : { type: 'exit', exitCode: 1 },
          },
        ],
      }),
    },
    rest,
  );
  return { type: 'shell', ...tool, ...(environment !== undefined && { environment }) };
}

/** Commands are a list of texts, and a limit of 0 is none [TOL-23]. */
function readShellAction(input: unknown): ReadResult<ShellAction> {
  const { commands, timeoutMs, maxOutputLength } = isRecord(input) ? input : {};
  if (!isTexts(commands)) return { ok: false, problem: 'expected { commands }, a list of texts' };
  return {
    ok: true,
    value: {
      commands,
      ...(isLimit(timeoutMs) && { timeoutMs }),
      ...(isLimit(maxOutputLength) && { maxOutputLength }),
    },
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isLimit(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}

function toShellOutput(result: ShellResult, action: ShellAction): LocalToolOutput {
  if (!isRecord(result) || !Array.isArray(result.output)) {
    throw new InvalidToolOutputError(
      'The shell gave no { output }: expected a list of { stdout, stderr, outcome }, one per command.',
    );
  }
  const limits = [action.maxOutputLength, result.maxOutputLength].filter((limit) => limit !== undefined);
  const limit = limits.length === 0 ? undefined : Math.min(...limits);
  return {
    type: 'shell_call_output',
    output: limit === undefined ? result.output : result.output.map((output) => cut(output, limit)),
    ...(limit !== undefined && { maxOutputLength: limit }),
    ...(result.providerData !== undefined && { providerData: result.providerData }),
  };
}

/** What a command printed, up to the limit: errors first, as they say what to do next. */
function cut(output: ShellOutput, limit: number): ShellOutput {
  const { stdout, stderr } = output;
  if (stdout.length + stderr.length <= limit) return output;
  const errors = stderr.slice(0, limit);
  return { ...output, stdout: stdout.slice(0, limit - errors.length), stderr: errors };
}
