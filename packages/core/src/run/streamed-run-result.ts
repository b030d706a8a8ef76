import type { Agent, AgentOutputType, AnyAgent, RunStreamEvent } from '../agent/index.js';
import type { EventStream } from '../internal/event-stream.js';
import { RunResult } from './run-result.js';
import type { RunState } from './run-state.js';

/** How a streamed run is cancelled: at once, or when the turn under way is complete. */
export interface CancelOptions {
  readonly mode?: 'immediate' | 'after_turn';
}

/** What a streamed run needs of whoever runs it. */
export interface StreamControl {
  readonly events: EventStream<RunStreamEvent>;
  readonly completed: Promise<void>;
  cancel(options: CancelOptions): void;
  readonly outcome: { readonly cancelled: boolean; readonly error: unknown };
}

/**
 * A run that is under way: iterate over its events, or await `completed`. It goes on whether or not
 * anybody iterates; leaving the last iteration early cancels it. Between turns it waits until those who
 * iterate have come for the next event, so that `cancel({ mode: 'after_turn' })` is in time, and within a turn
 * for those who are far behind; once `completed` was asked for, or the run was cancelled, it waits no more.
 *
 * @example
 * ```ts
 * import type { Agent, Runner } from '@baton/core';
 *
 * export async function tell(runner: Runner, agent: Agent): Promise<string | undefined> {
 *   const result = await runner.run(agent, 'Tell me a story', { stream: true });
 *   for await (const event of result) {
 *     if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta') {
 *       console.log(event.data.delta);
 *     }
 *   }
 *   return result.finalOutput;
 * }
 * ```
 */
export class StreamedRunResult<TContext = unknown, TAgent extends AnyAgent = AnyAgent>
  extends RunResult<TContext, TAgent>
  implements AsyncIterable<RunStreamEvent>
{
  readonly #control: StreamControl;

  constructor(state: RunState<TContext, TAgent>, control: StreamControl) {
    super(state);
    this.#control = control;
  }

  /** Resolves when the run and all it started are over; rejects with what ended it, unless that is a cancellation. */
  get completed(): Promise<void> {
    this.#control.events.waitForNobody();
    return this.#control.completed;
  }

  /** Whether the run was cancelled; `state` holds what happened until then. */
  get cancelled(): boolean {
    return this.#control.outcome.cancelled;
  }

  /** What ended the run, where something did. */
  get error(): unknown {
    return this.#control.outcome.error;
  }

  /** The agent that is active now. */
  get currentAgent(): Agent<TContext, AgentOutputType> {
    return this.lastAgent;
  }

  /** How many model turns have begun. */
  get currentTurn(): number {
    return this.state.turn;
  }

  get maxTurns(): number | null {
    return this.state.maxTurns;
  }

  /** Cancels the run: `immediate` by default. After `after_turn` the state can be run again from there. */
  cancel(options: CancelOptions = {}): void {
    this.#control.cancel(options);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<RunStreamEvent> {
    return this.#control.events.read();
  }

  /** The events as a web stream; Node's `Readable.from()` makes a Node stream of it. */
  toStream(): ReadableStream<RunStreamEvent> {
    return toReadable(this.#control.events.read(), (event) => event);
  }

  /** Only the text the models write, piece by piece. */
  toTextStream(): ReadableStream<string> {
    return toReadable(this.#control.events.read(), (event) =>
      event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta'
        ? event.data.delta
        : undefined,
    );
  }
}

function toReadable<TEvent, TChunk>(
  events: AsyncIterableIterator<TEvent>,
  pick: (event: TEvent) => TChunk | undefined,
): ReadableStream<TChunk> {
  return new ReadableStream<TChunk>({
    async pull(controller) {
      for (;;) {
        const step = await events.next();
        if (step.done === true) {
          controller.close();
          return;
        }
        const chunk = pick(step.value);
        if (chunk !== undefined) {
          controller.enqueue(chunk);
          return;
        }
      }
    },
    async cancel() {
      await events.return?.();
    },
  });
}
