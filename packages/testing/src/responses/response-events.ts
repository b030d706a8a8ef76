import type { ServerEvent } from '../http/event-stream.js';
import type { Chunk } from '../reply/reply.js';
import { itemEvents } from './item-events.js';
import type { ResponseObject } from './response-object.js';

/** All events of a response in OpenAI's order, still without `sequence_number`. */
export function* responseEvents(
  started: ResponseObject,
  finished: ResponseObject,
  chunk: Chunk,
): Iterable<ServerEvent> {
  yield { type: 'response.created', response: started };
  yield { type: 'response.in_progress', response: started };
  for (const [index, item] of finished.output.entries()) yield* itemEvents(item, index, chunk);
  yield { type: `response.${finished.status}`, response: finished };
}
