import type { ApiError } from '../http/api-error.js';
import type { JsonObject } from '../json.js';
import type { Chunk } from '../reply/reply.js';
import { itemEvents } from './item-events.js';
import type { ResponseObject } from './response-object.js';

/** An event of a stream, still without its `sequence_number` (schema `ResponseStreamEvent`). */
export interface ResponseEvent extends JsonObject {
  readonly type: string;
}

/** All events of a response, in OpenAI's order. */
export function* responseEvents(
  started: ResponseObject,
  finished: ResponseObject,
  chunk: Chunk,
): Iterable<ResponseEvent> {
  yield { type: 'response.created', response: started };
  yield { type: 'response.in_progress', response: started };
  for (const [index, item] of finished.output.entries()) yield* itemEvents(item, index, chunk);
  yield { type: `response.${finished.status}`, response: finished };
}

/** The event as it goes over the wire. */
export function writeEvent(event: ResponseEvent, index: number): string {
  return `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: index })}\n\n`;
}

/** An error after the stream has begun. */
export function writeErrorEvent({ code, message, param }: ApiError, index: number): string {
  return writeEvent({ type: 'error', code, message, param }, index);
}
