import { invalidRequest } from '../../http/api-error.js';
import { isObject, type JsonObject } from '../../json.js';
import {
  anyObject,
  anything,
  type Fields,
  list,
  nullable,
  object,
  type Shape,
  string,
  tagged,
  taggedBy,
  textOr,
} from '../../shape/shape.js';
import { variant } from '../../shape/common-shapes.js';
import { assistantContent, textContent, userContent } from './content.js';
import { toolName } from './tools.js';

const callId = string({ min: 1, max: 40 });
const speaker = { name: string({ min: 1, max: 64, pattern: /^[^\s<|\\/>]+$/ }) };

const toolCall = tagged({
  function: variant({
    id: callId,
    function: object({ name: toolName, arguments: string() }),
  }),
  custom: variant({ id: callId, custom: object({ name: toolName, input: string() }) }),
});

/** The messages of a request (schema `ChatCompletionRequestMessage`). */
export function messages({ anyContent }: { readonly anyContent: boolean }): Shape {
  const or = (content: Shape): Shape => (anyContent ? textOr(anyObject) : content);
  const byRole = {
    system: said({ content: or(textContent) }, speaker),
    developer: said({ content: or(textContent) }, speaker),
    user: said({ content: or(userContent) }, speaker),
    assistant: assistant(or(assistantContent)),
    tool: said({ content: or(textContent), tool_call_id: callId }),
    function: said({ content: nullable(string()), name: string() }),
  };
  return list(taggedBy('role', byRole), { min: 1 });
}

function assistant(content: Shape): Shape {
  const shape = said(
    {},
    {
      ...speaker,
      content: nullable(content),
      refusal: nullable(string()),
      audio: nullable(object({ id: string() })),
      tool_calls: list(toolCall, { min: 1 }),
      function_call: nullable(object({ arguments: string(), name: string() })),
    },
  );
  return (value, path) => {
    shape(value, path);
    if (!isObject(value) || SAYS.some((field) => isSet(value, field))) return;
    const message = "Invalid value for 'content': expected a string, got null.";
    throw invalidRequest(message, `${path}.content`);
  };
}

/** An assistant message has to bring one of them. */
const SAYS = ['content', 'refusal', 'audio', 'tool_calls', 'function_call'];

function isSet(message: JsonObject, field: string): boolean {
  return message[field] !== undefined && message[field] !== null;
}

/** A shape for {@link taggedBy}, which has already looked at `role`. */
function said(required: Fields, optional: Fields = {}): Shape {
  return object(required, { ...optional, role: anything });
}
