import {
  AgentsError,
  GuardrailExecutionError,
  InputGuardrailTripwireTriggered,
  MemorySession,
  Runner,
  type Agent,
} from '@baton/agents';
import type { Screen } from '@baton/terminal';
import { agents, triage } from './agents.js';
import type { AirlineContext } from './airline-context.js';
import type { Connection } from './connect.js';
import type { BookingStore } from './data/booking-store.js';
import { topicGuardrail } from './topic-guardrail.js';
import { RunRecorder } from './view/run-recorder.js';
import { RunView } from './view/run-view.js';

/** How an answer ended. */
export type AnswerEnd = 'answered' | 'stopped' | 'failed';

/** What a conversation needs of the world. */
export interface ConversationOptions {
  readonly connection: Connection;
  readonly store: BookingStore;
  readonly screen: Screen;
}

/** Turn after turn with whoever is responsible: remembers what was said and who said it last. */
export class Conversation {
  readonly #screen: Screen;
  readonly #session = new MemorySession();
  readonly #context: AirlineContext;
  readonly #recorder: RunRecorder;
  readonly #runner: Runner;
  #agent: Agent<AirlineContext> = triage;
  #view: RunView;

  constructor({ connection, store, screen }: ConversationOptions) {
    this.#screen = screen;
    this.#context = { store };
    this.#view = new RunView(screen);
    this.#recorder = new RunRecorder((span) => this.#view.spanEnded(span));
    this.#runner = new Runner({
      modelProvider: connection.modelProvider,
      model: connection.model,
      tracer: this.#recorder,
      workflowName: 'Airline customer service',
    });
  }

  /** Answers one message on the screen. Never throws: what goes wrong is shown, and the next message may come. */
  async answer(message: string, signal: AbortSignal): Promise<AnswerEnd> {
    const view = new RunView(this.#screen);
    this.#view = view;
    const end = await this.#run(message, signal).catch((error: unknown) => {
      if (signal.aborted) return 'stopped';
      if (error instanceof InputGuardrailTripwireTriggered) return 'off_topic';
      view.note('error', describe(error));
      return 'failed';
    });
    if (end === 'stopped') view.note('stopped', 'by Ctrl-C');
    if (end === 'off_topic') {
      view.say('Baton Air', SORRY);
      await this.#session.popItem(); // no later answer shall take it up
    }
    if (end !== 'failed') view.waterfall(this.#recorder.spans);
    return end === 'off_topic' ? 'answered' : end;
  }

  async #run(message: string, signal: AbortSignal): Promise<'answered' | 'stopped'> {
    const result = await this.#runner.run(this.#agent, message, {
      stream: true,
      context: this.#context,
      session: this.#session,
      inputGuardrails: [topicGuardrail(this.#runner)],
      maxTurns: 15,
      signal,
    });
    try {
      for await (const event of result) this.#view.event(event);
    } finally {
      this.#agent = agents.find((agent) => agent === result.currentAgent) ?? triage;
    }
    return result.cancelled ? 'stopped' : 'answered';
  }
}

const SORRY =
  'Sorry, that is not something an airline can help with. Ask me about your booking, seats, baggage, pets, Wi-Fi, refunds or check-in.';

/** One line; what a guardrail's own model call met is told instead of that it met something. */
function describe(error: unknown): string {
  if (error instanceof GuardrailExecutionError) return describe(error.cause);
  if (error instanceof AgentsError || error instanceof Error) return error.message;
  return String(error);
}
