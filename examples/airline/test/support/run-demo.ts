import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import { PassThrough } from 'node:stream';
import { TextSink } from '@baton/terminal/test-support';
import { type Host, main } from '../../src/main.js';
import { newDataFolder } from './new-data-folder.js';

/** How the demo is started in a test. */
export interface DemoOptions {
  readonly args?: readonly string[];
  /** Piped in; without any, there is nothing to read. */
  readonly lines?: readonly string[];
  /** Without a key in it the offline model answers. */
  readonly env?: NodeJS.ProcessEnv;
  /** The folder of the bookings. Default: a new one. */
  readonly data?: string;
}

/** What came of it. */
export interface DemoRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the demo to its end, without a terminal. */
export async function runDemo(options: DemoOptions): Promise<DemoRun> {
  const stdin = new PassThrough();
  stdin.end((options.lines ?? []).map((line) => `${line}\n`).join(''));
  const stdout = new TextSink();
  const stderr = new TextSink();
  const code = await main(createHost(options, { stdin, stdout, stderr }));
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** What followed each line that was piped in. */
export function answersOf(stdout: string): string[] {
  return stdout.split(/^You [›>] .*$/m).slice(1);
}

/** The demo on a terminal, with keys to type on and a screen to read. */
export interface TerminalSession {
  readonly screen: TextSink;
  readonly type: (keys: string) => void;
  /** The exit code, once the demo is over. */
  readonly exit: Promise<number>;
}

export function startOnTerminal(options: DemoOptions = {}): TerminalSession {
  const terminal = { isTTY: true, columns: 80 };
  const stdin = Object.assign(new PassThrough(), terminal);
  const screen = Object.assign(new TextSink(), terminal);
  const exit = main(createHost(options, { stdin, stdout: screen, stderr: screen }));
  return { screen, exit, type: (keys) => void stdin.write(keys) };
}

function createHost(
  { args = [], env, data }: DemoOptions,
  streams: Pick<Host, 'stdin' | 'stdout' | 'stderr'>,
): Host {
  const signals = new EventEmitter();
  return {
    ...streams,
    argv: ['node', 'demo', ...args],
    env: { LANG: 'C.UTF-8', AIRLINE_DATA: data ?? newDataFolder(), ...env },
    cwd: () => tmpdir(),
    on: (event, listener) => signals.on(event, listener),
    off: (event, listener) => signals.off(event, listener),
    emit: (event) => signals.emit(event),
  };
}
