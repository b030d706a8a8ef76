import { ModelBehaviorError } from '../error/index.js';
import { orAbort } from '../internal/abort-scope.js';
import type { ModelResponse } from '../model/index.js';
import { readResponse } from './read-response.js';
import type { ModelCall } from './run-ports.js';

/**
 * Step 2, and the only place that knows a model's two ways to answer: whole, or piece by piece where
 * somebody listens. Both give the same response, so that nothing after it can differ.
 */
export async function callModel(call: ModelCall): Promise<ModelResponse> {
  const { request, onEvent } = call;
  const response = onEvent === undefined ? call.model.getResponse(request) : drainStream(call, onEvent);
  // A model that does not listen to its signal must not hold up a cancelled run.
  return readResponse(await orAbort(response, request.signal));
}

async function drainStream(
  { model, request }: ModelCall,
  onEvent: NonNullable<ModelCall['onEvent']>,
): Promise<ModelResponse> {
  let response: ModelResponse | undefined;
  for await (const event of model.getStreamedResponse(request)) {
    if (request.signal?.aborted === true) throw request.signal.reason;
    const told = onEvent(event);
    if (told !== undefined) await told;
    if (event.type === 'response_done') response = event.response;
  }
  if (response !== undefined) return response;
  throw new ModelBehaviorError(
    'The model did not produce a final response: its stream ended without one. Try again, or report it to the provider.',
  );
}
