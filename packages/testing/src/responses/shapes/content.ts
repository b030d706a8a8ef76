import {
  integer,
  list,
  nullable,
  number,
  object,
  oneOf,
  type Shape,
  string,
  tagged,
  textOr,
} from '../../shape/shape.js';
import { cacheBreakpoint, longText, url, variant } from '../../shape/common-shapes.js';

const breakpoint = nullable(cacheBreakpoint);

/** What a user, a developer or a tool says (schemas `InputContent`, `FunctionAndCustomToolCallOutput`). */
export const inputContent: Shape = tagged({
  input_text: variant({ text: longText }, { prompt_cache_breakpoint: breakpoint }),
  input_image: variant(
    {},
    {
      image_url: nullable(url),
      file_id: nullable(string()),
      detail: nullable(oneOf('low', 'high', 'auto', 'original')),
      prompt_cache_breakpoint: breakpoint,
    },
  ),
  input_file: variant(
    {},
    {
      file_id: nullable(string()),
      filename: nullable(string()),
      file_data: nullable(string()),
      file_url: nullable(url),
      detail: oneOf('auto', 'low', 'high'),
      prompt_cache_breakpoint: breakpoint,
    },
  ),
});

/** What a tool answers: text, or parts. */
export const toolOutput: Shape = textOr(inputContent);

const annotation = tagged({
  file_citation: variant({ file_id: string(), index: integer(), filename: string() }),
  url_citation: variant({ url, start_index: integer(), end_index: integer(), title: string() }),
  container_file_citation: variant({
    container_id: string(),
    file_id: string(),
    start_index: integer(),
    end_index: integer(),
    filename: string(),
  }),
  file_path: variant({ file_id: string(), index: integer() }),
});

const tokenProb = { token: string(), logprob: number(), bytes: list(integer()) };
const logProb = object({ ...tokenProb, top_logprobs: list(object(tokenProb)) });

/** What the model said (schema `OutputMessageContent`). */
export const outputContent: Shape = tagged({
  output_text: variant(
    { text: string() },
    { annotations: list(annotation), logprobs: list(logProb) },
  ),
  refusal: variant({ refusal: string() }),
});
