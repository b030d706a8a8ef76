import { invalidRequest } from '../../http/api-error.js';
import type { ChatRequest } from '../request.js';

/** Refuses parameters that are fine alone but not together. */
export function checkParameters(request: ChatRequest): void {
  needs(request, 'stream_options', 'stream');
  needs(request, 'top_logprobs', 'logprobs');
  checkTokenLimit(request);
  checkAudio(request);
  if (request.response_format?.type === 'json_object' && !saysJson(request)) {
    throw invalidRequest(
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
      'messages',
    );
  }
}

function needs(request: ChatRequest, parameter: string, needed: string): void {
  if (!isSet(request[parameter]) || request[needed] === true) return;
  throw invalidRequest(
    `The '${parameter}' parameter is only allowed when '${needed}' is enabled.`,
    parameter,
  );
}

function checkTokenLimit(request: ChatRequest): void {
  if (!isSet(request['max_tokens'])) return;
  if (isSet(request['max_completion_tokens'])) {
    throw invalidRequest(
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
      'max_tokens',
      'invalid_parameter_combination',
    );
  }
  if (/^(o\d|gpt-5)/.test(request.model)) {
    throw invalidRequest(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'max_tokens',
      'unsupported_parameter',
    );
  }
}

function checkAudio(request: ChatRequest): void {
  const modalities = request['modalities'];
  const wanted = Array.isArray(modalities) && modalities.includes('audio');
  if (!wanted || isSet(request['audio'])) return;
  throw invalidRequest(
    "Missing required parameter: 'audio'. It is required when 'modalities' includes 'audio'.",
    'audio',
    'missing_required_parameter',
  );
}

function saysJson(request: ChatRequest): boolean {
  return request.messages.some(({ content }) => /json/i.test(JSON.stringify(content ?? '')));
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
