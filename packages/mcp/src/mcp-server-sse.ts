import type { SSEClientTransport, SSEClientTransportOptions, Transport } from '@modelcontextprotocol/client';
import { ClientMCPServer } from './client-mcp-server.js';
import { finishSignIn } from './finish-sign-in.js';
import { checkUrl, watchSecrets, withoutCredentials } from './http-options.js';
import type { MCPHttpOptions } from './http-options.js';
import { redactUrl } from './redact.js';
import type { OpenClient } from './server-connection.js';

/** How a server over HTTP with server-sent events is reached, and how agents see its tools. */
export interface MCPServerSSEOptions extends MCPHttpOptions {
  /** Of the event stream alone. */
  readonly eventSourceInit?: NonNullable<SSEClientTransportOptions['eventSourceInit']>;
}

/**
 * An MCP server over HTTP with server-sent events, the transport before streamable HTTP: for servers that have no
 * other.
 *
 * @throws UserError where the URL is none or an option cannot be used.
 *
 * @example
 * ```ts
 * import { MCPServerSSE } from '@baton/mcp';
 *
 * export const legacy = new MCPServerSSE({ url: 'https://legacy.example.com/sse', name: 'legacy' });
 * ```
 */
export class MCPServerSSE extends ClientMCPServer {
  readonly #options: MCPServerSSEOptions;
  readonly #url: URL;
  #transport: SSEClientTransport | undefined;

  constructor(options: MCPServerSSEOptions) {
    const url = checkUrl(options?.url);
    super(options, { defaultName: `sse: ${redactUrl(url.href)}`, protocol: 'legacy' });
    this.#options = options;
    this.#url = url;
  }

  /**
   * Ends an OAuth flow: call it with the parameters that the user came back with, or their code alone, then
   * `connect()` again.
   *
   * @throws UserError where no flow has begun.
   */
  finishAuth(callback: string | URLSearchParams): Promise<void> {
    return finishSignIn(this.#transport, callback, (error, doing) => this.toError(error, doing));
  }

  protected override async createTransport(): Promise<Transport> {
    const mcp = await import('@modelcontextprotocol/client');
    const { authProvider, requestInit, eventSourceInit } = this.#options;
    this.#transport = new mcp.SSEClientTransport(withoutCredentials(this.#url), {
      fetch: watchSecrets(this.#options, this.redactor),
      ...(authProvider !== undefined && { authProvider }),
      ...(requestInit !== undefined && { requestInit }),
      ...(eventSourceInit !== undefined && { eventSourceInit }),
    });
    return this.#transport;
  }

  /** A stream that broke off comes back with another session, so that what was asked is never answered. */
  protected override async openClient(made: OpenClient, signal: AbortSignal): Promise<void> {
    await super.openClient(made, signal);
    const { SseError } = await import('@modelcontextprotocol/client');
    const { onerror: told } = made.client;
    const onerror = (error: Error): void => {
      told?.(error);
      if (error instanceof SseError) void made.client.close();
    };
    // A field of the client, which is no event target.
    Object.assign(made.client, { onerror });
  }
}
