import { type OpenAIServerOptions, type OpenAITestServer, startOpenAIServer } from '@baton/testing';
import { onTestFinished } from 'vitest';
import {
  OpenAIChatCompletionsModel,
  type OpenAIChatCompletionsModelOptions,
} from '../../src/index.js';
import { expectValidBody } from './request-schema.js';

/**
 * A server that is closed when the test ends, after every chat body it got was checked against the schema, unless it
 * takes more than OpenAI does.
 */
export async function withServer(options: OpenAIServerOptions = {}): Promise<OpenAITestServer> {
  const server = await startOpenAIServer(options);
  onTestFinished(async () => {
    await server.close();
    for (const { path, body } of server.requests) {
      const checked = options.compatible === undefined && path.endsWith('/chat/completions');
      if (checked) expectValidBody(body);
    }
  });
  return server;
}

/** A model that talks to the server. */
export function modelOf(
  server: { readonly url: string },
  name = 'gpt-4.1',
  options: OpenAIChatCompletionsModelOptions = {},
): OpenAIChatCompletionsModel {
  return new OpenAIChatCompletionsModel({ apiKey: 'sk-test', baseURL: server.url }, name, options);
}
