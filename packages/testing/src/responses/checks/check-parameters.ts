import { invalidRequest } from '../../http/api-error.js';
import type { JsonObject } from '../../json.js';
import { missingParameter } from '../../shape/shape-errors.js';
import type { ResponsesRequest } from '../request.js';

/** Refuses parameters that are fine alone but not together. */
export function checkParameters(request: JsonObject): void {
  const { conversation, previous_response_id: previous, prompt, input } = request;
  // A prompt template brings a model of its own.
  if (!isSet(request['model']) && !isSet(prompt)) throw missingParameter('model');
  if (isSet(conversation) && isSet(previous)) {
    throw invalidRequest(
      "Mutually exclusive parameters. Ensure you are only providing one of: 'previous_response_id' or 'conversation'.",
      null,
      'mutually_exclusive_parameters',
    );
  }
  if (![input, previous, conversation, prompt].some(isSet)) {
    throw invalidRequest(
      "Missing required parameter: one of 'input', 'previous_response_id', 'prompt' or 'conversation' must be provided.",
      'input',
      'missing_required_parameter',
    );
  }
  if (isSet(request['stream_options']) && request['stream'] !== true) {
    throw invalidRequest(
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
      'stream_options',
    );
  }
}

/** JSON mode makes the model talk JSON only when somebody tells it to. */
export function checkJsonMode(request: ResponsesRequest, conversation: readonly unknown[]): void {
  if (request.text?.format?.type !== 'json_object') return;
  if (/json/i.test(`${request.instructions ?? ''} ${JSON.stringify(conversation)}`)) return;
  throw invalidRequest(
    "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.",
    'input',
  );
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
