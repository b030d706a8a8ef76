import { UserError } from '@baton/core/model';
import {
  type ClientSource,
  type HttpResponseLike,
  type JsonRecord,
  type OpenAIClientLike,
  originOf,
  parseObject,
  sendAgain,
  toRequestError,
  userAgent,
} from '@baton/openai-shared';

/** One call of the API outside of responses. */
export interface RestCall {
  readonly method: 'get' | 'post' | 'delete';
  /** With its query, such as `/conversations/conv_1/items?limit=1`. */
  readonly path: string;
  readonly body?: JsonRecord;
  /** The server adds the body to what it has: it is not sent again where the server may have got it. */
  readonly mayArriveOnce?: boolean;
}

/**
 * Makes one call and gives the JSON object of its answer.
 *
 * @throws ModelRequestError where the call fails or answers something else; UserError where the client can only post.
 */
export async function restCall(source: ClientSource, call: RestCall): Promise<JsonRecord> {
  const { method, path } = call;
  const client: OpenAIClientLike & Partial<Record<'get' | 'delete', RestMethod>> = await source();
  if (method !== 'post' && client[method] === undefined) {
    throw new UserError(
      `The client has no \`${method}\`, which a stored conversation needs. Pass a client of the \`openai\` package.`,
    );
  }
  const headers = { 'User-Agent': userAgent() };
  try {
    const response =
      method === 'post'
        ? await post(client, call)
        : await client[method]?.(path, { headers }).asResponse();
    return parseObject((await response?.text()) ?? '', {
      origin: originOf(client.baseURL),
      contentType: response?.headers.get('content-type') ?? null,
      requestId: response?.headers.get('x-request-id') ?? undefined,
    });
  } catch (error) {
    throw toRequestError(error, { baseURL: client.baseURL, path });
  }
}

function post(
  client: OpenAIClientLike,
  { path, body = {}, mayArriveOnce = false }: RestCall,
): Promise<HttpResponseLike> {
  const request = {
    body: JSON.stringify(body),
    headers: { 'User-Agent': userAgent(), 'content-type': 'application/json' },
  };
  if (!mayArriveOnce) return client.post(path, request).asResponse();
  const once = { ...request, maxRetries: 0 };
  const retries = client.maxRetries ?? 0;
  return sendAgain(() => client.post(path, once).asResponse(), { retries, signal: undefined });
}

/** The part of the client's other methods that is used; only clients that are asked for it need it. */
type RestMethod = (
  path: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => { asResponse(): Promise<HttpResponseLike> };
