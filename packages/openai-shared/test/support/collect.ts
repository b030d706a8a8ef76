import type { Model, ModelRequest, ModelResponse, ModelStreamEvent } from '@baton/core/model';

/** Everything a streamed response consists of. */
export async function collect(model: Model, request: ModelRequest): Promise<ModelStreamEvent[]> {
  const events: ModelStreamEvent[] = [];
  for await (const event of model.getStreamedResponse(request)) events.push(event);
  return events;
}

/** What was streamed before it failed, and the failure. */
export async function collectFailure(
  model: Model,
  request: ModelRequest,
): Promise<{ readonly events: readonly ModelStreamEvent[]; readonly error: unknown }> {
  const events: ModelStreamEvent[] = [];
  try {
    for await (const event of model.getStreamedResponse(request)) events.push(event);
  } catch (error) {
    return { events, error };
  }
  throw new Error('the stream did not fail');
}

/** The response of a stream that completed. */
export function responseOf(events: readonly ModelStreamEvent[]): ModelResponse {
  const last = events.at(-1);
  if (last?.type !== 'response_done') throw new Error(`the last event is ${last?.type}`);
  return last.response;
}

/** What a promise was rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('the call did not fail');
}
