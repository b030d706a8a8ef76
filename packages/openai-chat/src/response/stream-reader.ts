import type { ModelStreamEvent } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import { CompletionReader } from './completion-reader.js';
import type { ReadContext } from './read-context.js';

/** Reads the chunks of one streamed completion, in order, and says them in the delta protocol. */
export class ChatStreamReader {
  /** Whether output has been handed out; from then on the request must not be repeated. */
  outputStarted = false;

  readonly #completion: CompletionReader;
  #events: ModelStreamEvent[] = [];
  #started = false;

  constructor(context: ReadContext) {
    this.#completion = new CompletionReader(context, (event) => {
      this.#events.push(event);
    });
  }

  /** Whether a chunk has said that the completion is complete (a finish reason). */
  get complete(): boolean {
    return this.#completion.isFinished;
  }

  /** @throws ModelBehaviorError where the chunk is an error; UserError for what is refused in strict mode. */
  read(chunk: JsonRecord): readonly ModelStreamEvent[] {
    const events: ModelStreamEvent[] = [{ type: 'model', event: chunk }];
    this.#events = events;
    if (!this.#started) {
      this.#started = true;
      // A completion can not be referred to later, so it has no id for others.
      events.push({ type: 'response_started' });
    }
    const silent = events.length;
    this.#completion.add(chunk);
    if (events.length > silent) this.outputStarted = true;
    return events;
  }

  /** After the last chunk: what is still open, and `response_done`. Called once, where the stream is complete. */
  end(): readonly ModelStreamEvent[] {
    this.#events = [];
    const response = this.#completion.finish();
    this.#events.push({ type: 'response_done', response });
    return this.#events;
  }
}
