import { onTestFinished } from 'vitest';
import {
  type OpenAIServerOptions,
  type OpenAITestServer,
  startOpenAIServer,
} from '../../src/index.js';

/** A server that is closed when the test ends. */
export async function withServer(options: OpenAIServerOptions = {}): Promise<OpenAITestServer> {
  const server = await startOpenAIServer(options);
  onTestFinished(() => server.close());
  return server;
}
