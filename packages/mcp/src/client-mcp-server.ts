import type { Client, RequestOptions, Transport } from '@modelcontextprotocol/client';
import { UserError } from '@baton/core';
import { BaseMCPServer } from './base-mcp-server.js';
import { ChangeListener } from './change-listener.js';
import { readClientOptions, retryDelayMs } from './client-options.js';
import type { ClientSettings, MCPClientOptions } from './client-options.js';
import { connectClient, createClient } from './connect-client.js';
import { listAllPages } from './list-all-pages.js';
import { readFailure, toServerError } from './mcp-server-error.js';
import type { MCPServerError } from './mcp-server-error.js';
import type { CallToolRest, MCPServerWithResources } from './mcp-server.js';
import type {
  CallToolResult,
  MCPGetPromptResult,
  MCPListPromptsResult,
  MCPListResourcesParams,
  MCPListResourcesResult,
  MCPListResourceTemplatesResult,
  MCPReadResourceResult,
  MCPTool,
} from './mcp-types.js';
import { Redactor } from './redact.js';
import { ServerConnection } from './server-connection.js';
import type { OpenClient } from './server-connection.js';
import { missingArguments } from './tool-schema.js';

/** What a kind of server knows of itself. */
export interface ServerKind {
  readonly defaultName: string;
  /** Where the options leave it open. */
  readonly protocol: 'auto' | 'legacy';
}

interface RequestPlan {
  /** What failed, for the error: "list tools". */
  readonly what: string;
  /** Whether the server may do it twice. */
  readonly repeatable: boolean;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** A server behind the official client, whatever carries the messages. */
export abstract class ClientMCPServer extends BaseMCPServer implements MCPServerWithResources {
  /** Takes what is secret out of errors. */
  protected readonly redactor: Redactor = new Redactor();
  protected readonly settings: ClientSettings;
  readonly #connection: ServerConnection;
  readonly #changes = new ChangeListener(() => this.#invalidate());
  readonly #known = new Map<string, MCPTool>();
  #cached: readonly MCPTool[] | undefined;
  /** Counts invalidations: a listing that began before one is not kept. */
  #generation = 0;

  constructor(options: MCPClientOptions, { defaultName, protocol }: ServerKind) {
    super(options.name ?? defaultName, options);
    const { name: serverName } = this;
    this.settings = readClientOptions(options, serverName);
    this.#connection = new ServerConnection({
      serverName,
      reconnect: this.settings.reconnect,
      create: async () => {
        const [client, transport] = await Promise.all([
          createClient(this.settings, {
            protocol: options.protocol ?? protocol,
            onToolsChanged: () => this.#invalidate(),
          }),
          this.createTransport(),
        ]);
        // A field of the client, which is no event target. What matters of it fails a request as well.
        Object.assign(client, { onerror: (error: Error) => this.#debug(error.message) });
        return { client, transport };
      },
      open: async (made, signal) => {
        await this.openClient(made, signal);
        this.#changes.watch(made.client);
      },
      end: (made) => this.#end(made),
      onLost: () => this.#invalidate(),
      onAgain: () => this.settings.logger.warn(`The connection to MCP server "${serverName}" was lost. It is made again.`),
    });
  }

  /** Makes what carries the messages, not yet started. */
  protected abstract createTransport(): Promise<Transport>;

  /** Connects a client over its transport. */
  protected async openClient(made: OpenClient, signal: AbortSignal): Promise<void> {
    await connectClient(made, { timeoutMs: this.settings.sessionTimeoutMs, signal });
  }

  /** Says goodbye before the transport closes, where the kind of server has a way to. */
  protected async endSession(_transport: Transport): Promise<void> {}

  /** Why a connection was lost, where the kind of server can tell. */
  protected async whyLost(_transport: Transport): Promise<string | undefined> {
    return undefined;
  }

