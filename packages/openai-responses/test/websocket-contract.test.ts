import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type PreparedModel, type ProviderReply, testModel } from '@baton/core/testing';
import { replyOf } from '@baton/openai-shared/test-support/contract';
import { startOpenAIServer } from '@baton/testing';
import { afterEach, beforeEach, describe, it, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { OpenAIResponsesWSModel } from '../src/index.js';

describe.each([
  ['of the package `ws`', undefined],
  ['of the platform', globalThis.WebSocket],
])('the Responses model keeps the contract of a model over a WebSocket %s', (_kind, socket) => {
  beforeEach(() => {
    vi.stubGlobal('WebSocket', socket);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  for (const law of testModel({ prepare })) {
    if (!law.name.includes('says how long to wait')) it(law.name, law.run);
    else it.skip(`${law.name} - an error event has no place for it`, law.run);
  }
});

/** The strict server answers; a line in front of it breaks and cuts what it sends. */
async function prepare(replies: readonly ProviderReply[]): Promise<PreparedModel> {
  const server = await startOpenAIServer({ script: replies.map((reply) => replyOf(reply)) });
  const line = await openLine(server.url, replies);
  if (replies.some(({ fault }) => fault?.type === 'unreachable')) line.close();
  const model = new OpenAIResponsesWSModel(
    { apiKey: 'sk-test', baseURL: line.url },
    'gpt-5.6-luna',
  );
  return {
    model,
    requests: () => server.requests.map(({ body }) => body),
    openRequests: line.openRequests,
    close: async () => {
      await model.close();
      line.close();
      await server.close();
    },
  };
}

/** A proxy of messages: counts requests that wait, and does to answers what the server can not do to its own. */
async function openLine(target: string, replies: readonly ProviderReply[]) {
  const line = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(line, 'listening');
  const { port } = line.address() as AddressInfo; // a server that listens on TCP has an AddressInfo
  const waiting = new Set<WebSocket>();
  let count = 0;
  line.on('connection', (near, { headers: { authorization = '' } }) => {
    const far = new WebSocket(`${target.replace('http', 'ws')}/responses`, {
      headers: { authorization },
    });
    const opened = once(far, 'open');
    let reply: ProviderReply | undefined;
    let silenced = false;
    near.on('message', (data, binary) => {
      reply = replies[count++];
      silenced = false;
      waiting.add(near);
      void opened.then(() => far.send(data, { binary }));
    });
    far.on('message', (data, binary) => {
      if (silenced) return;
      const text = (data as Buffer).toString();
      if (/^\{"type":"(error|response\.(completed|failed|incomplete))"/.test(text))
        waiting.delete(near);
      near.send(data, { binary });
      const fault = reply?.fault?.type;
      if (!text.includes('.delta"') || (fault !== 'stalls' && fault !== 'ends')) return;
      silenced = true;
      if (fault === 'ends') near.close();
    });
    far.on('close', () => near.terminate());
    far.on('error', () => near.terminate());
    near.on('close', () => {
      waiting.delete(near);
      far.terminate();
    });
  });
  return {
    url: `http://127.0.0.1:${port}/v1`,
    openRequests: () => waiting.size,
    close: () => {
      for (const socket of line.clients) socket.terminate();
      line.close();
    },
  };
}
