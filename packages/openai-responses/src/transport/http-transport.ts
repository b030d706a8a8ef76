import { type ClientSource, httpTransport as sharedTransport } from '@baton/openai-shared';
import type { ResponsesTransport } from './transport.js';

/** Sends requests of the Responses API over HTTP. */
export function httpTransport(client: ClientSource): ResponsesTransport {
  const http = sharedTransport(client, {
    path: '/responses',
    name: 'the Responses API',
    list: 'output',
    asEvent: (response) => ({ type: 'response.completed', response }),
  });
  return {
    async fetchResponse(body, call) {
      const { whole: response, requestId } = await http.fetchWhole(body, call);
      return { response, requestId };
    },
    openStream: (body, call) => http.openStream(body, call),
  };
}
