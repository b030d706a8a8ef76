import { UserError } from '@baton/core';
import { LifecycleQueue } from './lifecycle-queue.js';
import { MCPServerError } from './mcp-server-error.js';
import type { MCPServer } from './mcp-server.js';

/** How several servers are connected. */
export interface MCPServersOptions {
  /** Longest time for connecting one, in milliseconds; default 10 000, `null` for none. */
  readonly connectTimeoutMs?: number | null;
  /** Longest time for closing one, in milliseconds; default 10 000, `null` for none. */
  readonly closeTimeoutMs?: number | null;
  /** Leave out of `active` what could not be connected; default `true`. */
  readonly dropFailed?: boolean;
  /** Fail as a whole where one cannot be connected; default `false`. */
  readonly strict?: boolean;
  /** Whether a connect that somebody aborted is no reason to fail, even where `strict`; default `true`. */
  readonly suppressAbortError?: boolean;
  /** Connect all at once; default `true`. */
  readonly connectInParallel?: boolean;
}

/** Which servers are connected again. */
export interface MCPServersReconnectOptions {
  /** Only those that could not be connected; default `true`. */
  readonly failedOnly?: boolean;
}

/** Several servers that are connected and closed together; made by `connectMcpServers()`. */
export class MCPServers {
  readonly #all: readonly MCPServer[];
  readonly #options: Required<MCPServersOptions>;
  readonly #connected = new Set<MCPServer>();
  readonly #errors = new Map<MCPServer, Error>();
  readonly #queue = new LifecycleQueue();

  private constructor(servers: readonly MCPServer[], options: Required<MCPServersOptions>) {
    this.#all = servers;
    this.#options = options;
  }

  /** The same as `connectMcpServers()`. */
  static async open(servers: Iterable<MCPServer>, options: MCPServersOptions = {}): Promise<MCPServers> {
    const opened = new MCPServers([...new Set(servers)], readOptions(options));
    await opened.reconnect({ failedOnly: false });
    return opened;
  }

  /** All servers there are. */
  get all(): MCPServer[] {
    return [...this.#all];
  }

  /** The servers to give to agents. */
  get active(): MCPServer[] {
    return this.#options.dropFailed ? this.#all.filter((server) => this.#connected.has(server)) : this.all;
  }

  /** The servers that could not be connected. */
  get failed(): MCPServer[] {
    return this.#all.filter((server) => this.#errors.has(server));
  }

  /** Why they could not. */
  get errors(): ReadonlyMap<MCPServer, Error> {
    return new Map(this.#errors);
  }

  /**
   * Connects again, each server closed before.
   *
   * @throws Error of the first server that fails, where `strict`; then all are closed.
   */
  async reconnect({ failedOnly = true }: MCPServersReconnectOptions = {}): Promise<MCPServer[]> {
    await this.#queue.run(async () => {
      const again = failedOnly ? this.failed : this.#all;
      if (this.#options.connectInParallel) await Promise.all(again.map((server) => this.#connect(server)));
      else for (const server of again) await this.#connect(server);
      const failure = this.#all.map((server) => this.#errors.get(server)).find((error) => this.#counts(error));
      if (failure === undefined || !this.#options.strict) return;
      await this.#closeAll();
      throw failure;
    });
    return this.active;
  }

  /** Closes all; what goes wrong with one keeps no other from it, and is thrown at the end. */
  async close(): Promise<void> {
    await this.#queue.run(async () => {
      const failures = await this.#closeAll();
      if (failures.length > 1) throw new AggregateError(failures, `${failures.length} MCP servers could not be closed.`);
      if (failures[0] !== undefined) throw failures[0];
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #connect(server: MCPServer): Promise<void> {
    // What is left of an attempt before must not stand in the way of this one.
    if (this.#connected.has(server) || this.#errors.has(server)) await this.#closeOne(server).catch(() => undefined);
    try {
      await within(server.connect(), this.#options.connectTimeoutMs, () => tooSlow(server, 'connect'));
      this.#errors.delete(server);
      this.#connected.add(server);
    } catch (error) {
      this.#connected.delete(server);
      this.#errors.set(server, toError(error));
      // One that is still connecting would be left open behind us.
      await this.#closeOne(server).catch(() => undefined);
    }
  }

  #counts(error: Error | undefined): error is Error {
    return error !== undefined && !(this.#options.suppressAbortError && error.name === 'AbortError');
  }

  async #closeAll(): Promise<readonly Error[]> {
    const closed = await Promise.allSettled(this.#all.map((server) => this.#closeOne(server)));
    return closed.flatMap((each) => (each.status === 'rejected' ? [toError(each.reason)] : []));
  }

  async #closeOne(server: MCPServer): Promise<void> {
    this.#connected.delete(server);
    await within(server.close(), this.#options.closeTimeoutMs, () => tooSlow(server, 'close'));
  }
}

/**
 * Connects several servers and gives those that could be connected. One that fails is left out, unless the
 * options say otherwise.
 *
 * @throws UserError where an option cannot be used.
 *
 * @example
 * ```ts
 * import { Agent, run } from '@baton/core';
 * import { connectMcpServers, MCPServerStdio, MCPServerStreamableHttp } from '@baton/mcp';
 *
 * export async function ask(question: string): Promise<string | undefined> {
 *   await using servers = await connectMcpServers([
 *     new MCPServerStdio({ fullCommand: 'npx -y @modelcontextprotocol/server-memory' }),
 *     new MCPServerStreamableHttp({ url: 'https://tickets.example.com/mcp' }),
 *   ]);
 *   for (const [server, error] of servers.errors) console.error(server.name, error.message);
 *   const agent = new Agent({ name: 'Helper', mcpServers: servers.active });
 *   return (await run(agent, question)).finalOutput;
 * }
 * ```
 */
export async function connectMcpServers(
  servers: Iterable<MCPServer>,
  options?: MCPServersOptions,
): Promise<MCPServers> {
  return MCPServers.open(servers, options);
}

function readOptions(options: MCPServersOptions): Required<MCPServersOptions> {
  const { connectTimeoutMs = 10_000, closeTimeoutMs = 10_000 } = options;
  for (const [name, value] of Object.entries({ connectTimeoutMs, closeTimeoutMs })) {
    if (value === null || (Number.isFinite(value) && value >= 0)) continue;
    throw new UserError(`${name} of connectMcpServers() is ${value}. Pass milliseconds from 0 up; 0 or null for no limit.`);
  }
  return {
    connectTimeoutMs,
    closeTimeoutMs,
    dropFailed: options.dropFailed ?? true,
    strict: options.strict ?? false,
    suppressAbortError: options.suppressAbortError ?? true,
    connectInParallel: options.connectInParallel ?? true,
  };
}

/** The work, or the error once its time is up; then nobody waits for it any more. */
async function within(work: Promise<void>, ms: number | null, onTime: () => Error): Promise<void> {
  if (ms === null || ms === 0) return work;
  work.catch(() => undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(onTime()), ms);
  });
  try {
    await Promise.race([work, time]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow({ name: serverName }: MCPServer, what: string): MCPServerError {
  return new MCPServerError(`MCP server "${serverName}" failed to ${what}: its time is up.`, { serverName, isTimeout: true });
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
