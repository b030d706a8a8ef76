import { ApiError } from './api-error.js';
import type { Exchange } from './exchange.js';

/** Every endpoint wants a key; which one does not matter, as long as it is not empty. */
export function authorize(exchange: Exchange): void {
  const key = /^Bearer\s+(\S+)\s*$/i.exec(exchange.headers.authorization ?? '')?.[1];
  if (key === undefined) {
    throw new ApiError(
      401,
      "You didn't provide an API key. Send it in an Authorization header using Bearer auth (Authorization: Bearer YOUR_KEY).",
    );
  }
}
