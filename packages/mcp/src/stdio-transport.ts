import type { ChildProcess } from 'node:child_process';
import process from 'node:process';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import { ReadBuffer, serializeMessage, STDIO_DEFAULT_MAX_BUFFER_SIZE } from '@modelcontextprotocol/client';
import { getDefaultEnvironment } from '@modelcontextprotocol/client/stdio';
import spawn from 'cross-spawn';
import { endGroup, guardGroup, ownsGroup, signalGroup } from './process-group.js';

/** What to start, and how. */
export interface StdioTransportOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string | undefined;
  /** Whether what the server writes to stderr is written to this process's too. */
  readonly showStderr: boolean;
}

/**
 * A server as a process of its own, spoken to over stdin and stdout. The official transport ends the process it
 * started; this one ends what that process started too, as `npx` and shells do, and does so as well where this
 * process ends first.
 */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: NonNullable<Transport['onmessage']>;
  readonly #options: StdioTransportOptions;
  readonly #buffer = new ReadBuffer();
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #ended = false;
  #lastWords = '';
  #whyEnded: string | undefined;

  constructor(options: StdioTransportOptions) {
    this.#options = options;
  }

  /** The id of the process, while it runs. */
  get pid(): number | undefined {
    return this.#ended ? undefined : this.#child?.pid;
  }

  /** The end of what the server wrote to stderr, for errors: more than they show, so that nothing secret is cut in two. */
  get lastWords(): string {
    return this.#lastWords.trim();
  }

  /** Why the connection ended, where nobody asked it to. */
  get whyEnded(): string | undefined {
    return this.#whyEnded;
  }

  async start(): Promise<void> {
    const { command, args, env, cwd } = this.#options;
    const child = spawn(command, [...args], {
      env: { ...getDefaultEnvironment(), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own, so that it can be ended as a whole.
      detached: ownsGroup,
      windowsHide: true,
      ...(cwd !== undefined && { cwd }),
    });
    this.#child = child;
    const unguard = guardGroup(child);
    this.#exited = new Promise((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => resolve());
    });
    child.once('exit', (code, signal) => {
      if (this.#child !== undefined) this.#whyEnded = `its process ended ${code === null ? `by ${signal}` : `with code ${code}`}`;
      unguard();
      this.#finish(child);
    });
    child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    child.stderr?.on('data', (chunk: Buffer) => this.#hear(chunk));
    for (const stream of [child.stdin, child.stdout, child.stderr]) {
      stream?.on('error', (error) => this.onerror?.(error));
    }
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => {
        unguard();
        reject(error);
      });
    });
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const stdin = this.#child?.stdin;
    if (this.#ended || stdin === null || stdin === undefined || !stdin.writable) {
      throw Object.assign(new Error('The server process is not running'), { code: 'NOT_CONNECTED' });
    }
    if (stdin.write(serializeMessage(message))) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stdin.off('drain', done).off('close', done);
        resolve();
      };
      stdin.once('drain', done).once('close', done);
    });
  }

  /** Ends the process: first it is asked, by the end of its input, then told, then stopped. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    child.stdin?.end();
    await endGroup(child, this.#exited);
    this.#finish(child);
  }

  /** The process is gone: what it may have left goes too, and nobody waits for what is open. */
  #finish(child: ChildProcess): void {
    if (this.#ended) return;
    // What it wrote last may still be on its way; a child of its own may hold the pipe open for ever.
    const end = (): void => {
      if (this.#ended) return;
      this.#ended = true;
      signalGroup(child, 'SIGKILL');
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
      this.#buffer.clear();
      this.onclose?.();
    };
    if (this.#child === undefined || child.stdout?.readableEnded !== false) {
      end();
      return;
    }
    child.stdout.once('end', end);
    setTimeout(end, LAST_OUTPUT_MS);
  }

  #read(chunk: Buffer): void {
    try {
      this.#buffer.append(chunk);
      for (;;) {
        const message = this.#next();
        if (message === null) return;
        if (message !== undefined) this.onmessage?.(message);
      }
    } catch (error) {
      // More than one message may be: no telling where the next begins.
      this.#whyEnded = `it sent a message of more than ${STDIO_DEFAULT_MAX_BUFFER_SIZE / 2 ** 20} MiB`;
      this.onerror?.(error as Error); // the buffer throws errors only
      void this.close();
    }
  }

  /** The next message; nothing where a line is none, such as a server's debug output. */
  #next(): JSONRPCMessage | null | undefined {
    try {
      return this.#buffer.readMessage();
    } catch (error) {
      this.onerror?.(error as Error); // the buffer throws errors only
      return undefined;
    }
  }

  #hear(chunk: Buffer): void {
    if (this.#options.showStderr) process.stderr.write(chunk);
    this.#lastWords = (this.#lastWords + chunk.toString('utf8')).slice(-MOST_LAST_WORDS);
  }
}

const MOST_LAST_WORDS = 32_000;

const LAST_OUTPUT_MS = 500;
