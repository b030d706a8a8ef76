import type { Transport } from '@modelcontextprotocol/client';
import { UserError } from '@baton/core';
import { ClientMCPServer } from './client-mcp-server.js';
import type { MCPClientOptions } from './client-options.js';
import { connectClient } from './connect-client.js';
import type { OpenClient } from './server-connection.js';
import { splitCommand } from './split-command.js';

/** What a server process is started with. */
interface StdioProcessOptions extends MCPClientOptions {
  /** Environment variables of the process, beside the few that are safe to pass on (`PATH`, `HOME`, …). */
  readonly env?: Readonly<Record<string, string>>;
  /** Where the process starts; default where this one is. */
  readonly cwd?: string;
  /** What becomes of what the server writes to stderr; default `inherit`: it is written to this process's. */
  readonly stderr?: 'inherit' | 'ignore';
}

/** A server process by its command and arguments. */
export interface DefaultMCPServerStdioOptions extends StdioProcessOptions {
  readonly command: string;
  readonly args?: readonly string[];
  readonly fullCommand?: never;
}

/** A server process by its whole command line. */
export interface FullCommandMCPServerStdioOptions extends StdioProcessOptions {
  /** Split at spaces, quotes respected; no shell looks at it. */
  readonly fullCommand: string;
  readonly command?: never;
  readonly args?: never;
}

/** How a server process is started, and how agents see its tools. */
export type MCPServerStdioOptions = DefaultMCPServerStdioOptions | FullCommandMCPServerStdioOptions;

/**
 * An MCP server as a process of its own, over stdin and stdout: for servers that are installed where the app
 * runs. The process and all it started end with `close()`, with the app, and with the connection.
 *
 * @throws UserError where the command is missing or an option cannot be used.
 *
 * @example
 * ```ts
 * import { Agent, run } from '@baton/core';
 * import { MCPServerStdio } from '@baton/mcp';
 *
 * export async function ask(question: string): Promise<string | undefined> {
 *   await using files = new MCPServerStdio({
 *     fullCommand: 'npx -y @modelcontextprotocol/server-filesystem ./notes',
 *     cacheToolsList: true,
 *   });
 *   await files.connect();
 *   const agent = new Agent({ name: 'Librarian', mcpServers: [files] });
 *   return (await run(agent, question)).finalOutput;
 * }
 * ```
 */
export class MCPServerStdio extends ClientMCPServer {
  readonly #options: MCPServerStdioOptions;
  readonly #command: string;
  readonly #args: readonly string[];
  #pid: (() => number | undefined) | undefined;

  constructor(options: MCPServerStdioOptions) {
    const [command, ...args] = commandOf(options);
    super(options, { defaultName: `stdio: ${command}`, protocol: 'legacy' });
    this.#options = options;
    this.#command = command;
    this.#args = args;
    this.redactor.addArguments(args);
    this.redactor.addEnvironment(options.env ?? {});
  }

  /** The id of the server's process, while it runs. */
  get pid(): number | undefined {
    return this.#pid?.();
  }

  protected override async createTransport(): Promise<Transport> {
    const { StdioTransport } = await import('#stdio-transport');
    const { env = {}, cwd, stderr = 'inherit' } = this.#options;
    const transport = new StdioTransport({
      command: this.#command,
      args: this.#args,
      env,
      cwd,
      showStderr: stderr === 'inherit',
    });
    this.#pid = () => transport.pid;
    return transport;
  }

  protected override async openClient(made: OpenClient, signal: AbortSignal): Promise<void> {
    try {
      await connectClient(made, { timeoutMs: this.settings.sessionTimeoutMs, signal });
    } catch (error) {
      const { StdioTransport } = await import('#stdio-transport');
      if (!(made.transport instanceof StdioTransport) || !(error instanceof Error) || signal.aborted) throw error;
      const { whyEnded, lastWords } = made.transport;
      // Cut only once it is clean: of a secret that is cut in two, a half would stay.
      const words = this.redactor.text(lastWords).slice(-MOST_LAST_WORDS);
      const told = [error.message, ...(whyEnded === undefined ? [] : [`: ${whyEnded}`]), ...(words === '' ? [] : [`. It wrote: ${words}`])];
      throw Object.assign(new Error(told.join(''), { cause: error }), { stack: error.stack });
    }
  }

  protected override async whyLost(transport: Transport): Promise<string | undefined> {
    const { StdioTransport } = await import('#stdio-transport');
    return transport instanceof StdioTransport ? transport.whyEnded : undefined;
  }
}

const MOST_LAST_WORDS = 2000;

function commandOf(options: MCPServerStdioOptions): readonly [string, ...string[]] {
  const { fullCommand, command } = options;
  if (fullCommand !== undefined) {
    const [head, ...args] = splitCommand(fullCommand);
    if (head !== undefined) return [head, ...args];
  } else if (typeof command === 'string' && command.trim() !== '') {
    return [command, ...(options.args ?? [])];
  }
  throw new UserError(
    'An MCP server over stdio has no command. Pass { command, args } or { fullCommand }, e.g. "npx -y @modelcontextprotocol/server-memory".',
  );
}
