import { aRequest, collect, failureOf, responseOf, withRawServer } from '@baton/openai-shared/test-support';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { modelOf, withServer } from './support/with-server.js';

const started = [
  { type: 'response.created', response: { id: 'resp_1' } },
  { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Hel' },
];

/** A server that starts to answer and then says no more; it tells when the client has gone. */
async function withSlowServer(): Promise<{
  readonly url: string;
  readonly answering: Promise<ServerResponse>;
  readonly gone: Promise<unknown>;
}> {
  let answering!: (response: ServerResponse) => void;
  const answer = new Promise<ServerResponse>((resolve) => {
    answering = resolve;
  });
  const server = await withRawServer((_request, response) => {
    response.setHeader('content-type', 'text/event-stream');
    for (const event of started) response.write(`data: ${JSON.stringify(event)}\n\n`);
    answering(response);
  });
  return { ...server, answering: answer, gone: answer.then((response) => once(response, 'close')) };
}

it('a call that is cancelled beforehand sends nothing', async () => {
  const server = await withServer({ script: ['Hello'] });
  const reason = new Error('enough');
  const request = aRequest({ signal: AbortSignal.abort(reason) });
  expect(await failureOf(modelOf(server).getResponse(request))).toBe(reason);
  expect(await failureOf(collect(modelOf(server), request))).toBe(reason);
  expect(server.requests).toEqual([]);
});

it('a call that is cancelled while it waits fails with the reason of the signal', async () => {
  const server = await withSlowServer();
  const controller = new AbortController();
  const call = failureOf(modelOf(server).getResponse(aRequest({ signal: controller.signal })));
  await server.answering;
  const reason = new Error('enough');
  controller.abort(reason);
  expect(await call).toBe(reason);
  await server.gone;
});

it('a stream that is cancelled fails with the reason and closes its connection [STR-16]', async () => {
  const server = await withSlowServer();
  const controller = new AbortController();
  const reason = new Error('enough');
  const seen: string[] = [];
  const reading = failureOf(
    (async () => {
      const events = modelOf(server).getStreamedResponse(aRequest({ signal: controller.signal }));
      for await (const event of events) {
        seen.push(event.type);
        if (event.type === 'output_text_delta') controller.abort(reason);
      }
    })(),
  );
  expect(await reading).toBe(reason);
  expect(seen.at(-1)).toBe('output_text_delta');
  await server.gone;
});

it('ending the iteration early closes the connection [STR-16]', async () => {
  const server = await withSlowServer();
  for await (const event of modelOf(server).getStreamedResponse(aRequest())) {
    if (event.type === 'output_text_delta') break;
  }
  await server.gone;
});

describe('the signal of a run that makes many calls', () => {
  it('is let go after each call [JS-17]', async () => {
    const server = await withServer({ reply: () => 'Hello' });
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    const model = modelOf(server);
    await model.getResponse(aRequest({ signal }));
    await collect(model, aRequest({ signal }));
    expect(listeners).toBe(0);
  });
});

it('a connection is used again after a stream that was complete', async () => {
  const sockets = new Set<unknown>();
  const server = await withRawServer((request, response) => {
    sockets.add(request.socket);
    response.setHeader('content-type', 'text/event-stream');
    const completed = { id: 'resp_1', status: 'completed', output: [] };
    response.write(
      `data: ${JSON.stringify({ type: 'response.completed', response: completed })}\n\n`,
    );
    setTimeout(() => response.end(), 10);
  });
  for (let times = 0; times < 5; times++) {
    await collect(modelOf(server), aRequest());
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  expect(sockets.size).toBe(1);
});

it('a server that does not end a complete stream holds nobody up', async () => {
  let gone: Promise<unknown> | undefined;
  const server = await withRawServer((_request, response) => {
    response.setHeader('content-type', 'text/event-stream');
    const completed = { id: 'resp_1', status: 'completed', output: [] };
    response.write(
      `data: ${JSON.stringify({ type: 'response.completed', response: completed })}\n\n`,
    );
    gone = once(response, 'close');
  });
  expect(responseOf(await collect(modelOf(server), aRequest())).output).toEqual([]);
  await gone;
});
