import { inputItem } from '../responses/shapes/input-item.js';
import { list, nullable, object, record, type Shape, string } from '../shape/shape.js';

/** The most items that one request may bring. */
const items = list(inputItem, { max: 20 });
const metadata = record(string({ max: 512 }), { max: 16 });

/** The body of `POST /v1/conversations` (schema `CreateConversationBody`). */
export const createShape: Shape = object(
  {},
  { items: nullable(items), metadata: nullable(metadata) },
);

/** The body of `POST /v1/conversations/{id}` (schema `UpdateConversationBody`). */
export const updateShape: Shape = object({ metadata });

/** The body of `POST /v1/conversations/{id}/items`. */
export const createItemsShape: Shape = object({ items });
