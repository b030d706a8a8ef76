import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message of JSON-RPC, as far as the raw server looks at it. */
export interface RawMessage {
  readonly id?: number | string;
  readonly method: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

/** A request as the raw server saw it. */
export interface RawRequest {
  readonly message: RawMessage;
  readonly headers: IncomingMessage['headers'];
  readonly response: ServerResponse;
  /** How often this method was asked for, this one included. */
  readonly nth: number;
}

/** What a method answers: a result, or nothing where it has answered by itself. */
export type RawHandler = (request: RawRequest) => unknown;

/** An MCP server over streamable HTTP that does exactly as it is told, also what a server may not do. */
export class RawServer {
  readonly seen: RawMessage[] = [];
  readonly handlers: Record<string, RawHandler>;
  sessions = 0;
  #server: Server | undefined;
  #port = 0;

  constructor(handlers: Record<string, RawHandler> = {}) {
    this.handlers = handlers;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/mcp`;
  }

  count(method: string): number {
    return this.seen.filter((message) => message.method === method).length;
  }

  /** Starts, on the port it had before. */
  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#handle(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') {
      response.writeHead(request.method === 'DELETE' ? 200 : 405).end();
      return;
    }
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const message = JSON.parse(body) as RawMessage;
    this.seen.push(message);
    const { id, method } = message;
    const own = this.handlers[method];
    const result =
      own === undefined
        ? this.#standard(method, response)
        : await own({ message, headers: request.headers, response, nth: this.count(method) });
    if (response.writableEnded || response.destroyed || result === undefined) {
      if (id === undefined && !response.writableEnded) response.writeHead(202).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    const failed = typeof result === 'object' && result !== null && 'jsonRpcError' in result;
    response.end(
      JSON.stringify({ jsonrpc: '2.0', id, ...(failed ? { error: result.jsonRpcError } : { result }) }),
    );
  }

  #standard(method: string, response: ServerResponse): unknown {
    switch (method) {
      case 'initialize':
        response.setHeader('mcp-session-id', `session-${++this.sessions}-abcdef0123456789`);
        return {
          protocolVersion: '2025-11-25',
          capabilities: { tools: { listChanged: true }, resources: {}, prompts: {} },
          serverInfo: { name: 'raw', version: '1' },
        };
      case 'tools/list':
        return { tools: [rawTool('echo')] };
      case 'tools/call':
        return { content: [{ type: 'text', text: 'ok' }] };
      case 'server/discover':
        return { jsonRpcError: { code: -32601, message: 'Method not found' } };
      default:
        return undefined;
    }
  }
}

/** A tool without parameters. */
export function rawTool(name: string): { readonly name: string; readonly inputSchema: object } {
  return { name, inputSchema: { type: 'object', properties: {} } };
}

/** Answers with an HTTP status. */
export function status({ response }: RawRequest, code: number, body = ''): undefined {
  response.writeHead(code).end(body);
}
