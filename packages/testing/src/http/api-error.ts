import type { JsonObject } from '../json.js';

/** What an {@link ApiError} says beside its message. */
export interface ApiErrorDetails {
  readonly type?: string;
  readonly param?: string | null;
  readonly code?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer in the shape of OpenAI's error bodies (schema `ErrorResponse`), thrown by the checks of a request. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, details: ApiErrorDetails = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.type = details.type ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
    this.param = details.param ?? null;
    this.code = details.code ?? null;
    this.headers = details.headers ?? {};
  }

  toBody(): JsonObject {
    return {
      error: { message: this.message, type: this.type, param: this.param, code: this.code },
    };
  }
}

/** A 400: the request itself is wrong. */
export function invalidRequest(
  message: string,
  param: string | null = null,
  code: string | null = null,
): ApiError {
  return new ApiError(400, message, { param, code });
}

/**
 * A 500 about the test's own setup. The header keeps OpenAI's clients from retrying what can only fail again.
 */
export function setupError(message: string): ApiError {
  return new ApiError(500, message, {
    code: 'test_server_setup',
    headers: { 'x-should-retry': 'false' },
  });
}
