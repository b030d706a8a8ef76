import { variant } from '../../shape/common-shapes.js';
import {
  anyObject,
  boolean,
  list,
  nameOr,
  nullable,
  object,
  oneOf,
  type Shape,
  string,
  tagged,
} from '../../shape/shape.js';

/** The name of a tool, or of one that was called. */
export const toolName: Shape = string({ min: 1, max: 64, pattern: /^[a-zA-Z0-9_-]+$/ });

const functionObject = object(
  { name: toolName },
  { description: string(), parameters: anyObject, strict: nullable(boolean) },
);

const customObject = object(
  { name: toolName },
  {
    description: string(),
    format: tagged({
      text: variant({}),
      grammar: variant({
        grammar: object({ definition: string(), syntax: oneOf('lark', 'regex') }),
      }),
    }),
  },
);

/** The tools of a request; a list without any is refused. */
export const tools: Shape = list(
  tagged({
    function: variant({ function: functionObject }),
    custom: variant({ custom: customObject }),
  }),
  { min: 1, max: 128 },
);

const named = object({ name: string() });

/** Which tool the model has to call (schema `ChatCompletionToolChoiceOption`). */
export const toolChoice: Shape = nameOr(
  tagged({
    allowed_tools: variant({
      allowed_tools: object({ mode: oneOf('auto', 'required'), tools: list(anyObject) }),
    }),
    function: variant({ function: named }),
    custom: variant({ custom: named }),
  }),
  oneOf('none', 'auto', 'required'),
);

/** Tools as they were before there were tools. */
export const functions: Shape = list(
  object({ name: toolName }, { description: string(), parameters: anyObject }),
  { min: 1, max: 128 },
);

/** The tool choice that goes with {@link functions}. */
export const functionChoice: Shape = nameOr(named, oneOf('none', 'auto'));
