import { isObject } from '../../json.js';
import { nullable, oneOf, type Shape, textOr } from '../../shape/shape.js';
import { variant } from '../../shape/common-shapes.js';
import { itemId, itemStatus } from './common.js';
import { inputContent, outputContent } from './content.js';

const phase = nullable(oneOf('commentary', 'final_answer'));

const assistantMessage = variant(
  { role: oneOf('assistant'), content: textOr(outputContent) },
  { id: itemId('msg'), status: itemStatus, phase },
);

const inputMessage = variant(
  { role: oneOf('assistant', 'system', 'developer', 'user'), content: textOr(inputContent) },
  { status: itemStatus, phase },
);

/** A message: what its parts may be depends on who said it (schemas `EasyInputMessage`, `InputMessage`, `OutputMessage`). */
export const message: Shape = (value, path) => {
  const byAssistant = isObject(value) && value['role'] === 'assistant';
  (byAssistant ? assistantMessage : inputMessage)(value, path);
};
