import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import type { OutputStream } from './screen.js';

/** Lines from a person or a pipe. */
export interface LineReader {
  /** The next line, after the prompt; `undefined` when there are no more, or nobody wants it any more. */
  next(prompt: string, options?: NextOptions): Promise<string | undefined>;
  close(): void;
}

/** How a line is asked for. */
export interface NextOptions {
  /** What stands in the line already, to be changed; a person's terminal only. */
  readonly prefilled?: string;
  /** Whether an empty line goes before the prompt, if there is a prompt at all: not where a pipe has ended. */
  readonly apart?: boolean;
  /** Aborts where nobody wants the line any more; the promise then gives `undefined`. */
  readonly signal?: AbortSignal;
}

/** A stream that may be a terminal. */
export type InputStream = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Where lines come from and where they are shown. */
export interface LineReaderOptions {
  readonly input: InputStream;
  readonly output: OutputStream;
  /** Ctrl-C while nobody waits for a message. */
  readonly onInterrupt: () => void;
  /** Shown at the first Ctrl-C on an empty line; the second ends the lines. */
  readonly interruptHint: string;
}

/** Reads a person's lines with editing and history where both sides are a terminal; else as they come. */
export function openLines(options: LineReaderOptions): LineReader {
  const { input, output } = options;
  return input.isTTY === true && output.isTTY === true ? openTerminal(options) : openPipe(options);
}

/** Between two calls of `next` nothing is echoed, so that typing ahead does not run into an answer. */
function openTerminal({
  input,
  output,
  onInterrupt,
  interruptHint,
}: LineReaderOptions): LineReader {
  const gate = new OutputGate(output);
  const readline = createInterface({ input, output: gate, terminal: true });
  const lines = new LineQueue(readline);
  // What is pasted after the end of the line is for the next prompt.
  readline.on('line', () => {
    gate.open = false;
  });
  let asked: NextOptions | undefined;
  let hinted = false;
  const clear = (): void => {
    readline.write(null, { ctrl: true, name: 'e' });
    readline.write(null, { ctrl: true, name: 'u' });
  };
  readline.on('SIGINT', () => {
    if (!lines.isAwaited || asked?.signal !== undefined) {
      onInterrupt();
    } else if (readline.line !== '') {
      clear();
    } else if (hinted) {
      readline.close();
    } else {
      hinted = true;
      output.write(`\n${interruptHint}\n`);
      readline.prompt();
    }
  });
  return {
    async next(prompt, options = {}) {
      if (options.apart === true) output.write('\n');
      const ahead = lines.take();
      if (ahead !== undefined) {
        output.write(`${prompt}${ahead}\n`);
        return ahead;
      }
      gate.open = true;
      asked = options;
      readline.setPrompt(prompt);
      readline.prompt(true);
      if (options.prefilled !== undefined) readline.write(options.prefilled);
      const line = await lines.next(options.signal);
      if (line === undefined) {
        if (!lines.isClosed) clear();
        output.write('\n');
      } else {
        hinted = false;
      }
      gate.open = false;
      asked = undefined;
      return line;
    },
    close: () => readline.close(),
  };
}

/** The lines of a pipe or file; or of a person whose screen shows the output of something else. */
function openPipe({ input, output }: LineReaderOptions): LineReader {
  const readline = createInterface({ input });
  const lines = new LineQueue(readline);
  return {
    async next(prompt, { signal, apart = false } = {}) {
      const shown = apart ? `\n${prompt}` : prompt;
      if (input.isTTY === true) output.write(shown);
      const line = await lines.next(signal);
      // Nobody saw it being typed, so it is shown.
      if (input.isTTY !== true && line !== undefined) output.write(`${shown}${line}\n`);
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

  get isClosed(): boolean {
    return this.#closed;
  }

  /** A line that is already there. */
  take(): string | undefined {
    return this.#lines.shift();
  }

  next(signal?: AbortSignal): Promise<string | undefined> {
    if (signal?.aborted === true) return Promise.resolve(undefined);
    const line = this.take();
    if (line !== undefined || this.#closed) return Promise.resolve(line);
    return new Promise((resolve) => {
      this.#deliver = resolve;
      const giveUp = (): void => {
        // By now somebody else may be waiting.
        if (this.#deliver === resolve) this.#settle(undefined);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
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
