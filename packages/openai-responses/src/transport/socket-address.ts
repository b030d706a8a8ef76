import { UserError } from '@baton/core/model';
import { type OpenAIClientLike, toRequestError, userAgent } from '@baton/openai-shared';
import type { SocketAddress } from './open-socket.js';

/**
 * Where a client's responses go over a socket: the address and headers of its requests, with the scheme changed.
 *
 * @throws UserError for a base that is no URL, and a client that does not say how it makes a request; ModelRequestError where it can make none.
 */
export async function socketAddress(
  client: OpenAIClientLike,
  websocketBaseURL: string | undefined,
): Promise<SocketAddress> {
  const { buildRequest }: Partial<BuildsRequests> = client;
  if (buildRequest === undefined) {
    throw new UserError(
      'Responses over a WebSocket need a client of the `openai` package: this one has no `buildRequest`, which ' +
        'tells the address and the headers. Pass such a client, or its options, or use HTTP.',
    );
  }
  const headers = { 'User-Agent': userAgent() };
  const { req, url } = await buildRequest
    .call(client, { method: 'post', path: PATH, headers })
    .catch((error: unknown) => {
      throw toRequestError(error, { baseURL: client.baseURL, path: PATH });
    });
  const address =
    websocketBaseURL === undefined ? new URL(url) : elsewhere(websocketBaseURL, new URL(url));
  address.protocol = address.protocol.replace('http', 'ws');
  const taken = [...req.headers].filter(([name]) => !OF_BODIES.test(name));
  return { url: address.href, headers: Object.fromEntries(taken) };
}

/** The address with another base, but the client's query: it is part of all that the client sends. */
function elsewhere(websocketBaseURL: string, { searchParams }: URL): URL {
  if (!URL.canParse(websocketBaseURL)) {
    throw new UserError(
      `The base URL of sockets ${JSON.stringify(websocketBaseURL)} is not a URL; expected e.g. wss://api.openai.com/v1. ` +
        'Check `websocketBaseURL`, or OPENAI_WEBSOCKET_BASE_URL.',
    );
  }
  const address = new URL(websocketBaseURL);
  address.pathname = address.pathname.replace(/\/$/, '') + PATH;
  for (const [name, value] of searchParams) {
    if (!address.searchParams.has(name)) address.searchParams.append(name, value);
  }
  return address;
}

interface BuildsRequests extends OpenAIClientLike {
  buildRequest(options: {
    readonly method: 'post';
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
  }): Promise<{
    readonly req: { readonly headers: Iterable<readonly [string, string]> };
    readonly url: string;
  }>;
}

const PATH = '/responses';
const OF_BODIES = /^(content-type|content-length|accept)$/i;
