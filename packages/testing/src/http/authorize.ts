import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from './api-error.js';
import type { Exchange } from './exchange.js';

/** Whether there is a key. */
export function isAuthorized({ authorization = '' }: IncomingHttpHeaders): boolean {
  return /^Bearer\s+(\S+)\s*$/i.test(authorization);
}

/** Every endpoint wants a key; which one does not matter, as long as it is not empty. */
export function authorize(exchange: Exchange): void {
  if (!isAuthorized(exchange.headers)) {
    throw new ApiError(
      401,
      "You didn't provide an API key. Send it in an Authorization header using Bearer auth (Authorization: Bearer YOUR_KEY).",
    );
  }
}
