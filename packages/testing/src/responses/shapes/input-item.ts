import { type Shape, tagged } from '../../shape/shape.js';
import { clientCallItems } from './client-call-items.js';
import { message } from './message.js';
import { modelItems } from './model-items.js';

/** An item of a request's `input` (schema `InputItem`); without a `type` it is a message or a reference by id. */
export const inputItem: Shape = tagged({ message, ...clientCallItems, ...modelItems }, (item) => {
  if ('role' in item) return message;
  return 'id' in item ? modelItems['item_reference'] : undefined;
});