  /** What the server said when it was connected: its name and version, and what it wants the model to know. */
  get serverInfo(): { readonly name?: string; readonly version?: string; readonly instructions?: string; readonly protocolVersion?: string } {
    const client = this.#connection.current?.client;
    const version = client?.getServerVersion();
    const instructions = client?.getInstructions();
    const protocolVersion = client?.getNegotiatedProtocolVersion();
    return {
      ...(version !== undefined && { name: version.name, version: version.version }),
      ...(instructions !== undefined && { instructions }),
      ...(protocolVersion !== undefined && { protocolVersion }),
    };
  }

  /**
   * Connects to the server; nothing where it is connected. What fails leaves nothing behind.
   *
   * @throws MCPServerError where the server cannot be reached or does not answer in time.
   */
  async connect(): Promise<void> {
    try {
      await this.#connection.connect();
    } catch (error) {
      throw this.toError(error, 'connect');
    }
    this.#debug('connected');
  }

  /** Ends the connection, and whatever runs for it. Never throws: what goes wrong is logged. */
  async close(): Promise<void> {
    await this.#connection.close();
  }

  async listTools(): Promise<MCPTool[]> {
    const known = this.#connection.current === undefined ? undefined : this.#cached;
    return structuredClone([...(known ?? (await this.#fetchTools()))]);
  }

  async callToolResult(
    toolName: string,
    args: Readonly<Record<string, unknown>> | null,
    ...[meta, options = {}]: CallToolRest
  ): Promise<CallToolResult> {
    const { signal, onProgress, repeatable = false } = options;
    const definition = this.#known.get(toolName);
    this.#checkArguments(toolName, args, definition);
    const result = await this.#request(
      { what: `run tool "${toolName}"`, repeatable, timeoutMs: this.settings.callTimeoutMs, signal },
      (client, requestOptions) =>
        client.callTool(
          { name: toolName, arguments: { ...args }, ...(meta !== undefined && meta !== null && { _meta: { ...meta } }) },
          {
            ...requestOptions,
            resetTimeoutOnProgress: true,
            ...(onProgress !== undefined && {
              onprogress: ({ progress, total, message }) =>
                onProgress({ progress, ...(total !== undefined && { total }), ...(message !== undefined && { message }) }),
            }),
            ...(definition !== undefined && {
              // What the same client listed.
              toolDefinition: structuredClone(definition) as NonNullable<Parameters<Client['callTool']>[1]>['toolDefinition'] & object,
            }),
          },
        ),
    );
    return result;
  }

  /** One page of the server's resources. */
  async listResources(params?: MCPListResourcesParams): Promise<MCPListResourcesResult> {
    return this.#read('list resources', (client, options) =>
      client.request({ method: 'resources/list', params: { ...params } }, options),
    );
  }

  /** One page of the patterns of the server's resources. */
  async listResourceTemplates(params?: MCPListResourcesParams): Promise<MCPListResourceTemplatesResult> {
    return this.#read('list resource templates', (client, options) =>
      client.request({ method: 'resources/templates/list', params: { ...params } }, options),
    );
  }

  async readResource(uri: string): Promise<MCPReadResourceResult> {
    return this.#read('read a resource', (client, options) =>
      client.readResource({ uri }, { ...options, cacheMode: 'refresh' }),
    );
  }

  /** One page of the server's prompts. */
  async listPrompts(params?: MCPListResourcesParams): Promise<MCPListPromptsResult> {
    return this.#read('list prompts', (client, options) =>
      client.request({ method: 'prompts/list', params: { ...params } }, options),
    );
  }

