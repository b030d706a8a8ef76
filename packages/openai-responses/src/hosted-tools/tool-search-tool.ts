import { UserError } from '@baton/core/model';
import { hostedTool, type OpenAIHostedTool } from './hosted-tool.js';

/** Options of {@link toolSearchTool}. */
export interface ToolSearchToolOptions {
  /** Who searches; a search in this process is for `toolSearchTool()` of `@baton/agents`. Default `server`. */
  readonly execution?: 'server';
  /** What the search is for, for the model. */
  readonly description?: string | null;
}

/**
 * Lets the model find tools that are not loaded yet: those with `deferLoading`. For agents with so many tools
 * that showing all of them would cost more than a search.
 *
 * @throws UserError for a search that is to run here.
 *
 * @example
 * ```ts
 * import { Agent, hostedMcpTool, toolSearchTool } from '@baton/agents';
 *
 * const crm = hostedMcpTool({ serverLabel: 'crm', serverUrl: 'https://example.com/mcp', deferLoading: true });
 * export const clerk = new Agent({ name: 'Clerk', tools: [crm, toolSearchTool()] });
 * ```
 */
export function toolSearchTool(options: ToolSearchToolOptions = {}): OpenAIHostedTool {
  // Written without types, `client` may come in.
  const execution: string | undefined = options.execution;
  if (execution !== undefined && execution !== 'server') {
    throw new UserError(
      `toolSearchTool() got execution ${JSON.stringify(execution)}. This one leaves the search to OpenAI: leave it out. ` +
        'For a search of your own import it from @baton/agents, or see toolSearchOutput().',
    );
  }
  return hostedTool('tool_search', {
    type: 'tool_search',
    execution,
    description: options.description ?? undefined,
  });
}
