import { MemorySession, Runner } from '@baton/core';
import type { Agent, AgentOutputType, RunContext, Session } from '@baton/core';
import { createScreen, openLines, writeWrapped } from '@baton/terminal';
import type { InputStream, OutputStream } from '@baton/terminal';
import { Conversation } from './conversation.js';

/** What a loop can be given. */
export interface DemoLoopOptions<TContext = unknown> {
  /** Runs the agents. Default: core's, which knows no model by name; pass `new Runner()` of `@baton/agents` for OpenAI's. */
  readonly runner?: Runner;
  /** Your own object for tools, guardrails, hooks and instructions; the same in every turn. */
  readonly context?: TContext | RunContext<TContext>;
  /** Where the conversation is kept. Default: in memory, until the loop ends. */
  readonly session?: Session;
  /** Most model calls for one message; default 10. */
  readonly maxTurns?: number | null;
  /** Where messages come from, one a line. Default: the standard input. */
  readonly input?: InputStream;
  /** Where everything is shown. Default: the standard output. */
  readonly output?: OutputStream;
  /** Default: colors on a terminal, unless `NO_COLOR` is set. */
  readonly color?: boolean;
}

/** The options, which may be left out where no agent or tool needs a context. */
export type DemoLoopArguments<TContext> = unknown extends TContext
  ? [options?: DemoLoopOptions<TContext>]
  : [options: DemoLoopOptions<TContext> & { readonly context: TContext | RunContext<TContext> }];

/**
 * Lets a person talk to an agent in the terminal: text as it comes, tools and handoffs as they happen, approvals
 * asked for. Use it to try an agent out. The conversation goes on with the agent that spoke last. Ctrl-C cancels an
 * answer, and where a tool goes on nonetheless, a second one leaves; `exit`, `quit` or Ctrl-D ends the loop. What
 * fails is shown, and the next message may come. Input that is piped in is answered line by line.
 *
 * @param agent The agent a conversation begins with.
 * @returns When the person leaves, or the input ends.
 *
 * @example
 * ```ts
 * import { Agent, Runner } from '@baton/agents';
 * import { runDemoLoop } from '@baton/extensions/repl';
 *
 * const assistant = new Agent({ name: 'Assistant', instructions: 'You are helpful.' });
 * await runDemoLoop(assistant, { runner: new Runner() });
 * ```
 */
export async function runDemoLoop<TContext>(
  agent: Agent<TContext, AgentOutputType>,
  ...[options = {}]: DemoLoopArguments<TContext>
): Promise<void> {
  const { input = process.stdin, output = process.stdout } = options;
  const screen = createScreen(output, { env: process.env, color: options.color });
  const { paint, glyphs } = screen;
  const interrupts = new Interrupts();
  const reader = openLines({
    input,
    output,
    onInterrupt: () => interrupts.interrupt(),
    interruptHint: paint.dim('Ctrl-C again, Ctrl-D or exit to leave.'),
  });
  const conversation = new Conversation(agent, {
    screen,
    reader,
    runner: options.runner ?? new Runner(),
    settings: {
      session: options.session ?? new MemorySession(),
      context: options.context,
      maxTurns: options.maxTurns,
    },
  });
  const welcome = `You are talking to ${agent.name}. Type exit to leave.`;
  writeWrapped(screen, welcome, { first: '', indent: 2, style: paint.dim });
  try {
    for (;;) {
      screen.line();
      const line = await reader.next(`${paint.bold(`You ${glyphs.prompt}`)} `);
      if (line === undefined || EXIT.test(line)) return;
      if (line.trim() === '') continue;
      if (!(await interrupts.during((signal) => conversation.answer(line, signal))))
        return screen.line();
    }
  } finally {
    reader.close();
  }
}

const EXIT = /^\s*\/?(?:exit|quit)\s*$/i;

/** Ctrl-C: cancels what is under way; a second one does not wait for what will not be cancelled. */
class Interrupts {
  #interrupt: (() => void) | undefined;

  interrupt(): void {
    this.#interrupt?.();
  }

  /** @returns Whether the work is over: not where a second Ctrl-C came first. */
  async during(work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const stop = new AbortController();
    const abandoned = new Promise<false>((resolve) => {
      this.#interrupt = () => (stop.signal.aborted ? resolve(false) : stop.abort());
    });
    const listener = (): void => this.interrupt();
    // Where lines are piped in, the terminal is not in raw mode, and Ctrl-C comes as a signal.
    process.on('SIGINT', listener);
    try {
      return await Promise.race([work(stop.signal).then(() => true), abandoned]);
    } finally {
      process.off('SIGINT', listener);
      this.#interrupt = undefined;
    }
  }
}
