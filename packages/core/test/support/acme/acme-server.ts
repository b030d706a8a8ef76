import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import type { ProviderReply, ProviderReplyItem } from '@baton/core/testing';
import type { AcmeLine, AcmePart } from './acme-wire.js';

/** A running stand-in for Acme. */
export interface AcmeServer {
  readonly url: string;
  readonly requests: () => readonly unknown[];
  readonly openRequests: () => number;
  readonly close: () => Promise<void>;
}

/** Starts a stand-in for Acme that gives these answers, one per request. */
export async function startAcme(replies: readonly ProviderReply[]): Promise<AcmeServer> {
  const requests: unknown[] = [];
  let open = 0;
  const server = createServer((request, response) => {
    open += 1;
    response.on('close', () => (open -= 1));
    void answer(request, response);
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = JSON.parse(await readText(request)) as { readonly stream: boolean };
    const reply = replies[requests.length];
    requests.push(body);
    if (reply === undefined) response.writeHead(500).end('No answer is left.');
    else await send(response, reply, body.stream);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a server that listens on TCP has an AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  if (replies.some(({ fault }) => fault?.type === 'unreachable')) await close();
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    openRequests: () => open,
    close,
  };
}

async function send(
  response: ServerResponse,
  reply: ProviderReply,
  streamed: boolean,
): Promise<void> {
  const { fault } = reply;
  if (fault?.type === 'silent') return;
  if (fault?.type === 'http_error') {
    const { status, retryAfterSeconds: seconds } = fault;
    if (seconds !== undefined) response.setHeader('retry-after', seconds);
    response.writeHead(status);
    response.end('{"error":"as told"}');
    return;
  }
  const { whole, begin } = streamed ? streamOf(reply) : answerOf(reply);
  if (fault === undefined) {
    await write(response, whole, reply.bytesPerChunk);
    response.end();
    return;
  }
  await new Promise<void>((resolve) => {
    response.write(begin, () => resolve());
  });
  if (fault.type === 'drops') response.destroy();
  if (fault.type === 'ends') response.end();
  if (fault.type === 'garbles') response.end('{oops}\n');
}

/** Everything, and what comes before a fault. */
interface Text {
  readonly whole: string;
  readonly begin: string;
}

function answerOf({ output, usage }: ProviderReply): Text {
  const answer = { id: 'answer-1', parts: output.map(partOf), usage: usageOf(usage) };
  const whole = JSON.stringify(answer);
  return { whole, begin: whole.slice(0, whole.length / 2) };
}

function streamOf({ output, usage, split = words }: ProviderReply): Text {
  const lines: AcmeLine[] = [];
  for (const [index, item] of output.entries()) {
    const part = partOf(item);
    const field = item.type === 'function_call' ? 'arguments' : 'text';
    const text = part[field];
    lines.push({ kind: 'start', index, part: { ...part, [field]: '' } });
    if (typeof text === 'string') {
      for (const piece of split(text)) lines.push({ kind: 'delta', index, text: piece });
    }
    lines.push({ kind: 'end', index, part });
  }
  lines.push({ kind: 'done', id: 'answer-1', usage: usageOf(usage) });
  const texts = lines.map((line) => `${JSON.stringify(line)}\n`);
  return { whole: texts.join(''), begin: texts.slice(0, 2).join('') };
}

function partOf(item: ProviderReplyItem): AcmePart {
  switch (item.type) {
    case 'reasoning':
      return { type: 'thought', text: item.text, seal: item.opaque };
    case 'function_call':
      return { type: 'call', id: item.callId, name: item.name, arguments: item.arguments };
    case 'unknown':
      return { type: 'hologram', beam: item.marker };
    default:
      return item;
  }
}

function usageOf(usage: ProviderReply['usage']): Extract<AcmeLine, { kind: 'done' }>['usage'] {
  const { inputTokens: input, outputTokens: output } = usage;
  return { input, output, cached: usage.cachedInputTokens, thinking: usage.reasoningTokens };
}

function words(text: string): readonly string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}

async function write(response: ServerResponse, text: string, size?: number): Promise<void> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size ?? bytes.length) {
    response.write(bytes.subarray(from, from + (size ?? bytes.length)));
    if (size !== undefined) await setImmediate();
  }
}
