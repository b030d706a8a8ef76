import type { AnyAgent, RunContext, Runner, RunState, Session } from '@baton/core';
import type { LineReader, Screen } from '@baton/terminal';
import { askApproval } from './ask-approval.js';
import { RunView } from './run-view.js';

/** What a conversation needs of the world. */
export interface ConversationOptions {
  readonly screen: Screen;
  readonly reader: LineReader;
  readonly runner: Runner;
  readonly settings: {
    readonly session: Session;
    /** As the agents want it: whoever begins the conversation sees to that. */
    readonly context: unknown;
    readonly maxTurns: number | null | undefined;
  };
}

/** Message after message with whoever is responsible. */
export class Conversation {
  readonly #options: ConversationOptions;
  #agent: AnyAgent;

  constructor(agent: AnyAgent, options: ConversationOptions) {
    this.#agent = agent;
    this.#options = options;
  }

  /** Answers one message on the screen. Never throws: what goes wrong is shown, and the next message may come. */
  async answer(message: string, signal: AbortSignal): Promise<void> {
    const view = new RunView(this.#options.screen, this.#agent.name);
    try {
      await this.#answer(message, { view, signal });
    } catch (error) {
      if (signal.aborted) view.note('cancelled', 'by Ctrl-C');
      else view.note('error', messageOf(error));
    }
  }

  async #answer(message: string, turn: Turn): Promise<void> {
    let input: string | RunState<never> = message;
    for (;;) {
      const state = await this.#run(input, turn);
      const interruptions = state.getInterruptions();
      if (interruptions.length === 0) return;
      for (const interruption of interruptions) {
        turn.view.approval(interruption);
        if (await askApproval(state, interruption, { ...this.#options, signal: turn.signal }))
          continue;
        turn.signal.throwIfAborted();
        throw new Error('The call was not run: the input ended before anybody agreed to it.');
      }
      input = state;
    }
  }

  async #run(input: string | RunState<never>, { view, signal }: Turn): Promise<RunState<never>> {
    const { runner, settings } = this.#options;
    const { session, maxTurns } = settings;
    const context = settings.context as RunContext<never>; // or the object itself; run() tells them apart
    const result = await runner.run(this.#agent, input, {
      stream: true,
      session,
      signal,
      context,
      maxTurns,
    });
    try {
      for await (const event of result) view.event(event);
    } finally {
      this.#agent = result.lastAgent;
    }
    if (result.cancelled) signal.throwIfAborted();
    view.finalOutput(result.finalOutput);
    return result.state;
  }
}

interface Turn {
  readonly view: RunView;
  readonly signal: AbortSignal;
}

/** What went wrong, with what that came from: a guardrail's failure says only that it failed. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` (${messageOf(error.cause)})`;
  return `${error.message}${cause}`;
}
