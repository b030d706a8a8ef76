import type { Client, Transport } from '@modelcontextprotocol/client';
import { UserError } from '@baton/core';

/** A client that is connected, or about to be. */
export interface OpenClient {
  readonly client: Client;
  readonly transport: Transport;
}

/** How a connection is made and ended. */
export interface ServerConnectionOptions {
  readonly serverName: string;
  /** Whether a lost connection is made again when it is needed. */
  readonly reconnect: boolean;
  /** Makes a client that is not connected yet. */
  readonly create: () => Promise<OpenClient>;
  /** Connects it; whatever this throws, `end` is called. */
  readonly open: (made: OpenClient, signal: AbortSignal) => Promise<void>;
  readonly end: (made: OpenClient) => Promise<void>;
  /** Told when a connection is there no more, for whatever reason. */
  readonly onLost: () => void;
  /** Told when a connection that was lost is made again. */
  readonly onAgain: () => void;
}

/**
 * The one connection of a server, over its life: made once however many ask, made again when it was lost, and
 * never left open behind a `close()`.
 */
export class ServerConnection {
  readonly #options: ServerConnectionOptions;
  #current: OpenClient | undefined;
  /** How many requests each connection is busy with. */
  readonly #busy = new Map<OpenClient, number>();
  /** Connections of no more use, which others still wait for. */
  readonly #retired = new Set<OpenClient>();
  #opening: Promise<OpenClient> | undefined;
  #closing: Promise<void> | undefined;
  #cancel: AbortController | undefined;
  #wanted = false;

  constructor(options: ServerConnectionOptions) {
    this.#options = options;
  }

  get current(): OpenClient | undefined {
    return this.#current;
  }

  async connect(): Promise<void> {
    await this.#closing;
    this.#wanted = true;
    try {
      await this.#open();
    } catch (error) {
      // Who could not connect has not begun.
      this.#wanted = false;
      throw error;
    }
  }

  /**
   * The client to use now.
   *
   * @throws UserError where nobody connected it, or somebody closed it.
   */
  async use(): Promise<OpenClient> {
    if (this.#current !== undefined) return this.#current;
    if (this.#opening !== undefined) return this.#opening;
    const { serverName, reconnect } = this.#options;
    if (!this.#wanted) {
      throw new UserError(
        `MCP server "${serverName}": Server not initialized. Make sure you call connect() first, or connect it with connectMcpServers().`,
      );
    }
    if (!reconnect) {
      throw new UserError(`The connection to MCP server "${serverName}" is lost, and reconnect is off. Call connect() again.`);
    }
    this.#options.onAgain();
    return this.#open();
  }

  /** Does work over a connection, which is not ended meanwhile, unless by a `close()`. */
  async during<T>(open: OpenClient, work: () => Promise<T>): Promise<T> {
    this.#busy.set(open, (this.#busy.get(open) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const others = (this.#busy.get(open) ?? 1) - 1;
      if (others > 0) this.#busy.set(open, others);
      else this.#busy.delete(open);
      if (others === 0 && this.#retired.has(open)) await this.#end(open);
    }
  }

  /**
   * Gives up a connection that turned out to be of no use; the next `use()` makes another. Others may still get
   * their answers over it.
   */
  async drop(broken: OpenClient): Promise<void> {
    this.#forget(broken);
    if (this.#busy.has(broken)) this.#retired.add(broken);
    else await this.#end(broken);
  }

  /** Ends the connection, also one that is being made. Any number of calls end it once. */
  async close(): Promise<void> {
    this.#wanted = false;
    this.#closing ??= this.#close().finally(() => {
      this.#closing = undefined;
    });
    await this.#closing;
  }

  async #close(): Promise<void> {
    this.#cancel?.abort(new UserError(`MCP server "${this.#options.serverName}" was closed while it connected.`));
    await this.#opening?.catch(() => undefined);
    const open = this.#current;
    if (open !== undefined) this.#forget(open);
    await Promise.all([...this.#retired, ...(open === undefined ? [] : [open])].map((each) => this.#end(each)));
  }

  async #end(open: OpenClient): Promise<void> {
    this.#retired.delete(open);
    await this.#options.end(open);
  }

  async #open(): Promise<OpenClient> {
    if (this.#current !== undefined) return this.#current;
    this.#opening ??= this.#make().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #make(): Promise<OpenClient> {
    const { create, open, end } = this.#options;
    const cancel = new AbortController();
    this.#cancel = cancel;
    const made = await create();
    // A field of the client, which is no event target.
    Object.assign(made.client, { onclose: () => this.#forget(made) });
    try {
      cancel.signal.throwIfAborted();
      await open(made, cancel.signal);
      cancel.signal.throwIfAborted();
    } catch (error) {
      await end(made);
      throw error;
    }
    this.#current = made;
    return made;
  }

  #forget(lost: OpenClient): void {
    if (this.#current !== lost) return;
    this.#current = undefined;
    this.#options.onLost();
  }
}
