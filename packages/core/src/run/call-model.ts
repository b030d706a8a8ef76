import { ModelBehaviorError } from '../error/index.js';
import { orAbort } from '../internal/abort-scope.js';
import type { ModelResponse } from '../model/index.js';
import { readResponse } from './read-response.js';
import type { ModelCall } from './run-ports.js';

/**
 * Step 2, and the only place that knows a model's two ways to answer: whole, or piece by piece where
 * somebody listens. Both give the same response, so that nothing after it can differ.
 */
export function callModel(call: ModelCall): Promise<ModelResponse> {
  const { onEvent } = call;
  const response = onEvent === undefined ? askWhole(call) : drainStream(call, onEvent);
  // A model that does not listen to its signal must not hold up a cancelled run.
  return orAbort(response, call.request.signal).then(readResponse);
}

/** Not an async function: a frame less for each run that waits for its model. */
function askWhole({ model, request }: ModelCall): Promise<ModelResponse> {
  try {
    // Models are anybody's, also those that give no promise.
    return Promise.resolve(model.getResponse(request));
  } catch (error) {
    return Promise.reject(error);
  }
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
