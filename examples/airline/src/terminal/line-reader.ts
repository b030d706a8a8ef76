import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import type { OutputStream } from './screen.js';

/** Lines from a person or a pipe. */
export interface LineReader {
  /** The next line, after an empty one and the prompt; `undefined` when there are no more. */
  next(prompt: string): Promise<string | undefined>;
  close(): void;
}

/** Where lines come from and where they are shown. */
export interface LineReaderOptions {
  readonly input: InputStream;
  readonly output: OutputStream;
}

/** A stream that may be a terminal. */
export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** What a terminal needs besides. */
export interface TerminalOptions extends LineReaderOptions {
  /** Ctrl-C while nobody waits for a line. */
  readonly onInterrupt: () => void;
  /** Shown at the first Ctrl-C on an empty line; the second ends the lines. */
  readonly interruptHint: string;
}

/**
 * Reads lines with editing and history. Between two calls of `next` nothing is echoed, so that typing ahead does
 * not run into an answer; it shows at the next prompt.
 */
export function openTerminal({
  input,
  output,
  onInterrupt,
  interruptHint,
}: TerminalOptions): LineReader {
  const gate = new OutputGate(output);
  const readline = createInterface({ input, output: gate, terminal: true });
  const lines = new LineQueue(readline);
  let hinted = false;
  readline.on('SIGINT', () => {
    if (!lines.isAwaited) return onInterrupt();
    if (readline.line !== '') {
      readline.write(null, { ctrl: true, name: 'e' });
      readline.write(null, { ctrl: true, name: 'u' });
    } else if (hinted) {
      readline.close();
    } else {
      hinted = true;
      output.write(`\n${interruptHint}\n`);
      readline.prompt();
    }
  });
  return {
    async next(prompt) {
      output.write('\n');
      const ahead = lines.take();
      if (ahead !== undefined) {
        output.write(`${prompt}${ahead}\n`);
        return ahead;
      }
      gate.open = true;
      readline.setPrompt(prompt);
      readline.prompt(true);
      const line = await lines.next();
      gate.open = false;
      if (line === undefined) output.write('\n');
      else hinted = false;
      return line;
    },
    close: () => readline.close(),
  };
}

/** Reads the lines of a pipe or file; or of a person whose screen shows the output of something else. */
export function openPipe({ input, output }: LineReaderOptions): LineReader {
  const readline = createInterface({ input });
  const lines = new LineQueue(readline);
  return {
    async next(prompt) {
      if (input.isTTY === true) output.write(`\n${prompt}`);
      const line = await lines.next();
      // Nobody saw it being typed, so it is shown.
      if (input.isTTY !== true && line !== undefined) output.write(`\n${prompt}${line}\n`);
      return line;
    },
    close: () => readline.close(),
  };
}

/** Lines that came before somebody asked for them wait here. */
class LineQueue {
  readonly #lines: string[] = [];
  #deliver: ((line: string | undefined) => void) | undefined;
  #closed = false;

  constructor(readline: Interface) {
    readline.on('line', (line) => {
      if (this.#deliver === undefined) this.#lines.push(line);
      else this.#settle(line);
    });
    readline.on('close', () => {
      this.#closed = true;
      this.#settle(undefined);
    });
  }

  get isAwaited(): boolean {
    return this.#deliver !== undefined;
  }

  /** A line that is already there. */
  take(): string | undefined {
    return this.#lines.shift();
  }

  next(): Promise<string | undefined> {
    const line = this.take();
    if (line !== undefined || this.#closed) return Promise.resolve(line);
    return new Promise((resolve) => {
      this.#deliver = resolve;
    });
  }

  #settle(line: string | undefined): void {
    const deliver = this.#deliver;
    this.#deliver = undefined;
    deliver?.(line);
  }
}

/** The terminal as readline sees it: what readline writes is dropped while the gate is closed. */
class OutputGate extends Writable {
  open = false;
  readonly isTTY = true;
  readonly #output: OutputStream;

  constructor(output: OutputStream) {
    super({ decodeStrings: false });
    this.#output = output;
    output.on('resize', () => this.emit('resize'));
  }

  get columns(): number | undefined {
    return this.#output.columns;
  }

  override _write(chunk: string, _encoding: BufferEncoding, done: () => void): void {
    if (this.open) this.#output.write(chunk);
    done();
  }
}
