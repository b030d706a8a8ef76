import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import type { WorkerJob } from './session-worker.js';

const here = import.meta.dirname;

/** The worker as one file that Node runs; it lies where the drivers are found. */
export function buildWorker(): string {
  const folder = join(here, '../../node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `session-worker-${process.pid}.mjs`);
  buildSync({
    entryPoints: [join(here, 'session-worker.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@baton/source'],
    external: ['@libsql/client', 'pg', 'node:sqlite', 'better-sqlite3'],
  });
  return outfile;
}

/** A process that works on a session. */
export class SessionWorker {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #errors = '';

  constructor(file: string, job: WorkerJob) {
    this.#process = spawn(process.execPath, [file, JSON.stringify(job)]);
    this.#process.stderr?.on('data', (text) => (this.#errors += String(text)));
    const { stdout } = this.#process;
    if (stdout === null) throw new Error('The worker has no output');
    this.#lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  /** The next line that begins with the word, without it. */
  async hear(word: string): Promise<string> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true)
        throw new Error(`The worker ended before it said "${word}": ${this.#errors}`);
      if (value === word || value.startsWith(`${word} `)) return value.slice(word.length + 1);
    }
  }

  go(): void {
    this.#process.stdin?.write('go\n');
  }

  /** Ends the process at once, as a crash does, and gives the lines that it still said. */
  async kill(): Promise<string[]> {
    this.#process.kill('SIGKILL');
    return this.rest();
  }

  /** The lines until the process has ended. */
  async rest(): Promise<string[]> {
    const rest: string[] = [];
    for (let next = await this.#lines.next(); next.done !== true; next = await this.#lines.next()) {
      rest.push(next.value);
    }
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      await once(this.#process, 'exit');
    }
    return rest;
  }
}
