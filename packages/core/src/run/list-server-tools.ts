import { allSettled } from '../internal/all-settled.js';
import type { FunctionTool } from '../tool/index.js';
import { withSpan } from '../trace/index.js';
import type { RunScope } from './run-scope.js';

/** The tools that the active agent's servers have for it, in the order of the servers. */
export async function listServerTools(scope: RunScope): Promise<readonly FunctionTool<never>[]> {
  const { currentAgent: agent, context: runContext } = scope.state;
  const request = { agent, runContext, config: agent.mcpConfig, signal: scope.signal };
  const lists = await allSettled(
    agent.mcpServers.map((server) => {
      const span = scope.tracer.startSpan({ type: 'mcp_tools', server: server.name }, scope.span);
      return withSpan(span, async () => {
        const tools = await server.listAgentTools(request);
        if (span.data.type === 'mcp_tools') span.data.result = tools.map((tool) => tool.name);
        return tools;
      });
    }),
  );
  return lists.flat();
}
