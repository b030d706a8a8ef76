import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { ProviderReply } from '@baton/core/testing';
import {
  chunksOf,
  completionOf,
  type ShapeReply,
  type Wire,
  type WireShape,
} from '../fixtures/wire-shape.js';
import { toSse } from './sse.js';

/** A server that writes its answers as another does. */
export interface ShapeServer {
  readonly url: string;
  /** Bodies of the requests, parsed, in the order in which they came. */
  readonly bodies: readonly Wire[];
  readonly openRequests: () => number;
  readonly close: () => Promise<void>;
}

/** Starts a server that gives these answers, one per request, in the words of the shape. */
export async function startShapeServer(
  shape: WireShape,
  replies: readonly ProviderReply[],
): Promise<ShapeServer> {
  const bodies: Wire[] = [];
  let open = 0;
  const server = createServer((request, response) => {
    open += 1;
    response.on('close', () => {
      open -= 1;
    });
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
    const body = JSON.parse(Buffer.concat(pieces).toString()) as Wire;
    const reply = replies[bodies.length];
    bodies.push(body);
    if (reply === undefined) throw new Error('There is no answer left.');
    if (reply.fault?.type === 'silent') return;
    if (reply.fault?.type === 'http_error') return refuse(response, reply.fault);
    const said = { ...reply, split: reply.split ?? words };
    await (body['stream'] === true ? stream(response, shape, said) : whole(response, shape, said));
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a server that listens on TCP has an AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    bodies,
    openRequests: () => open,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

type Answer = ProviderReply & ShapeReply;

async function stream(response: ServerResponse, shape: WireShape, reply: Answer): Promise<void> {
  const chunks = chunksOf(shape, reply);
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const { fault, bytesPerChunk } = reply;
  if (fault === undefined) {
    return write(response, toSse(chunks, { comment: shape.comment }), bytesPerChunk);
  }
  const first = chunks.findIndex((chunk) => JSON.stringify(chunk).includes('"content":"This'));
  response.write(toSse(chunks.slice(0, first + 1)).replace(/data: \[DONE\]\n\n$/, ''));
  if (fault.type === 'stalls') return;
  if (fault.type === 'garbles') response.write('data: {"id": <oops>\n\n');
  await setImmediate(); // what was written goes out before the end
  if (fault.type === 'drops') response.destroy();
  else response.end();
}

async function whole(response: ServerResponse, shape: WireShape, reply: Answer): Promise<void> {
  const body = JSON.stringify(completionOf(shape, reply));
  const { fault, bytesPerChunk } = reply;
  response.writeHead(200, { 'content-type': 'application/json' });
  if (fault?.type === 'garbles') return void response.end('<html>Bad gateway</html>');
  if (fault === undefined) return write(response, body, bytesPerChunk);
  response.write(body.slice(0, body.length / 2));
  await setImmediate();
  if (fault.type === 'drops') response.destroy();
}

async function write(
  response: ServerResponse,
  body: string,
  size: number | undefined,
): Promise<void> {
  const bytes = Buffer.from(body);
  const step = size ?? bytes.length;
  for (let from = 0; from < bytes.length; from += step) {
    response.write(bytes.subarray(from, from + step));
    if (step < bytes.length) await setImmediate();
  }
  response.end();
}

function refuse(
  response: ServerResponse,
  {
    status,
    retryAfterSeconds: wait,
  }: { readonly status: number; readonly retryAfterSeconds?: number },
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(wait !== undefined && { 'retry-after': String(wait) }),
  });
  response.end(JSON.stringify({ error: { message: 'Not now.', type: 'refused' } }));
}

function words(text: string): readonly string[] {
  return text.split(/(?<= )/);
}
