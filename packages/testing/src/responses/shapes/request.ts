import {
  anyObject,
  boolean,
  integer,
  list,
  nameOr,
  nullable,
  object,
  oneOf,
  record,
  type Shape,
  string,
  tagged,
  textOr,
} from '../../shape/shape.js';
import { effort, modelParameters, variant, verbosity } from '../../shape/common-shapes.js';
import { inputContent } from './content.js';
import { inputItem } from './input-item.js';
import { toolChoice } from './tool-choice.js';
import { tools } from './tools.js';

const summary = oneOf('auto', 'concise', 'detailed');

const textFormat = tagged({
  text: variant({}),
  json_object: variant({}),
  json_schema: variant(
    { name: string({ min: 1, max: 64, pattern: /^[a-zA-Z0-9_-]+$/ }), schema: anyObject },
    { description: string(), strict: nullable(boolean) },
  ),
});

/** The body of `POST /v1/responses` (schema `CreateResponse`). */
export const requestShape: Shape = object(
  {},
  {
    ...modelParameters,
    model: string({ min: 1 }),
    input: textOr(inputItem),
    instructions: nullable(string()),
    previous_response_id: nullable(string()),
    conversation: nullable(nameOr(object({ id: string() }))),
    prompt: nullable(
      object(
        { id: string() },
        { version: nullable(string()), variables: nullable(record(nameOr(inputContent))) },
      ),
    ),
    tools,
    tool_choice: toolChoice,
    parallel_tool_calls: nullable(boolean),
    max_tool_calls: nullable(integer({ min: 1 })),
    text: object({}, { format: textFormat, verbosity }),
    reasoning: nullable(
      object(
        {},
        {
          mode: string(),
          effort: nullable(effort),
          summary: nullable(summary),
          context: nullable(oneOf('auto', 'current_turn', 'all_turns')),
          generate_summary: nullable(summary),
        },
      ),
    ),
    include: nullable(
      list(
        oneOf(
          'file_search_call.results',
          'web_search_call.results',
          'web_search_call.action.sources',
          'message.input_image.image_url',
          'computer_call_output.output.image_url',
          'code_interpreter_call.outputs',
          'reasoning.encrypted_content',
          'message.output_text.logprobs',
        ),
      ),
    ),
    stream_options: nullable(object({}, { include_obfuscation: boolean })),
    background: nullable(boolean),
    max_output_tokens: nullable(integer({ min: 16 })),
    truncation: nullable(oneOf('auto', 'disabled')),
    context_management: nullable(
      list(object({ type: string() }, { compact_threshold: nullable(integer({ min: 1000 })) }), {
        min: 1,
      }),
    ),
    service_tier: nullable(
      oneOf('auto', 'default', 'flex', 'scale', 'priority', 'fast', 'ultrafast'),
    ),
  },
);
