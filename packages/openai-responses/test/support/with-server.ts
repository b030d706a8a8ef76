import { type OpenAIServerOptions, type OpenAITestServer, startOpenAIServer } from '@baton/testing';
import { onTestFinished } from 'vitest';
import { OpenAIResponsesModel } from '../../src/index.js';
import { expectValidBody } from './request-schema.js';

/** A server that is closed when the test ends, after every body it got was checked against the schema. */
export async function withServer(options: OpenAIServerOptions = {}): Promise<OpenAITestServer> {
  const server = await startOpenAIServer(options);
  onTestFinished(async () => {
    await server.close();
    for (const { body } of server.requests) expectValidBody(body);
  });
  return server;
}

/** A model that talks to the server. */
export function modelOf(
  server: { readonly url: string },
  name = 'gpt-5.6-luna',
): OpenAIResponsesModel {
  return new OpenAIResponsesModel({ apiKey: 'sk-test', baseURL: server.url }, name);
}
