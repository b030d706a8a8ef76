import { PassThrough } from 'node:stream';
import type { Agent } from '@baton/core';
import { TextSink } from '@baton/terminal/test-support';
import { runDemoLoop } from '../../src/repl/index.js';
import type { DemoLoopOptions } from '../../src/repl/index.js';

/** A loop on a terminal, with keys to type on and a screen to read. */
export interface LoopOnTerminal {
  readonly screen: TextSink;
  readonly type: (keys: string) => void;
  /** Settles when the loop is over. */
  readonly end: Promise<void>;
}

/** Runs a loop whose lines are piped in, to its end. */
export async function pipe(
  agent: Agent,
  lines: readonly string[],
  options: DemoLoopOptions = {},
): Promise<string> {
  const input = new PassThrough();
  input.end(lines.map((line) => `${line}\n`).join(''));
  const output = new TextSink();
  await runDemoLoop(agent, { input, output, ...options });
  return output.text;
}

/** Starts a loop on a terminal, and waits until it asks. */
export async function startOnTerminal(
  agent: Agent,
  options: DemoLoopOptions & { readonly columns?: number } = {},
): Promise<LoopOnTerminal> {
  const terminal = { isTTY: true, columns: options.columns ?? 80 };
  const input = Object.assign(new PassThrough(), terminal);
  const screen = Object.assign(new TextSink(), terminal);
  const end = runDemoLoop(agent, { input, output: screen, color: false, ...options });
  await screen.has('You ');
  return { screen, end, type: (keys) => void input.write(keys) };
}
