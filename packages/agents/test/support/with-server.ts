import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type OpenAIServerOptions, type OpenAITestServer, startOpenAIServer } from '@baton/testing';
import { expect, onTestFinished } from 'vitest';

/** What the loader in the tests of `@baton/testing` gives. */
interface OpenAISchema {
  requestProblems(schema: string, value: unknown): readonly string[];
}

// The loader belongs to the tests of another package, so there is no name to import it by.
const loader = new URL('../../../testing/test/support/openai-schema.ts', import.meta.url);
const module = (await import(fileURLToPath(loader))) as {
  loadOpenAISchema(): OpenAISchema | undefined;
};
const schema = module.loadOpenAISchema();

/** A server that is closed when the test ends, after every body it got was checked against the schema. */
export async function withServer(options: OpenAIServerOptions = {}): Promise<OpenAITestServer> {
  const server = await startOpenAIServer(options);
  onTestFinished(async () => {
    await server.close();
    for (const { body, path } of server.requests) {
      const type = path.endsWith('/chat/completions') ? 'CreateChatCompletionRequest' : 'CreateResponse';
      if (schema !== undefined) expect(schema.requestProblems(type, body)).toEqual([]);
    }
  });
  return server;
}

/** A request as it passed, with the key that the server itself never shows. */
export interface SeenRequest {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: string;
}

/** Stands before the server and sees the keys. */
export async function withKeysSeen(
  target: OpenAITestServer,
): Promise<{ readonly url: string; readonly seen: readonly SeenRequest[] }> {
  const seen: SeenRequest[] = [];
  const proxy = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const { authorization, 'api-key': azure } = request.headers;
      const key = authorization?.replace('Bearer ', '') ?? azure?.toString();
      seen.push({ path: request.url ?? '', key, body });
      void pass(body, target).then(({ status, text }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(text);
      });
    });
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(async () => {
    proxy.closeAllConnections();
    await new Promise((resolve) => {
      proxy.close(resolve);
    });
  });
  const { port } = proxy.address() as AddressInfo; // a server that listens on TCP has an AddressInfo
  return { url: `http://127.0.0.1:${port}/v1`, seen };
}

async function pass(
  body: string,
  target: OpenAITestServer,
): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-test' };
  const answer = await fetch(`${target.url}/responses`, { method: 'POST', headers, body });
  return { status: answer.status, text: await answer.text() };
}
