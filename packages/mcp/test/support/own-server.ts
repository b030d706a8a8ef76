import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { McpHttpHandler, McpServer } from '@modelcontextprotocol/server';

/** A server of the official package, over HTTP. */
export interface OwnServer {
  readonly url: string;
  readonly handler: McpHttpHandler;
  /** Cuts all that is open, as proxies do. */
  cut(): void;
  stop(): Promise<void>;
}

/** Serves what the function makes, one for each request as the revision of 2026-07-28 has it. */
export async function startOwnServer(make: () => McpServer): Promise<OwnServer> {
  const handler = createMcpHandler(make);
  const server = createServer((request, response) => {
    void (async () => {
      const { method = 'GET' } = request;
      const body = method === 'GET' || method === 'HEAD' ? null : (Readable.toWeb(request) as ReadableStream<Uint8Array>);
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      const answer = await handler.fetch(
        new Request(`http://${request.headers.host}${request.url}`, {
          method,
          headers: new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
          body,
          signal: gone.signal,
          // What Node asks for where a body is a stream; its types do not know it.
          ...({ duplex: 'half' } as object),
        }),
      );
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      if (answer.body === null) response.end();
      else Readable.fromWeb(answer.body).on('error', () => response.destroy()).pipe(response);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    handler,
    cut: () => server.closeAllConnections(),
    stop: async () => {
      await handler.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
