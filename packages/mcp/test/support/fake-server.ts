import type { CallToolRest, CallToolResult, MCPTool, MCPToolOptions } from '../../src/index.js';
import { BaseMCPServer } from '../../src/index.js';

/** A call that a server was asked for. */
export interface SeenCall {
  readonly toolName: string;
  readonly args: Readonly<Record<string, unknown>> | null;
  readonly meta: CallToolRest[0];
  readonly options: CallToolRest[1];
}

/** A server in the same process, with the tools and answers it is given. */
export class FakeServer extends BaseMCPServer {
  readonly calls: SeenCall[] = [];
  listings = 0;
  connects = 0;
  closes = 0;
  tools: readonly MCPTool[];
  answer: (call: SeenCall) => CallToolResult | Promise<CallToolResult> = ({ toolName }) => text(`${toolName} done`);
  onConnect: () => Promise<void> = async () => undefined;
  onClose: () => Promise<void> = async () => undefined;

  constructor(name: string, tools: readonly (MCPTool | string)[] = [], options: MCPToolOptions = {}) {
    super(name, options);
    this.tools = tools.map((tool) =>
      typeof tool === 'string' ? { name: tool, inputSchema: { type: 'object', properties: {} } } : tool,
    );
  }

  async connect(): Promise<void> {
    this.connects++;
    await this.onConnect();
  }

  async close(): Promise<void> {
    this.closes++;
    await this.onClose();
  }

  async invalidateToolsCache(): Promise<void> {}

  async listTools(): Promise<MCPTool[]> {
    this.listings++;
    return structuredClone([...this.tools]);
  }

  async callToolResult(
    toolName: string,
    args: Readonly<Record<string, unknown>> | null,
    ...[meta, options]: CallToolRest
  ): Promise<CallToolResult> {
    const call = { toolName, args, meta, options };
    this.calls.push(call);
    return this.answer(call);
  }
}

/** A result that is one text. */
export function text(said: string): CallToolResult {
  return { content: [{ type: 'text', text: said }] };
}
