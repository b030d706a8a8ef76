import { shellTool as localShellTool } from '@baton/core';
import type { ShellTool, ShellToolOptions } from '@baton/core';
import { hostedShellTool } from '@baton/openai-responses';
import type { HostedShellToolOptions, OpenAIHostedTool } from '@baton/openai-responses';

/**
 * Lets the model run shell commands: with a `shell` of yours, here; with the `environment` of a container, at OpenAI.
 *
 * @throws UserError where there is neither.
 *
 * @example
 * ```ts
 * import { Agent, shellTool } from '@baton/agents';
 *
 * const shell = shellTool({ environment: { type: 'container_auto' } });
 * export const analyst = new Agent({ name: 'Analyst', tools: [shell] });
 * ```
 */
export function shellTool<TContext = unknown>(
  options: ShellToolOptions<TContext>,
): ShellTool<TContext>;
export function shellTool(options: HostedShellToolOptions): OpenAIHostedTool;
export function shellTool<TContext = unknown>(
  options: ShellToolOptions<TContext> | HostedShellToolOptions,
): ShellTool<TContext> | OpenAIHostedTool {
  return isHosted(options) ? hostedShellTool(options) : localShellTool(options);
}

function isHosted<TContext>(
  options: ShellToolOptions<TContext> | HostedShellToolOptions,
): options is HostedShellToolOptions {
  return options.environment !== undefined && options.environment.type !== 'local';
}
