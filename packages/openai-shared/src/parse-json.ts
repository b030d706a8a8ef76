import { ModelRequestError } from '@baton/core/model';
import { isRecord, type JsonRecord } from './json.js';

/** Where a text came from, for the message of the error that it may need. */
export interface TextSource {
  readonly origin: string;
  readonly contentType: string | null;
  readonly requestId: string | undefined;
}

/**
 * The JSON object in a text of the server.
 *
 * @throws ModelRequestError with the code `malformed_json`.
 */
export function parseObject(text: string, source: TextSource, responseStarted = false): JsonRecord {
  let cause: unknown;
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (error) {
    cause = error;
  }
  const start = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  throw new ModelRequestError(
    `${source.origin} sent ${JSON.stringify(start)} (${source.contentType ?? 'no content type'}) where a ` +
      'JSON object was expected. Check the base URL, and what stands between.',
    {
      errorCode: 'malformed_json',
      requestId: source.requestId,
      responseStarted,
      ...(cause !== undefined && { cause }),
    },
  );
}
