import { UserError } from '@baton/core/model';
import {
  type ClientSource,
  type HttpResponseLike,
  type JsonRecord,
  type OpenAIClientLike,
  originOf,
  parseObject,
  toRequestError,
  userAgent,
} from '@baton/openai-shared';

/** One call of the API outside of responses. */
export interface RestCall {
  readonly method: 'get' | 'post' | 'delete';
  /** With its query, such as `/conversations/conv_1/items?limit=1`. */
  readonly path: string;
  readonly body?: JsonRecord;
}

/**
 * Makes one call and gives the JSON object of its answer.
 *
 * @throws ModelRequestError where the call fails or answers something else; UserError where the client can only post.
 */
export async function restCall(
  source: ClientSource,
  { method, path, body }: RestCall,
): Promise<JsonRecord> {
  const client: OpenAIClientLike & Partial<Record<'get' | 'delete', RestMethod>> = await source();
  if (method !== 'post' && client[method] === undefined) {
    throw new UserError(
      `The client has no \`${method}\`, which a stored conversation needs. Pass a client of the \`openai\` package.`,
    );
  }
  const failed = { baseURL: client.baseURL, path };
  const headers = { 'User-Agent': userAgent() };
  try {
    const request =
      method === 'post'
        ? client.post(path, {
            body: JSON.stringify(body ?? {}),
            headers: { ...headers, 'content-type': 'application/json' },
          })
        : client[method]?.(path, { headers });
    const response = await request?.asResponse();
    return parseObject((await response?.text()) ?? '', {
      origin: originOf(client.baseURL),
      contentType: response?.headers.get('content-type') ?? null,
      requestId: response?.headers.get('x-request-id') ?? undefined,
    });
  } catch (error) {
    throw toRequestError(error, failed);
  }
}

/** The part of the client's other methods that is used; only clients that are asked for it need it. */
type RestMethod = (
  path: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => { asResponse(): Promise<HttpResponseLike> };
