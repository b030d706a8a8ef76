import { ApiError } from '../http/api-error.js';
import type { ResponseStore, StoredResponse } from './response-store.js';

/** The response of a path such as `/v1/responses/resp_1`. */
export function storedOrNotFound(store: ResponseStore, id: string): StoredResponse {
  const stored = store.get(id);
  if (stored === undefined) throw new ApiError(404, `Response with id '${id}' not found.`);
  return stored;
}
