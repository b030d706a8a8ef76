import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as sendRequest,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { ProviderReply } from '@baton/core/testing';

/** A line in front of a server. */
export interface HttpLine {
  readonly url: string;
  readonly openRequests: () => number;
  readonly close: () => Promise<void>;
}

/**
 * A proxy: counts the requests that wait, and does to their answers what the server can not do to its own.
 *
 * @param delta What an event of a stream with output in it has.
 */
export async function openHttpLine(
  target: string,
  replies: readonly ProviderReply[],
  delta: string,
): Promise<HttpLine> {
  let count = 0;
  let open = 0;
  const line = createServer((request, response) => {
    const reply = replies[count++];
    open += 1;
    const onward = sendRequest(
      new URL(request.url ?? '/', target),
      { method: request.method, headers: request.headers },
      (answer) => {
        forward(answer, response, { ...reply, delta }).catch(() => response.destroy());
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => {
      open -= 1;
      onward.destroy();
    });
    request.pipe(onward);
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  const { port } = line.address() as AddressInfo; // a server that listens on TCP has an AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    openRequests: () => open,
    close: async () => {
      line.closeAllConnections();
      await new Promise((resolve) => {
        line.close(resolve);
      });
    },
  };
}

async function forward(
  answer: IncomingMessage,
  response: ServerResponse,
  { bytesPerChunk, fault, delta }: Partial<ProviderReply> & { readonly delta: string },
): Promise<void> {
  response.writeHead(answer.statusCode ?? 500, answer.headers);
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    const firstDelta = chunk.indexOf(delta);
    if (firstDelta >= 0 && (fault?.type === 'stalls' || fault?.type === 'ends')) {
      response.write(chunk.subarray(0, chunk.indexOf('\n\n', firstDelta) + 2));
      if (fault.type === 'stalls') return;
      break;
    }
    const size = bytesPerChunk ?? chunk.length;
    for (let from = 0; from < chunk.length; from += size) {
      response.write(chunk.subarray(from, from + size));
      if (size < chunk.length) await setImmediate();
    }
  }
  response.end();
}
