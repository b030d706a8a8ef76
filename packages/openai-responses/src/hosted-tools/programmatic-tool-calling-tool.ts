import { hostedTool, type OpenAIHostedTool } from './hosted-tool.js';

/**
 * Lets the model write programs that call tools, instead of calling them one by one. Tools that a program may
 * call say so: hosted ones in `allowedCallers`, functions in `providerData: { allowed_callers: ['programmatic'] }`.
 *
 * @example
 * ```ts
 * import { Agent, codeInterpreterTool, programmaticToolCallingTool } from '@baton/agents';
 *
 * export const planner = new Agent({
 *   name: 'Planner',
 *   tools: [programmaticToolCallingTool(), codeInterpreterTool({ allowedCallers: ['programmatic'] })],
 * });
 * ```
 */
export function programmaticToolCallingTool(): OpenAIHostedTool {
  return hostedTool('programmatic_tool_calling', { type: 'programmatic_tool_calling' });
}
