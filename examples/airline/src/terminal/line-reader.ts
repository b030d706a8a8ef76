import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import type { OutputStream } from './screen.js';

/** Lines from a person or a pipe. */
export interface LineReader {
  /** The next line; `undefined` when there are no more. */
  next(prompt: string): Promise<string | undefined>;
  close(): void;
}

/** What a line reader is made of. */
export interface LineReaderOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: OutputStream;
  /** Ctrl-C while nobody waits for a line. */
  readonly onInterrupt: () => void;
  readonly interruptHint: string;
}

/**
 * Reads lines with editing and history. Between two calls of `next` nothing is echoed, so that typing ahead does
 * not run into an answer; it shows at the next prompt.
 */
export function openTerminal(options: LineReaderOptions): LineReader {
  const gate = new OutputGate(options.output);
  const readline = createInterface({ input: options.input, output: gate, terminal: true });
  const lines = new LineQueue(readline);
  let hinted = false;
  readline.on('SIGINT', () => {
    if (!lines.isAwaited) return options.onInterrupt();
    if (readline.line !== '') {
      readline.write(null, { ctrl: true, name: 'e' });
      readline.write(null, { ctrl: true, name: 'u' });
    } else if (hinted) {
      readline.close();
    } else {
      hinted = true;
      options.output.write(`\n${options.interruptHint}\n`);
      readline.prompt();
    }
  });
  return {
    async next(prompt) {
      gate.open = true;
      readline.setPrompt(prompt);
      readline.prompt(true);
      const line = await lines.next();
      if (line === undefined) options.output.write('\n');
      else hinted = false;
      gate.open = false;
      return line;
    },
    close: () => readline.close(),
  };
}

/** Reads the lines of a pipe or file. */
export function openPipe({
  input,
  output,
}: Pick<LineReaderOptions, 'input' | 'output'>): LineReader {
  const readline = createInterface({ input });
  const lines = new LineQueue(readline);
  return {
    async next(prompt) {
      const line = await lines.next();
      // Who reads the output later sees no typing, so it is shown.
      if (line !== undefined) output.write(`${prompt}${line}\n`);
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

  next(): Promise<string | undefined> {
    const line = this.#lines.shift();
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
