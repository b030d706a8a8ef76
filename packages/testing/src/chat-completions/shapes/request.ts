import { effort, modelParameters, variant, verbosity } from '../../shape/common-shapes.js';
import {
  anyObject,
  boolean,
  integer,
  list,
  nameOr,
  nullable,
  number,
  object,
  oneOf,
  record,
  type Shape,
  string,
  tagged,
} from '../../shape/shape.js';
import { textContent } from './content.js';
import { messages } from './messages.js';
import { functionChoice, functions, toolChoice, tools } from './tools.js';

const strings = string();
const penalty = nullable(number({ min: -2, max: 2 }));
const schemaName = string({ min: 1, max: 64, pattern: /^[a-zA-Z0-9_-]+$/ });

const responseFormat = tagged({
  text: variant({}),
  json_object: variant({}),
  json_schema: variant({
    json_schema: object(
      { name: schemaName },
      { description: string(), schema: anyObject, strict: nullable(boolean) },
    ),
  }),
});

const place = object({}, { country: strings, region: strings, city: strings, timezone: strings });
const webSearch = object(
  {},
  {
    user_location: nullable(object({ type: oneOf('approximate'), approximate: place })),
    search_context_size: oneOf('low', 'medium', 'high'),
  },
);

/** The body of `POST /v1/chat/completions` (schema `CreateChatCompletionRequest`). */
export function requestShape(endpoint: { readonly anyContent: boolean }): Shape {
  return object(
    { model: string({ min: 1 }), messages: messages(endpoint) },
    {
      ...modelParameters,
      audio: nullable(
        object({
          voice: nameOr(object({ id: string() })),
          format: oneOf('wav', 'aac', 'mp3', 'flac', 'opus', 'pcm16'),
        }),
      ),
      frequency_penalty: penalty,
      function_call: functionChoice,
      functions,
      logit_bias: nullable(record(integer())),
      logprobs: nullable(boolean),
      max_completion_tokens: nullable(integer({ min: 1 })),
      max_tokens: nullable(integer({ min: 1 })),
      modalities: nullable(list(oneOf('text', 'audio'))),
      n: nullable(integer({ min: 1, max: 128 })),
      parallel_tool_calls: boolean,
      prediction: nullable(tagged({ content: variant({ content: textContent }) })),
      presence_penalty: penalty,
      reasoning_effort: nullable(effort),
      response_format: responseFormat,
      seed: nullable(integer()),
      service_tier: nullable(oneOf('auto', 'default', 'flex', 'scale', 'priority', 'fast')),
      stop: nullable(nameOr(list(string(), { min: 1, max: 4 }))),
      stream_options: nullable(
        object({}, { include_usage: boolean, include_obfuscation: boolean }),
      ),
      tool_choice: toolChoice,
      tools,
      verbosity,
      web_search_options: webSearch,
    },
  );
}
