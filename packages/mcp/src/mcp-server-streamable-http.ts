import type {
  StreamableHTTPClientTransport,
  StreamableHTTPReconnectionOptions,
  Transport,
} from '@modelcontextprotocol/client';
import { ClientMCPServer } from './client-mcp-server.js';
import { finishSignIn } from './finish-sign-in.js';
import { checkUrl, watchSecrets, withoutCredentials } from './http-options.js';
import type { MCPHttpOptions } from './http-options.js';
import { CONNECTION_LOST } from './mcp-server-error.js';
import { redactUrl } from './redact.js';

/** How a server over streamable HTTP is reached, and how agents see its tools. */
export interface MCPServerStreamableHttpOptions extends MCPHttpOptions {
  /** How a stream that broke off is taken up again, by the official client. */
  readonly reconnectionOptions?: StreamableHTTPReconnectionOptions;
  /** Goes on with a session that the server has already. */
  readonly sessionId?: string;
}

/**
 * An MCP server over streamable HTTP: for servers elsewhere.
 *
 * @throws UserError where the URL is none or an option cannot be used.
 *
 * @example
 * ```ts
 * import { MCPServerStreamableHttp } from '@baton/mcp';
 *
 * export const tickets = new MCPServerStreamableHttp({
 *   url: 'https://tickets.example.com/mcp',
 *   name: 'tickets',
 *   requestInit: { headers: { Authorization: `Bearer ${process.env['TICKETS_TOKEN']}` } },
 *   requireApproval: { never: { toolNames: ['search'] } },
 * });
 * ```
 */
export class MCPServerStreamableHttp extends ClientMCPServer {
  readonly #options: MCPServerStreamableHttpOptions;
  readonly #url: URL;
  #transport: StreamableHTTPClientTransport | undefined;

  constructor(options: MCPServerStreamableHttpOptions) {
    const url = checkUrl(options?.url);
    super(options, { defaultName: `streamable-http: ${redactUrl(url.href)}`, protocol: 'auto' });
    this.#options = options;
    this.#url = url;
  }

  /** The id of the session, where the server has sessions. */
  get sessionId(): string | undefined {
    return this.#transport?.sessionId;
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
    const { FailingStreamableHttpTransport } = await import('./streamable-http-transport.js');
    const { authProvider, requestInit, reconnectionOptions, sessionId } = this.#options;
    this.redactor.add(sessionId);
    this.#transport = new FailingStreamableHttpTransport(withoutCredentials(this.#url), {
      fetch: watchSecrets(this.#options, this.redactor),
      lostCode: CONNECTION_LOST,
      ...(authProvider !== undefined && { authProvider }),
      ...(requestInit !== undefined && { requestInit }),
      ...(reconnectionOptions !== undefined && { reconnectionOptions }),
      // A session that was lost is not asked for again.
      ...(sessionId !== undefined && this.#transport === undefined && { sessionId }),
    });
    return this.#transport;
  }

  /** Lets the server forget the session; one that is gone or silent has. */
  protected override async endSession(transport: Transport): Promise<void> {
    if (this.#transport !== transport || transport.sessionId === undefined) return;
    const ended = this.#transport.terminateSession().catch((error: unknown) => {
      this.settings.logger.debug(this.redactor.text(`The session was not ended: ${String(error)}`));
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const time = new Promise((resolve) => {
      timer = setTimeout(resolve, GOODBYE_MS);
    });
    await Promise.race([ended, time]);
    clearTimeout(timer);
  }
}

const GOODBYE_MS = 1000;
