import { Agent, BaseMCPServer, connectMcpServers, getAllMcpTools, MCPServerStdio, Runner, OpenAIResponsesProvider } from '@baton/agents';
import type { CallToolResult, MCPTool } from '@baton/agents';
import { functionCall, message, startOpenAIServer } from '@baton/testing';
import { expect, it } from 'vitest';

class Clock extends BaseMCPServer {
  async connect(): Promise<void> {}
  async close(): Promise<void> {}
  async invalidateToolsCache(): Promise<void> {}

  async listTools(): Promise<MCPTool[]> {
    const inputSchema = { type: 'object', properties: { zone: { type: 'string' } }, required: ['zone'] };
    return [{ name: 'now', description: 'The time somewhere', inputSchema }];
  }

  async callToolResult(_toolName: string, args: Readonly<Record<string, unknown>> | null): Promise<CallToolResult> {
    return { content: [{ type: 'text', text: `noon in ${String(args?.['zone'])}` }] };
  }
}

it('the umbrella has MCP servers, whose tools OpenAI is shown like any other [AG-9]', async () => {
  const openai = await startOpenAIServer({ script: [functionCall('now', { zone: 'UTC' }), message('It is noon.')] });
  try {
    await using servers = await connectMcpServers([new Clock('clock')]);
    const modelProvider = new OpenAIResponsesProvider({ apiKey: 'sk-test', baseURL: openai.url });
    const agent = new Agent({ name: 'Watch', mcpServers: servers.active, mcpConfig: { convertSchemasToStrict: true } });
    const result = await new Runner({ modelProvider }).run(agent, 'What time is it?');
    expect(result.finalOutput).toBe('It is noon.');
    expect(openai.requests[0]?.body).toMatchObject({ tools: [{ type: 'function', name: 'now', strict: true }] });
    expect(JSON.stringify(openai.requests[1]?.body)).toContain('noon in UTC');
    expect(await getAllMcpTools(servers.active)).toHaveLength(1);
    expect(new MCPServerStdio({ command: 'node' }).name).toBe('stdio: node');
  } finally {
    await openai.close();
  }
});
