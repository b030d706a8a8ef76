import type { JsonRecord } from '@baton/openai-shared';
import { hostedTool, type OpenAIHostedTool, type ToolAllowedCaller } from './hosted-tool.js';

/** A container that OpenAI makes for the conversation. */
export interface CodeInterpreterContainer {
  readonly type: 'auto';
  /** Uploaded files the code can read; at most 50. */
  readonly file_ids?: readonly string[];
  readonly memory_limit?: '1g' | '4g' | '16g' | '64g' | null;
  /** Which hosts the code may reach, in the wire's own words. Default: none. */
  readonly network_policy?: JsonRecord & { readonly type: 'disabled' | 'allowlist' };
}

/** Options of {@link codeInterpreterTool}. */
export interface CodeInterpreterToolOptions {
  /** The id of a container, or one that OpenAI makes. Default `{ type: 'auto' }`. */
  readonly container?: string | CodeInterpreterContainer;
  /** Whether what the code printed comes with the call, in `providerData.outputs`. Default `false`. */
  readonly includeOutputs?: boolean;
  /** Default: the model only. */
  readonly allowedCallers?: readonly ToolAllowedCaller[];
}

/**
 * Lets the model write Python and run it, in a container at OpenAI.
 *
 * @example
 * ```ts
 * import { Agent, codeInterpreterTool } from '@baton/agents';
 *
 * export const analyst = new Agent({ name: 'Analyst', tools: [codeInterpreterTool()] });
 * ```
 */
export function codeInterpreterTool(options: CodeInterpreterToolOptions = {}): OpenAIHostedTool {
  return hostedTool('code_interpreter', {
    type: 'code_interpreter',
    container: options.container ?? { type: 'auto' },
    include_outputs: options.includeOutputs,
    allowed_callers: options.allowedCallers,
  });
}