  async getPrompt(name: string, args: Readonly<Record<string, string>> = {}): Promise<MCPGetPromptResult> {
    return this.#read(`get prompt "${name}"`, (client, options) =>
      client.getPrompt({ name, arguments: { ...args } }, options),
    );
  }

  async invalidateToolsCache(): Promise<void> {
    this.#invalidate();
  }

  #invalidate(): void {
    this.#generation++;
    this.#cached = undefined;
  }

  async #fetchTools(): Promise<readonly MCPTool[]> {
    const { client } = await this.#usable('list tools');
    await this.#changes.renew(client, this.settings.sessionTimeoutMs);
    const generation = this.#generation;
    const capabilities = client.getServerCapabilities();
    const tools =
      // A session that is taken up again has told them before.
      capabilities !== undefined && capabilities.tools === undefined
        ? []
        : await listAllPages<MCPTool>(
            async (cursor) => {
              const page = await this.#read('list tools', (current, options) =>
                current.request({ method: 'tools/list', params: cursor === undefined ? {} : { cursor } }, options),
              );
              return { items: page.tools, nextCursor: page.nextCursor };
            },
            { serverName: this.name, what: 'list tools', maxPages: this.settings.maxListPages },
          );
    this.#known.clear();
    for (const tool of tools) this.#known.set(tool.name, tool);
    const current = generation === this.#generation && this.#changes.hears(client);
    if (this.cacheToolsList && current) this.#cached = tools;
    return tools;
  }

  /** What the server would refuse, refused before it leaves; a tool that nobody listed is the server's to judge. */
  #checkArguments(toolName: string, args: unknown, definition: MCPTool | undefined): void {
    if (args !== null && (typeof args !== 'object' || Array.isArray(args))) {
      throw new UserError(`The arguments of MCP tool "${toolName}" are no object. Pass them by name.`);
    }
    const missing = missingArguments(definition?.inputSchema, args);
    if (missing.length === 0) return;
    throw new UserError(`The call of MCP tool "${toolName}" lacks ${missing.map((name) => `"${name}"`).join(', ')}.`);
  }

  async #read<T>(what: string, work: (client: Client, options: RequestOptions) => Promise<T>): Promise<T> {
    return this.#request({ what, repeatable: true, timeoutMs: this.settings.sessionTimeoutMs }, work);
  }

  /**
   * One request, again where the server did not take it, or may do it twice. The budget is one, whatever the
   * reasons for repeating are.
   */
  async #request<T>(
    { what, repeatable, timeoutMs, signal }: RequestPlan,
    work: (client: Client, options: RequestOptions) => Promise<T>,
  ): Promise<T> {
    const { retry } = this.settings;
    for (let retries = 0; ; retries++) {
      signal?.throwIfAborted();
      let used: OpenClient | undefined;
      try {
        const open = await this.#connection.use();
        used = open;
        return await this.#connection.during(open, () =>
          work(open.client, { timeout: timeoutMs, ...(signal !== undefined && { signal }) }),
        );
      } catch (error) {
        signal?.throwIfAborted();
        const { connectionLost, notTaken, isTimeout } = readFailure(error);
        if (used !== undefined && connectionLost) await this.#connection.drop(used);
        const again = notTaken || (repeatable && (connectionLost || isTimeout));
        if (!again || retries >= retry.maxRetries || (connectionLost && !this.settings.reconnect)) {
          const failed = this.toError(error, what);
          const why = used !== undefined && connectionLost ? await this.whyLost(used.transport) : undefined;
          if (why !== undefined) failed.message += `: ${why}`;
          // Whoever reads it, a model too, has to know before trying again.
          if (!repeatable && !notTaken && (connectionLost || isTimeout)) failed.message += '. It may or may not have taken effect.';
          throw failed;
        }
        await sleep(retryDelayMs(retry, retries), signal);
      }
    }
  }

  async #usable(what: string): Promise<OpenClient> {
    try {
      return await this.#connection.use();
    } catch (error) {
      throw this.toError(error, what);
    }
  }

  async #end(made: OpenClient): Promise<void> {
    const attempts = [() => this.endSession(made.transport), () => made.client.close(), () => made.transport.close()];
    for (const attempt of attempts) {
      try {
        await attempt();
      } catch (error) {
        this.settings.logger.error(`Error cleaning up server: ${this.toError(error, 'close').message}`);
      }
    }
  }

  #debug(message: string): void {
    this.settings.logger.debug(`MCP server "${this.name}": ${this.redactor.text(message)}`);
  }

  /** An error that may be seen. */
  protected toError(error: unknown, what: string): MCPServerError | UserError {
    if (error instanceof UserError) return error;
    return toServerError(error, { what, serverName: this.name, redactor: this.redactor });
  }
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('The call was cancelled'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
