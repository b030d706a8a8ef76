import { type ModelStreamEvent, Usage } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import type { ReadContext } from './read-context.js';

/** Reads the chunks of one streamed completion, in order, and says them in the delta protocol. */
export class ChatStreamReader {
  /** Whether output has begun; from then on the request must not be repeated. */
  outputStarted = false;
  /** Whether a chunk has said that the completion is complete (a finish reason). */
  complete = false;

  readonly #context: ReadContext;

  constructor(context: ReadContext) {
    this.#context = context;
  }

  /** @throws ModelRequestError or ModelBehaviorError where the chunk is an error. */
  read(chunk: JsonRecord): Iterable<ModelStreamEvent> {
    return [{ type: 'model', event: chunk }];
  }

  /** After the last chunk: what is still open, and `response_done`. Called once, where the stream is complete. */
  end(): Iterable<ModelStreamEvent> {
    const { requestId } = this.#context;
    return [{ type: 'response_done', response: { output: [], usage: new Usage(), requestId } }];
  }
}
